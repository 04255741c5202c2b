"""A ledger that was set back by a restore gets back from the bus what it lost: first a plan, then one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from bus.agreement import stream_state
from bus.ahead import NotRecoverable, what_is_ahead
from bus.connection import connect
from bus.subjects import keeper_name
from chassis.installation import Installation, service_named
from chassis.recall import books_of, opened, sealed_refs
from ledger.lines import Line
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.recovery import Books, RecoveryRefused, reinsert
from vault.refs import parse_ref

__all__ = ("NotRecoverable", "Plan", "RecoveryRefused", "carry_out", "plan_of")

_CONTENT = """
SELECT r.ref FROM unnest($1::text[], $2::text[], $3::text[], $4::int[]) AS r (ref, case_id, item, n)
LEFT JOIN vault.items i USING (case_id, item, n) WHERE i.case_id IS NULL ORDER BY r.ref
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be put back into one ledger."""

    service: str
    after: int
    lines: Sequence[Line]
    books: Books
    parked: int
    """Events that wait at this service. While there are such, its positions are not moved."""
    without_content: Sequence[str]
    """References in these lines whose content the vault does not hold: restored with the ledger, it lost that, too."""
    witnessed: int
    """Lines of which audit has kept its own copy, the same. None, if audit was set back as well."""


async def plan_of(installation: Installation, service: str) -> Plan | None:
    """What the stream holds and the ledger lacks; None if there is nothing. Changes nothing.

    Raises NotRecoverable with what to do, or what bus and database raise.
    """
    lines, after = await _lost(installation, service)
    if not lines:
        return None
    found = opened(lines)
    db = await asyncpg.connect(installation.postgres)
    try:
        parked = await db.fetchval(f"SELECT count(*) FROM {service}.parked")
        refs = sorted({ref for line in found for ref in sealed_refs(line.event)})
        without_content = await _without_content(db, refs)
        witnessed = await _witnessed(db, service, lines)
    finally:
        await db.close()
    books = books_of(service_named(service), found, parked=bool(parked))
    return Plan(service, after, lines, books, parked, without_content, witnessed)


async def carry_out(installation: Installation, plan: Plan, at: datetime) -> None:
    """Put the lines back. All or nothing: PostgreSQL computes each hash and compares it with `huiyin-chain`.

    Raises RecoveryRefused: then nothing was changed.
    """
    db = await asyncpg.connect(installation.postgres)
    try:
        await reinsert(db, plan.service, plan.after, plan.lines, books=plan.books, at=at)
    finally:
        await db.close()


async def _lost(installation: Installation, service: str) -> tuple[Sequence[Line], int]:
    user = keeper_name(service)
    client = await connect(installation.nats, user=user, password=installation.password(user))
    pool = await open_pool(installation.auditor_dsn, size=1, application="huiyin recover")
    try:
        state = await stream_state(client, service)
        ledger = PostgresLedger(pool, service)
        ahead = await what_is_ahead(client, ledger, service, state) if state else None
        return (ahead.lines(), ahead.ledger_head) if ahead else ((), 0)
    finally:
        await pool.close()
        await client.close()


async def _witnessed(db: Any, service: str, lines: Sequence[Line]) -> int:
    """Whoever has the service's password on the bus can forge lines that chain; audit's copy tells."""
    rows = await db.fetch(
        "SELECT position, hash FROM audit.timeline WHERE service = $1 AND position > $2",
        service,
        lines[0].position - 1,
    )
    hashes = {line.position: line.hash for line in lines}
    for row in rows:
        if hashes.get(row["position"], row["hash"]) != row["hash"]:
            raise NotRecoverable(
                f"audit has seen another line {row['position']} than the stream holds: one of the two was forged. "
                "Keep both, and find out who had the bus password of the service"
            )
    return sum(row["position"] in hashes for row in rows)


async def _without_content(db: Any, refs: Sequence[str]) -> list[str]:
    parts = [parse_ref(ref) for ref in refs]
    columns = ([p.case_id for p in parts], [p.item for p in parts], [p.n for p in parts])
    return [row["ref"] for row in await db.fetch(_CONTENT, list(refs), *columns)]
