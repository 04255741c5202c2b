"""Oversight on a real PostgreSQL, with a clock that tests set; its own ledger projected on demand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from bus.incoming import Incoming
from chassis import directory
from chassis.neighbours import Neighbours
from chassis.service import Intention
from chassis.statutes import StatuteBook
from chassis.workplace import Workplace
from huiyin.codec import decode, decode_envelope
from huiyin.common.v1.types import Deadline
from huiyin.envelope.v1.envelope import Origin
from huiyin.oversight.v1.events import OversightCaseEvent
from ledger.decider import Decider
from ledger.migrations import MigrationSet, apply, ledger_set
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.repository import Repository
from ledger.roles import Role
from oversight.domain.case import case_decider, legal_basis, stream
from oversight.domain.commands import OversightCommand, StartClock
from oversight.main import SERVICE
from oversight.projection import DEADLINES
from statute.instants import SHANGHAI
from tests.integration.ledger_support import PASSWORD, as_role

NAME = SERVICE.name
BATCH = 256


def noon(day: date) -> datetime:
    """Noon in Shanghai."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


@dataclass
class SetClock:
    """Stands where it was put."""

    instant: datetime

    def now(self) -> datetime:
        """Where it stands."""
        return self.instant

    def noon(self, day: date) -> None:
        """Put it to noon in Shanghai."""
        self.instant = noon(day)


@dataclass
class Oversight:
    """The service at work, without its consumers: tests do what those would."""

    workplace: Workplace
    clock: SetClock
    projected: int = 0

    async def start(
        self, case_id: str, clock: str, on: date, *, unit: str = "unit-b", origin: Origin = Origin.LIVE
    ) -> None:
        """Start a clock."""
        await self.tell(case_id, self.starting(case_id, clock, on, unit), origin)

    def starting(self, case_id: str, clock: str, on: date, unit: str = "unit-b") -> StartClock:
        """The command that starts a clock."""
        return self.beginning(case_id, self.workplace.statute.compute(clock, on), unit)

    def beginning(self, case_id: str, deadline: Deadline, unit: str = "unit-b") -> StartClock:
        """The command that starts the clock of a deadline."""
        return StartClock(
            at=self.clock.now(),
            case_id=case_id,
            unit_id=unit,
            deadline=deadline,
            statute=self.workplace.statute,
        )

    async def tell(self, case_id: str, command: OversightCommand, origin: Origin = Origin.LIVE) -> None:
        """Carry out a command as a reaction to an event of that origin would."""
        intention = Intention(
            decider=case_decider, stream=stream(case_id), command=command, legal_basis=legal_basis
        )
        await self.workplace.record(intention, case_id=case_id, origin=origin)

    async def write(self, case_id: str, event: OversightCaseEvent) -> None:
        """Record an event that nothing here decided, as another release might."""
        foreign: Decider[None, OversightCaseEvent, OversightCaseEvent] = Decider(
            initial=None, decide=lambda _, written: [written], evolve=lambda state, _: state
        )
        intention = Intention(decider=foreign, stream=stream(case_id), command=event)
        await self.workplace.record(intention, case_id=case_id)

    async def project(self, batch: int = BATCH) -> None:
        """Bring the read model up to the ledger's head."""
        while lines := await self.workplace.ledger.read(self.projected, batch):
            events = []
            for line in lines:
                recorded = decode_envelope(line.bytes)
                event = decode(recorded.type, recorded.payload)
                events.append(Incoming(NAME, line.position, line.hash, recorded, event))
            async with self.workplace.pool.acquire() as db, db.transaction():
                await DEADLINES.project(db, events)
            self.projected = lines[-1].position

    async def rebuild(self, batch: int) -> None:
        """Forget the read model and project everything again."""
        await self.workplace.pool.execute("TRUNCATE deadlines")
        self.projected = 0
        await self.project(batch)

    async def rows(self) -> list[dict[str, Any]]:
        """The read model."""
        found = await self.workplace.pool.fetch("SELECT * FROM deadlines ORDER BY case_id, clock")
        return [dict(row) for row in found]

    async def types(self) -> list[str]:
        """The short names of all events, in order."""
        lines = await self.workplace.ledger.read(0, 100_000)
        return [line.type.rpartition(".")[2] for line in lines]


@asynccontextmanager
async def oversight(owner_dsn: str) -> AsyncIterator[Oversight]:
    """Oversight in an empty database."""
    assert SERVICE.schema is not None
    names = {"schema": NAME, "role": NAME}
    sets = [
        ledger_set(NAME, "test-installation"),
        *(MigrationSet(f"{p.name}.{NAME}", p.schema, names) for p in SERVICE.projections if p.schema),
        MigrationSet(f"models.{NAME}", SERVICE.schema, names),
    ]
    await apply(owner_dsn, sets, [Role(NAME, PASSWORD)], auditor_password=PASSWORD)
    pool = await open_pool(as_role(owner_dsn, NAME))
    try:
        ledger = PostgresLedger(pool, NAME)
        clock = SetClock(datetime(2025, 8, 18, 12, tzinfo=SHANGHAI))
        workplace = Workplace(
            service=NAME,
            clock=clock,
            ledger=ledger,
            repository=Repository(ledger, clock),
            pool=pool,
            vault=cast(Any, None),
            directory=directory.Directory(pool),
            statutes=StatuteBook("cn"),
            telemetry=cast(Any, None),
            neighbours=Neighbours(ledger, clock),
            state=Path(),
            keys={},
        )
        yield Oversight(workplace, clock)
    finally:
        await asyncio.wait_for(pool.close(), 10)
