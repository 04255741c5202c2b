"""What survives every crash of a service's processes: its PostgreSQL. A transaction is there as a whole, or not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bus.incoming import Incoming
from bus.parking import Lot, Parked
from ledger.lines import Append, Appended, Conflict, InboxMove, Line, Row
from ledger.memory import MemoryLedger, MemorySession
from tests.simulation.network import Network


@dataclass(frozen=True, slots=True)
class Effect:
    """An event took effect in a service: what a projection wrote down."""

    source: str
    position: int
    key: str
    cause: tuple[str, int] | None


@dataclass(slots=True)
class Database:
    """One service's tables, shared by all its processes."""

    ledger: MemoryLedger
    effects: list[Effect] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)

    @property
    def service(self) -> str:
        return self.ledger.service

    @property
    def lines(self) -> Sequence[Line]:
        """Everything that is committed."""
        return self.ledger._tables.lines

    @property
    def inbox(self) -> Mapping[str, int]:
        """The consumer positions that are committed."""
        return self.ledger._tables.inbox

    @property
    def serials(self) -> Mapping[str, int]:
        """Where the registers stand."""
        return self.ledger._tables.registers


class Transaction:
    """`ports.Session`. It works on what was committed when it looked, and is refused at its end if that changed."""

    def __init__(self, database: Database, network: Network) -> None:
        self._database = database
        self._network = network
        self._inner = MemorySession(database.ledger._tables)
        self._effects: list[Effect] = []
        self._lot: SimulatedLot | None = None

    async def begin(self) -> Transaction:
        """It is its own connection, and one transaction from its first moment."""
        return self

    def project(self, events: Sequence[Incoming]) -> None:
        """The projection of the simulation: every event is a row."""
        for each in events:
            cause = each.recorded.caused_by
            self._effects.append(
                Effect(
                    each.source, each.position, each.key, (cause.service, cause.position) if cause else None
                )
            )

    def lot(self) -> Lot:
        """The parked events, inside this transaction."""
        self._lot = self._lot or SimulatedLot(self._database.parked)
        return self._lot

    async def load_many(self, streams: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        await self._network.way()
        return await self._inner.load_many(streams)

    async def position_of(self, source: str) -> int:
        await self._network.way()
        return await self._inner.position_of(source)

    async def append(self, appends: Sequence[Append], inbox: InboxMove | None = None) -> Sequence[Appended]:
        await self._network.way()
        return await self._inner.append(appends, inbox)

    def commit(self) -> None:
        """All of it, at once. Raises what `append` would raise by now."""
        database = self._database
        if self._lot is not None:
            self._lot.expect_unchanged(database.parked)
        self._inner.commit()
        database.effects.extend(self._effects)
        if self._lot is not None:
            database.parked[:] = self._lot.applied_to(database.parked)


class SimulatedLot:
    """`bus.parking.Lot`. The keys it saw events of are locked in PostgreSQL; here their change is a conflict."""

    def __init__(self, parked: Sequence[Parked]) -> None:
        self._seen = list(parked)
        self._locked: dict[str, list[Parked]] = {}
        self._added: list[Parked] = []
        self._removed: set[tuple[str, int]] = set()

    async def blocked(self, keys: Collection[str]) -> set[str]:
        return {key for key in keys if self._lock(key)}

    async def park(self, events: Sequence[Parked]) -> None:
        self._added += events

    async def count(self) -> int:
        return len(self.applied_to(self._seen))

    async def first(self, key: str) -> Parked | None:
        return next(iter(self._lock(key)), None)

    async def remove(self, source: str, position: int) -> None:
        self._removed.add((source, position))

    def _lock(self, key: str) -> list[Parked]:
        waiting = [each for each in self._seen if each.key == key]
        if waiting:
            self._locked[key] = waiting
        return waiting

    def expect_unchanged(self, parked: Sequence[Parked]) -> None:
        """Raise Conflict if a locked key is another one by now."""
        for key, waiting in self._locked.items():
            if [each for each in parked if each.key == key] != waiting:
                raise Conflict(f"the parked events of {key} changed meanwhile")

    def applied_to(self, parked: Sequence[Parked]) -> list[Parked]:
        """The rows as this transaction leaves them."""
        rows = [each for each in parked if (each.source, each.position) not in self._removed]
        known = {(each.source, each.position) for each in rows}
        return rows + [each for each in self._added if (each.source, each.position) not in known]


class SimulatedParking:
    """`bus.parking.Parking` in the tables of a database."""

    def __init__(self, database: Database, network: Network) -> None:
        self._database = database
        self._network = network

    @asynccontextmanager
    async def within(self, session: Any) -> AsyncIterator[Lot]:
        yield session.lot()

    async def count(self) -> int:
        await self._network.way()
        return len(self._database.parked)

    async def listing(self, key: str | None = None) -> Sequence[Parked]:
        await self._network.way()
        return sorted(
            (each for each in self._database.parked if key in (None, each.key)), key=lambda each: each.key
        )
