"""What a service is made of, declared once, so that one host can run any of them."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from bus.incoming import Incoming
from huiyin.envelope.v1.envelope import RecordedEvent
from ledger.decider import Decider
from statute.in_force import Statute

if TYPE_CHECKING:
    from fastapi import APIRouter

    from chassis.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """What a policy wants: this command, for that stream. Whether anything follows, the decider says."""

    decider: Decider[Any, Any, Any]
    stream: str
    command: Any
    """The command, or a function of the time at which it is decided."""
    legal_basis: str | Callable[[Any], str] = ""
    occurred_at: datetime | Callable[[Any], datetime | None] | None = None
    """Where the act happened before it is recorded; it may depend on the event."""
    intents: Callable[[Sequence[Any]], Sequence[str]] | None = None
    """Keys of the side effects that the decided events make due."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a policy may know besides the event: the time, and what is in force."""

    now: datetime
    statute: Statute


Policy: TypeAlias = Callable[[Incoming, Moment], Sequence[Intention]]
"""when_<event>: turns what another service recorded into own commands. Pure."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A read model: the fold of some services' streams into tables of the service's own schema."""

    name: str
    sources: frozenset[str]
    tables: tuple[str, ...]
    project: Callable[[Any, Sequence[Incoming]], Awaitable[None]]
    """(connection, events in order) -> writes the tables, inside the consumer's transaction."""
    kinds: frozenset[type] | None = None
    """Classes of the events that it folds; None: all. Of others it is not told, except when it is rebuilt."""
    schema: Path | None = None
    """Numbered SQL files with the tables, where several services may keep this read model."""


@dataclass(frozen=True, slots=True)
class Ticker:
    """Work that time, not a message, makes due. `run` does one bounded round and returns how much it did."""

    name: str
    interval_s: float
    run: Callable[[], Awaitable[int]]
    bound: float = math.inf
    """As much as one round does at most: after a full one the next follows at once."""
    follows_clock: bool = True
    """Whether a simulated clock that runs ahead must find this work done at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """What one recorded event tells about the books beside the ledger, should a restored database have lost them."""

    operation: str = ""
    """The request that led to it, as the idempotency key names it: `POST /intake/v1/cases`."""
    serials: Mapping[str, int] = field(default_factory=dict)
    """Register -> the serial that the event bears."""
    due: Sequence[str] = ()
    """Side effects that it made due."""
    done: Sequence[str] = ()
    """Side effects that it says were carried out, or never will be."""


def recall_nothing(_recorded: RecordedEvent, _event: Any) -> Recalled:
    """For services that keep no books but inbox and keys of commands that are safe to repeat."""
    return Recalled()


@dataclass(frozen=True, slots=True)
class Parts:
    """What a service adds to its workplace."""

    router: APIRouter
    tickers: Sequence[Ticker] = ()
    pending: Callable[[], Awaitable[Mapping[str, int]]] | None = None
    """What is due and not done: all zero when the service is idle."""


@dataclass(frozen=True, slots=True)
class Service:
    """The declaration of one service."""

    name: str
    zh: str
    build: Callable[[Workplace], Parts]
    policies: Mapping[str, Mapping[type, Policy]] = field(default_factory=dict)
    """Source service -> event class -> policy."""
    projections: Sequence[Projection] = ()
    recall: Callable[[RecordedEvent, Any], Recalled] = recall_nothing
    """Pure: (envelope, event) -> what it says about the books."""
    schema: Path | None = None
    """Numbered SQL files with the tables of the read models."""

    @property
    def listens(self) -> tuple[str, ...]:
        """The services whose streams it consumes from the bus, itself left out."""
        sources = set(self.policies) | {source for p in self.projections for source in p.sources}
        return tuple(sorted(sources - {self.name}))
