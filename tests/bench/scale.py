"""A platform that has handled many cases: ledgers and read models filled by COPY with a valid chain.

One case is really handled, through HTTP. What was recorded about it is then written again for every further case, with
its own ids, positions, receipt number and instants, encoded by the codec and chained as the ledger chains. Not filled:
the vault and the idempotency keys, which are looked up by case and by key alone. Streams hold the newest events only,
as they do in production, and begin where those begin. `huiyin ledger verify` must find every chain intact.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import asyncpg

from bus.connection import connect
from bus.jetstream import delete_stream
from bus.subjects import TOPOLOGY, stream_name
from bus.topology import EMBEDDED, create_stream
from bus.users import authorization, user_names
from chassis.embedded.endpoints import nats_server, postgres_server
from chassis.embedded.state import StateDirectory
from chassis.installation import SERVICES
from chassis.topology import listens
from huiyin.cli.ledger import verify_ledgers
from tests.bench.running import running
from tests.bench.scale_cases import FILLED, Place, Template, copied
from tests.load import Load

WORKERS = 2
KEPT_ON_THE_BUS = {100_000: 20_000}
"""Cases stored -> events that each stream still holds; otherwise KEPT. Publishing all would take longer than filling."""

KEPT = 200_000
"""Of each of the five streams: the newest million events in all."""

COMMAND_TIMEOUT_S = 600.0
VACUUM_TIMEOUT_S = 1800.0


class NotIntact(AssertionError):
    """The filled ledgers do not verify: nothing measured on them would mean anything."""


@dataclass(frozen=True)
class Filled:
    """What is stored now."""

    cases: int
    lines: int


async def fill(state: Path, cases: int) -> None:
    """Fill a new state directory. Nothing runs in it before or afterwards."""
    with running(state, processes=False) as stack:
        after = await stack.units()
        case_id = await stack.one_case(Load(stack.http, after))
        await asyncio.to_thread(stack.until_idle)
        template = await _template(stack.owner, case_id)
    directory = StateDirectory(state).own("wall")
    try:
        places = await _fill_database(directory, template, cases)
        await _shorten_streams(directory, places, KEPT_ON_THE_BUS.get(cases, KEPT))
    finally:
        directory.release()


async def verified(state: Path, cases: int) -> Filled:
    """What the running platform in `state` holds. Raises NotIntact."""
    found = await verify_ledgers(state)
    broken = [f"{each['service']}: {each['finding']}" for each in found if each["finding"]]
    if broken:
        raise NotIntact("; ".join(broken))
    return Filled(cases, sum(each["lines"] for each in found))


async def _template(owner: str, case_id: str) -> Template:
    """Everything that was recorded about one case, and every row about it."""
    db = await asyncpg.connect(owner)
    try:
        lines = {
            name: [
                tuple(row)
                for row in await db.fetch(
                    f"SELECT position, stream, version, type, bytes, recorded_at FROM {name}.ledger"
                    " WHERE stream = $1 ORDER BY position",
                    f"{name}-case-{case_id}",
                )
            ]
            for name in FILLED
        }
        rows = {
            table: [dict(row) for row in await db.fetch(f"SELECT * FROM {table} WHERE case_id = $1", case_id)]
            for table in ("audit.cases", "notification.notices", "oversight.deadlines", "revisit.tasks")
        }
    finally:
        await db.close()
    return Template(case_id, rows["audit.cases"][0]["receipt_number"], lines, rows)


async def _fill_database(state: StateDirectory, template: Template, cases: int) -> Mapping[str, Place]:
    server = postgres_server(state)
    owner = await server.start()
    try:
        db = await asyncpg.connect(owner, command_timeout=COMMAND_TIMEOUT_S)
        places = {
            name: Place(*await db.fetchrow(f"SELECT position, hash FROM {name}.head")) for name in FILLED
        }
        loop = asyncio.get_running_loop()
        with ProcessPoolExecutor(WORKERS, get_context("spawn")) as workers:
            work = [
                loop.run_in_executor(workers, copied, owner, name, template, places, cases)
                for name in sorted(FILLED, key=lambda name: -len(template.lines[name]))
            ]
            ends = dict(await asyncio.gather(*work))
        await _set_positions(db, ends)
        # A platform that has grown over years has been vacuumed; one that was filled would be, while it is measured.
        await db.execute("VACUUM (ANALYZE)", timeout=VACUUM_TIMEOUT_S)
        await db.execute("CHECKPOINT")
        await db.close()
        return ends
    finally:
        await server.stop()


async def _set_positions(db: Any, ends: Mapping[str, Place]) -> None:
    """Heads, chains and inboxes stand behind what was filled in."""
    for name, end in ends.items():
        await db.execute(f"UPDATE {name}.head SET position = $1, hash = $2", end.position, end.hash)
        await db.execute(
            "UPDATE audit.chains SET position = $2, hash = $3 WHERE service = $1",
            name,
            end.position,
            end.hash,
        )
        for service in SERVICES:
            await db.execute(
                f"UPDATE {service}.inbox SET position = $2 WHERE source = $1", name, end.position
            )


async def _shorten_streams(state: StateDirectory, ends: Mapping[str, Place], kept: int) -> None:
    """Streams that begin at the newest events; their relays publish those when the platform starts."""
    passwords = {name: state.secret(f"password-{name}") for name in user_names(SERVICES)}
    server = nats_server(state, authorization=authorization(SERVICES, listens(), passwords))
    url = await server.start()
    try:
        client = await connect(url, user=TOPOLOGY, password=passwords[TOPOLOGY])
        for name, end in ends.items():
            await delete_stream(client, stream_name(name))
            await create_stream(client, name, EMBEDDED, first_position=max(1, end.position - kept + 1))
        await client.close()
    finally:
        await server.stop()
