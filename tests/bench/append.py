"""Rows append.1|16|64|256, append.full.64, append.256.conflicts: one event an append, many writers."""

from __future__ import annotations

import asyncio
import gc
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ledger.envelopes import new_lines
from ledger.lines import Append, Conflict, IdempotencyKey, NewLine
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from tests.bench import examples
from tests.bench.baselines import limit, stock
from tests.bench.bed import Bed
from tests.bench.rows import Row, median, percentile

EVENTS = {1: 1_500, 16: 8_000, 64: 20_000, 256: 40_000}
"""Of one run, by number of writers: a second or so of ours."""

STOCK_EVENTS = 800
LIMIT_EVENTS = 25_600
BODY = bytes(range(256)) + bytes(200)
"""456 bytes, as long as an envelope with a small event."""

CONFLICTING = 100
"""Every so many appends one claims a version that is taken."""

Maker = Callable[[int], Append]
"""The append of a number."""


@dataclass
class Taken:
    """What one run took: good appends a second, the latency of each in ms, conflicts told."""

    rate: float = 0.0
    latencies: list[float] = field(default_factory=list)
    conflicts: int = 0


async def measure(bed: Bed) -> list[Row]:
    """All rows that are wanted."""
    runs = (f"run{n}" for n in itertools.count())
    async with _ledger(bed) as ledger:
        rows = [
            await _plain(bed, ledger, writers, runs) for writers in EVENTS if bed.wants(f"append.{writers}")
        ]
        if bed.wants("append.full.64"):
            rows.append(await _full(bed, ledger, runs))
        if bed.wants("append.256.conflicts"):
            rows.append(await _conflicts(bed, ledger, runs))
    return rows


async def _plain(bed: Bed, ledger: PostgresLedger, writers: int, runs: Iterator[str]) -> Row:
    """Ready bytes, beside the stock recorder and the limit."""
    ours, stocks, limits = [], [], []
    for _ in range(bed.runs):
        ours.append(await _write(ledger, writers, bed.size(EVENTS[writers]), _ready(next(runs))))
        stocks.append(await _stock(bed, writers))
        limits.append(await limit.append(bed.owner_dsn, bed.size(LIMIT_EVENTS), BODY))
    return _row(
        f"append.{writers}",
        ours,
        {"stock": median([s.rate for s in stocks]), "limit": median(limits)},
        stocks,
    )


async def _full(bed: Bed, ledger: PostgresLedger, runs: Iterator[str]) -> Row:
    """From the dataclass: payload and envelope encoded, under an idempotency key."""
    ours, stocks = [], []
    for _ in range(bed.runs):
        ours.append(await _write(ledger, 64, bed.size(EVENTS[64]), _whole(next(runs))))
        stocks.append(await _stock(bed, 64))
    return _row("append.full.64", ours, {"stock": median([s.rate for s in stocks])}, stocks)


async def _conflicts(bed: Bed, ledger: PostgresLedger, runs: Iterator[str]) -> Row:
    """One append in a hundred conflicts: good appends a second, beside a run without conflicts."""
    ours, frees = [], []
    for _ in range(bed.runs):
        events, run = bed.size(EVENTS[256]), next(runs)
        await ledger.append(_ready(run)(0))
        taken = await _write(ledger, 256, events, _conflicting(run))
        if taken.conflicts != events // CONFLICTING:
            raise RuntimeError(f"{taken.conflicts} conflicts were told, {events // CONFLICTING} were made")
        ours.append(taken)
        frees.append(await _write(ledger, 256, events, _ready(next(runs))))
    return _row("append.256.conflicts", ours, {"conflict_free": median([free.rate for free in frees])}, frees)


def _row(name: str, ours: list[Taken], baselines: dict[str, float], beside: list[Taken]) -> Row:
    mine = [latency for taken in ours for latency in taken.latencies]
    theirs = [latency for taken in beside for latency in taken.latencies]
    said = {"p50_ms": round(percentile(theirs, 50), 3), "p99_ms": round(percentile(theirs, 99), 3)}
    return Row(
        id=name,
        unit="events/s",
        ours=median([taken.rate for taken in ours]),
        p50_ms=percentile(mine, 50),
        p99_ms=percentile(mine, 99),
        baselines=baselines,
        extra={"baseline_latency": {next(iter(baselines)): said}},
    )


async def _stock(bed: Bed, writers: int) -> Taken:
    return Taken(*await asyncio.to_thread(stock.append, bed.owner_dsn, writers, bed.size(STOCK_EVENTS), BODY))


async def _write(ledger: PostgresLedger, writers: int, events: int, make: Maker) -> Taken:
    """So many writers, each with one append under way, until all events are written."""
    taken = Taken()
    numbers = iter(range(1, events + 1))

    async def write() -> None:
        for number in numbers:
            begin = time.perf_counter()
            try:
                await ledger.append(make(number))
            except Conflict:
                taken.conflicts += 1
            taken.latencies.append((time.perf_counter() - begin) * 1000)

    begin = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(writers)))
    taken.rate = (events - taken.conflicts) / (time.perf_counter() - begin)
    return taken


def _ready(run: str) -> Maker:
    def make(number: int) -> Append:
        line = NewLine(f"bench-{run}-{number}", 1, "huiyin.bench.v1.Line", BODY, datetime.now(UTC))
        return Append((line,))

    return make


def _conflicting(run: str) -> Maker:
    ready = _ready(run)

    def make(number: int) -> Append:
        return ready(number if number % CONFLICTING else 0)

    return make


def _whole(run: str) -> Maker:
    def make(number: int) -> Append:
        event = examples.notice(number)
        given = examples.context(event.case_id, number)
        lines = new_lines([event], f"bench-{run}-{number}", 0, datetime.now(UTC), given)
        return Append(lines, idempotency=IdempotencyKey("unit", "bench", f"{run}-{number}", bytes(32)))

    return make


@asynccontextmanager
async def _ledger(bed: Bed) -> AsyncIterator[PostgresLedger]:
    """A ledger as a service has it: what lives for ever is out of the collector's way."""
    pool = await open_pool(bed.service_dsn, size=2)
    gc.freeze()
    try:
        yield PostgresLedger(pool, bed.service)
    finally:
        gc.unfreeze()
        await pool.close()
