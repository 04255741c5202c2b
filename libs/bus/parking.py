"""Events that could not be applied, and the later events of the same key that wait behind them.

Parking is per consuming service and key (the case if there is one, else the stream), across sources: they wait in
the order of their arrival. The tables are part of the effect's transaction: an event is applied, or waits here,
and the consumer's position says that it has been dealt with.
"""

from __future__ import annotations

import builtins
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ledger.ports import Session

MOST_PARKED = 1_000
"""More than this is no longer a few bad events: something is wrong with the consumer, and an operator must look."""

RATIO_BATCH = 100
MOST_OF_A_BATCH = 0.01
"""Of a batch of at least RATIO_BATCH events no more than this share may be poison: else the code is at fault."""


@dataclass(frozen=True, slots=True)
class Parked:
    """One event that waits. `poison`: it failed itself; otherwise it waits behind one that did."""

    source: str
    position: int
    key: str
    hash: builtins.bytes
    bytes: builtins.bytes
    poison: bool
    reason: str
    parked_at: datetime


@dataclass(frozen=True, slots=True)
class Retried:
    """An operator had parked events of a key applied, in order."""

    source: str
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """An operator gave a parked event up."""

    source: str
    position: int
    key: str
    reason: str


class Lot(Protocol):
    """The parked events, inside one transaction."""

    async def blocked(self, keys: Collection[str]) -> set[str]:
        """Which of the keys have events waiting. They stay so until the end of the transaction."""

    async def park(self, events: Sequence[Parked]) -> None:
        """Add them at the end of their keys' queues. The same position twice changes nothing."""

    async def count(self) -> int:
        """How many wait, over all keys."""

    async def first(self, key: str) -> Parked | None:
        """The one that has waited longest; nobody else touches the key until the end of the transaction."""

    async def remove(self, source: str, position: int) -> None:
        """It was applied, or given up."""


class Parking(Protocol):
    """Where a service's parked events are."""

    def within(self, session: Session) -> AbstractAsyncContextManager[Lot]:
        """The lot inside a session's transaction: kept if the block ends well, else as before."""

    async def count(self) -> int:
        """How many wait."""

    async def listing(self, key: str | None = None) -> Sequence[Parked]:
        """What waits, by key and arrival; of one key if given."""


class MemoryParking:
    """The parking of the in-memory ledger: the same promises, gone with the process."""

    def __init__(self) -> None:
        self._events: list[Parked] = []

    @asynccontextmanager
    async def within(self, _session: Session) -> AsyncIterator[Lot]:
        """Work on a copy; it becomes the truth if the block ends well."""
        lot = _MemoryLot(list(self._events))
        yield lot
        self._events = lot.events

    async def count(self) -> int:
        """How many wait."""
        return len(self._events)

    async def listing(self, key: str | None = None) -> Sequence[Parked]:
        """What waits, by key and arrival."""
        return sorted((e for e in self._events if key in (None, e.key)), key=lambda e: e.key)


class _MemoryLot:
    def __init__(self, events: list[Parked]) -> None:
        self.events = events

    async def blocked(self, keys: Collection[str]) -> set[str]:
        return {e.key for e in self.events if e.key in keys}

    async def park(self, events: Sequence[Parked]) -> None:
        known = {(e.source, e.position) for e in self.events}
        self.events.extend(e for e in events if (e.source, e.position) not in known)

    async def count(self) -> int:
        return len(self.events)

    async def first(self, key: str) -> Parked | None:
        return next((e for e in self.events if e.key == key), None)

    async def remove(self, source: str, position: int) -> None:
        self.events = [e for e in self.events if (e.source, e.position) != (source, position)]
