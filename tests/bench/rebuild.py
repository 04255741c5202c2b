"""Row rebuild: a service's ledger folded again into its read model, by what `huiyin projections rebuild` runs."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import psutil

from bus.feed import LedgerFeed
from chassis.installation import service_named
from chassis.rebuilding import rebuild
from ledger.migrations import MigrationSet, apply, ledger_set
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.roles import AUDITOR, SETTINGS, Role
from oversight.projection import DEADLINES
from tests.bench import examples
from tests.bench.bed import INSTALLATION, PASSWORD, Bed, dsn_of
from tests.bench.rows import Row, median

SERVICE = "oversight"
DATABASE = "bench_rebuild"
EVENTS = 30_000
"""Of one run: a second or so."""


async def measure(bed: Bed) -> list[Row]:
    """One row: events by the processor time of this process and of PostgreSQL together."""
    owner = await _database(bed.owner_dsn)
    pool = await open_pool(dsn_of(owner, SERVICE), size=2)
    try:
        ledger = PostgresLedger(pool, SERVICE)
        events = bed.size(EVENTS)
        await examples.fill(ledger, events)
        await _stands_at(owner, events)
        ours: list[float] = []
        mine: list[float] = []
        wall: list[float] = []
        for _ in range(bed.runs):
            begin, own, server = time.perf_counter(), time.process_time(), _postgres_s(bed.state)
            folded = await rebuild(dsn_of(owner, SERVICE), DEADLINES, {SERVICE: LedgerFeed(ledger)})
            own, server = time.process_time() - own, _postgres_s(bed.state) - server
            assert folded == events
            wall.append(events / (time.perf_counter() - begin))
            ours.append(events / (own + server))
            mine.append(events / own)
    finally:
        await pool.close()
    extra = {"python_alone": round(median(mine), 1), "wall": round(median(wall), 1)}
    return [Row("rebuild", "events/s/core", median(ours), None, None, {}, extra)]


async def _database(owner_dsn: str) -> str:
    """A database of its own: the service is the platform's, and so is its schema's name."""
    connection = await asyncpg.connect(owner_dsn)
    try:
        await connection.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        await connection.close()
    owner = urlunsplit(urlsplit(owner_dsn)._replace(path=f"/{DATABASE}"))
    names = {"schema": SERVICE, "role": SERVICE, "auditor": AUDITOR}
    views = service_named(SERVICE).schema
    assert views is not None
    sets = [ledger_set(SERVICE, INSTALLATION), MigrationSet(f"views.{SERVICE}", views, names)]
    await apply(owner, sets, [Role(SERVICE, PASSWORD, {**SETTINGS, "search_path": SERVICE})])
    return owner


async def _stands_at(owner: str, position: int) -> None:
    """The service has consumed its own ledger up to here: so far a rebuild folds."""
    connection = await asyncpg.connect(owner)
    try:
        await connection.execute(f"INSERT INTO {SERVICE}.inbox VALUES ($1, $2)", SERVICE, position)
    finally:
        await connection.close()


def _postgres_s(state: Path) -> float:
    """Processor time of PostgreSQL's processes so far, ended ones included."""
    postmaster = psutil.Process(int((state / "postgres" / "data" / "postmaster.pid").read_text().split()[0]))
    times = [each.cpu_times() for each in (postmaster, *postmaster.children())]
    ended = postmaster.cpu_times()
    return sum(t.user + t.system for t in times) + ended.children_user + ended.children_system
