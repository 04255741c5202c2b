"""Where a service works: its ledger, its clock, its directory; everything that touches the outside is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chassis.directory import Directory
from chassis.neighbours import Neighbours
from chassis.statutes import STATUTE, StatuteBook
from huiyin.envelope.v1.envelope import Actor, CausedBy, Origin
from huiyin.ids import uuid7
from ledger.context import NOWHERE, Context
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.repository import Repository, Result
from statute.in_force import Statute
from vault.vault import Vault

if TYPE_CHECKING:
    from chassis.clock import Clock
    from chassis.http.caller import Caller
    from chassis.installation import Installation
    from chassis.service import Intention, Service
    from chassis.telemetry import Telemetry

JURISDICTION = "cn"
POOL_SIZE = 2
"""Connections of a service: one for what is being written, one for what is being read."""

SMALL_POOL = 1
QUIET = frozenset({"revisit"})
"""Services with so little to write that reading and writing may take turns: 5 x 2 + 1, and 1 for the vault, are
the 12 connections of the embedded default."""

QUIET_APART = frozenset({"revisit", "oversight", "audit"})
"""In processes of their own, three services have a connection to the vault each: 3 x 2 + 3 + 3. Intake, routing and
notification, which hand over while they listen, have two of their own."""


def pool_size(service: str, *, apart: bool) -> int:
    """How many connections a service may have, alone in its process (`apart`) or with all others."""
    return SMALL_POOL if service in (QUIET_APART if apart else QUIET) else POOL_SIZE


def system_actor(service: str) -> Actor:
    """Who acts when nobody does: the service itself."""
    return Actor(unit_id="", role="system", pseudonym=service)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """One service at work. `pool` is its own PostgreSQL pool, so small in the embedded default that nobody may
    ask for a second connection while holding the first.
    """

    service: str
    clock: Clock
    ledger: PostgresLedger
    repository: Repository
    pool: Any
    vault: Vault
    directory: Directory
    statutes: StatuteBook
    telemetry: Telemetry
    neighbours: Neighbours
    state: Path
    """The state directory: maildir and the like."""
    keys: Mapping[str, bytes] = field(repr=False)
    allow_import: bool = False

    @property
    def statute(self) -> Statute:
        """Calendar and rules in force, as far as this process has heard."""
        return self.statutes.in_force

    async def record(
        self,
        intention: Intention,
        *,
        case_id: str | None,
        caller: Caller | None = None,
        division: str = NOWHERE,
        origin: Origin = Origin.LIVE,
        caused_by: tuple[str, int] | None = None,
        correlation_id: str = "",
        traceparent: str = "",
        after: datetime | None = None,
    ) -> Result[Any]:
        """Load the stream, decide, append. Raises Refusal or LedgerError; records nothing if it is already so.

        `caller` is whoever asked through HTTP; without one the service acts by itself. The command may be given
        as a function of the time at which it is decided.
        """
        context = self.context(
            caller,
            case_id=case_id,
            division=division,
            origin=origin,
            caused_by=caused_by,
            correlation_id=correlation_id,
            traceparent=traceparent,
        )
        context = replace(
            context,
            legal_basis=intention.legal_basis,
            occurred_at=intention.occurred_at,
            intents=intention.intents,
            after=after,
        )
        return await self.repository.execute(intention.decider, intention.stream, intention.command, context)

    def context(
        self,
        caller: Caller | None,
        *,
        case_id: str | None,
        division: str = NOWHERE,
        origin: Origin = Origin.LIVE,
        caused_by: tuple[str, int] | None = None,
        correlation_id: str = "",
        traceparent: str = "",
    ) -> Context:
        """The envelope of what the caller, or the service itself, sets off."""
        cause = caused_by or (caller.caused_by if caller else None)
        return Context(
            actor=caller.actor if caller else system_actor(self.service),
            correlation_id=(caller.correlation_id if caller else correlation_id) or uuid7(self.clock.now()),
            case_id=case_id,
            division=division,
            caused_by=CausedBy(service=cause[0], position=cause[1]) if cause else None,
            idempotency=caller.idempotency if caller else None,
            origin=origin,
            traceparent=caller.traceparent if caller else traceparent,
        )

    async def close(self) -> None:
        """Close what was opened."""
        await self.pool.close()


async def open_workplace(
    service: Service, installation: Installation, vault: Vault, telemetry: Telemetry, *, pool_size: int
) -> Workplace:
    """Open a service's workplace in an installation. The vault and the tracer are the process's."""
    pool = await open_pool(
        installation.dsn(service.name), size=pool_size, application=f"huiyin {service.name}"
    )
    ledger = PostgresLedger(pool, service.name)
    clock = installation.clock
    statutes = StatuteBook(JURISDICTION)
    if STATUTE in service.projections:
        await statutes.refresh(pool)
    return Workplace(
        service=service.name,
        clock=clock,
        ledger=ledger,
        repository=Repository(ledger, clock),
        pool=pool,
        vault=vault,
        directory=Directory(pool),
        statutes=statutes,
        telemetry=telemetry,
        neighbours=Neighbours(ledger, clock),
        state=installation.state.path,
        keys={"receipt": installation.key("receipt")},
        allow_import=installation.allow_import,
    )
