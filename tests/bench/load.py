"""Rows load.5, load.50, load.500: a case out of the ledger as its state, as a running service loads it.

A service remembers cases that it loaded before, and then reads only what is new: `load.50`. The first time, and after
a restart, it reads and folds them whole: `load.50.cold`. The stock repository does the second unless it is asked to
cache; with its cache it is `stock_cached`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from chassis.clock import WallClock
from ledger.lines import Append
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.repository import Repository
from oversight.domain.case import case_decider
from tests.bench import examples
from tests.bench.baselines import stock_repository
from tests.bench.bed import Bed
from tests.bench.rows import Row, median, percentile

LENGTHS = (5, 50, 500)
LOADS = {5: 600, 50: 400, 500: 120}
STOCK_LOADS = {5: 300, 50: 150, 500: 30}
"""Of one run: some tenths of a second each."""

SLICES = 5
"""Of one run, in turns with the baselines: whatever else the machine does meets all."""

PORTION = 100
"""Lines of one append."""

OTHERS = 20_000
"""Events of other cases in the same table, ours and the baselines': a ledger of one case is no ledger."""


async def measure(bed: Bed) -> list[Row]:
    """Two rows for each length."""
    service = "bench_load"
    pool = await open_pool(await bed.declare(service), size=2)
    try:
        ledger = PostgresLedger(pool, service)
        stock = stock_repository.Stock(bed.owner_dsn)
        try:
            await examples.fill(ledger, bed.size(OTHERS))
            await asyncio.to_thread(stock.fill, bed.size(OTHERS))
            lengths = [n for n in LENGTHS if bed.wants(f"load.{n}") or bed.wants(f"load.{n}.cold")]
            return [row for n in lengths for row in await _rows(bed, ledger, stock, n)]
        finally:
            stock.close()
    finally:
        await pool.close()


async def _rows(bed: Bed, ledger: PostgresLedger, stock: stock_repository.Stock, length: int) -> list[Row]:
    lines = examples.case_lines(ledger.service, bed.size(OTHERS) + length, length)
    for begin in range(0, length, PORTION):
        await ledger.append(Append(lines=lines[begin : begin + PORTION]))
    stored = await asyncio.to_thread(stock.record, length)
    stream, clock = lines[0].stream, WallClock()
    warm, cold = Repository(ledger, clock), lambda: Repository(ledger, clock)
    loads, stock_loads = bed.size(LOADS[length] // SLICES), bed.size(STOCK_LOADS[length] // SLICES)
    took: dict[str, list[list[float]]] = {name: [] for name in ("warm", "cold", "stock", "stock_cached")}
    for _ in range(bed.runs):
        run: dict[str, list[float]] = {name: [] for name in took}
        for _ in range(SLICES):
            run["warm"] += await _ours(lambda: warm, stream, length, loads)
            run["cold"] += await _ours(cold, stream, length, loads)
            run["stock"] += await asyncio.to_thread(stock.load, stored, length, stock_loads)
            run["stock_cached"] += await asyncio.to_thread(
                stock.load, stored, length, stock_loads, cached=True
            )
        for name, latencies in run.items():
            took[name].append(latencies)
    return [
        _row(f"load.{length}", took, "warm", "stock", "stock_cached"),
        _row(f"load.{length}.cold", took, "cold", "stock"),
    ]


async def _ours(repository: Callable[[], Repository], stream: str, length: int, loads: int) -> list[float]:
    latencies: list[float] = []
    for _ in range(loads):
        here = repository()
        begin = time.perf_counter()
        loaded = await here.load(case_decider, stream)
        latencies.append((time.perf_counter() - begin) * 1000)
        assert loaded.version == length
    return latencies


def _row(name: str, took: dict[str, list[list[float]]], ours: str, *baselines: str) -> Row:
    latencies = [each for run in took[ours] for each in run]
    return Row(
        id=name,
        unit="loads/s",
        ours=_rate(took[ours]),
        p50_ms=percentile(latencies, 50),
        p99_ms=percentile(latencies, 99),
        baselines={each: _rate(took[each]) for each in baselines},
        extra={"note": "one caller; the rate is that of the median load"},
    )


def _rate(runs: list[list[float]]) -> float:
    """Loads a second, by the median load of the median run."""
    return median([1000 / percentile(run, 50) for run in runs])
