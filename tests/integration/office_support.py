"""Revisit and notification on a real PostgreSQL, without their consumers: tests do what those would."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bus.incoming import Incoming
from chassis import directory
from chassis.neighbours import Neighbours
from chassis.reacting import reacting
from chassis.service import Parts, Service
from chassis.statutes import StatuteBook
from chassis.telemetry import Telemetry
from chassis.workplace import Workplace
from huiyin.codec import encode, encode_envelope, type_of
from huiyin.envelope.v1.envelope import Actor, Origin, RecordedEvent
from ledger.envelopes import recorded
from ledger.lines import InboxMove, Line
from ledger.migrations import MigrationSet, apply, ledger_set
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.repository import Repository
from ledger.roles import SETTINGS, Role
from statute.instants import SHANGHAI
from tests.integration.ledger_support import PASSWORD, as_role
from vault.memory import MemoryVault

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@dataclass
class SetClock:
    """Stands where it was put."""

    instant: datetime = datetime(2025, 8, 18, 9, 30, tzinfo=SHANGHAI)

    def now(self) -> datetime:
        """Where it stands."""
        return self.instant


@dataclass
class Bench:
    """A service with its parts, and the positions of what it was told."""

    service: Service
    workplace: Workplace
    clock: SetClock
    parts: Parts
    positions: dict[str, int] = field(default_factory=dict)

    async def hear(self, source: str, *events: Any, origin: Origin = Origin.LIVE) -> None:
        """Let the service react to what another one recorded, as its consumer would, in one transaction."""
        before = self.positions.get(source, 0)
        incoming = [
            self._incoming(source, before + n, event, origin) for n, event in enumerate(events, start=1)
        ]
        await self._apply(source, before, incoming)

    async def hear_itself(self) -> None:
        """Bring the read models of its own ledger up to date."""
        name = self.service.name
        before = await self.workplace.ledger.position_of(name)
        lines: Sequence[Line] = await self.workplace.ledger.read(before, 256)
        if lines:
            each = [(line, recorded(line)) for line in lines]
            await self._apply(
                name,
                before,
                [Incoming(name, line.position, line.hash, r.envelope, r.event) for line, r in each],
            )

    async def _apply(self, source: str, before: int, incoming: Sequence[Incoming]) -> None:
        react = reacting(self.service, source, self.workplace)
        async with self.workplace.ledger.session() as session:
            appends = await react(session, incoming)
            await session.append(appends, InboxMove(source, before, before + len(incoming)))
        self.positions[source] = before + len(incoming)

    def _incoming(self, source: str, position: int, event: Any, origin: Origin) -> Incoming:
        at = self.clock.now()
        case_id = getattr(event, "case_id", None)
        envelope = RecordedEvent(
            event_id="",
            stream=f"{source}-case-{case_id}",
            version=position,
            type=type_of(event),
            payload=encode(event),
            occurred_at=at,
            recorded_at=at,
            case_id=case_id,
            actor=Actor(unit_id="", role="", pseudonym=""),
            legal_basis="",
            correlation_id="c",
            idempotency_key="",
            origin=origin,
            traceparent=TRACE,
            division="000000",
        )
        data = encode_envelope(envelope)
        return Incoming(source, position, b"", envelope, event, TRACE, data)

    async def types(self) -> list[str]:
        """The short names of all its own events, in order."""
        lines = await self.workplace.ledger.read(0, 1000)
        return [line.type.rpartition(".")[2] for line in lines]


@asynccontextmanager
async def bench(service: Service, owner_dsn: str, state: Path) -> AsyncIterator[Bench]:
    """A service in an empty database, on a pool of one connection: whoever asks for a second one hangs."""
    name = service.name
    assert service.schema is not None
    names = {"schema": name, "role": name}
    sets = [
        ledger_set(name, "test-installation"),
        *(MigrationSet(f"{p.name}.{name}", p.schema, names) for p in service.projections if p.schema),
        MigrationSet(f"views.{name}", service.schema, names),
    ]
    role = Role(name, PASSWORD, {**SETTINGS, "search_path": name})
    await apply(owner_dsn, sets, [role], auditor_password=PASSWORD)
    pool = await open_pool(as_role(owner_dsn, name), size=1)
    try:
        ledger, clock = PostgresLedger(pool, name), SetClock()
        workplace = Workplace(
            service=name,
            clock=clock,
            ledger=ledger,
            repository=Repository(ledger, clock),
            pool=pool,
            vault=MemoryVault(),
            directory=directory.Directory(pool),
            statutes=StatuteBook("cn"),
            telemetry=Telemetry(name),
            neighbours=Neighbours(ledger, clock),
            state=state,
            keys={"receipt": b"k" * 32},
        )
        yield Bench(service, workplace, clock, service.build(workplace))
    finally:
        await asyncio.wait_for(pool.close(), 10)
