"""The contract huiyin.platform.v1. Generated from huiyin/platform/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from huiyin.quick import quick

__all__ = ["EventParked", "OperationEvent", "ParkedEventSkipped", "ParkedEventsRetried", "StreamRebuilt"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class StreamRebuilt:
    """The stream of a service on the bus was found damaged and was built anew from the ledger."""

    service: str
    # What was found, in words an operator understands.
    damage: str
    # The head of the ledger when the rebuilding began.
    head: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class EventParked:
    """An event could not be applied; it and all later events of its stream wait."""

    source: str
    position: int
    stream: str
    reason: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedEventsRetried:
    """An operator had the parked events of a stream applied, in order."""

    source: str
    stream: str
    count: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedEventSkipped:
    """An operator gave a parked event up."""

    source: str
    position: int
    stream: str
    reason: str


OperationEvent: TypeAlias = StreamRebuilt | EventParked | ParkedEventsRetried | ParkedEventSkipped
"""What a service records about its own running."""
