"""Rows load.5, load.50, load.500: a case out of the ledger, decoded and folded into its state."""

from __future__ import annotations

import asyncio
import time

from ledger.lines import Append
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.repository import fold_lines
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
"""Of one run, in turns with the baseline: whatever else the machine does meets both."""

PORTION = 100
"""Lines of one append."""


async def measure(bed: Bed) -> list[Row]:
    """One row for each length."""
    service = "bench_load"
    dsn = await bed.declare(service)
    pool = await open_pool(dsn, size=2)
    try:
        ledger = PostgresLedger(pool, service)
        stock = stock_repository.Stock(bed.owner_dsn)
        try:
            return [await _row(bed, ledger, stock, n) for n in LENGTHS if bed.wants(f"load.{n}")]
        finally:
            stock.close()
    finally:
        await pool.close()


async def _row(bed: Bed, ledger: PostgresLedger, stock: stock_repository.Stock, length: int) -> Row:
    lines = examples.case_lines(ledger.service, length, length)
    for begin in range(0, length, PORTION):
        await ledger.append(Append(lines=lines[begin : begin + PORTION]))
    stored = await asyncio.to_thread(stock.record, length)
    ours: list[float] = []
    stocks: list[float] = []
    latencies: list[float] = []
    for _ in range(bed.runs):
        mine: list[float] = []
        theirs: list[float] = []
        for _ in range(SLICES):
            mine += await _ours(ledger, lines[0].stream, length, bed.size(LOADS[length] // SLICES))
            theirs += await asyncio.to_thread(stock.load, stored, bed.size(STOCK_LOADS[length] // SLICES))
        latencies += mine
        ours.append(1000 / percentile(mine, 50))
        stocks.append(1000 / percentile(theirs, 50))
    return Row(
        id=f"load.{length}",
        unit="loads/s",
        ours=median(ours),
        p50_ms=percentile(latencies, 50),
        p99_ms=percentile(latencies, 99),
        baselines={"stock": median(stocks)},
        extra={"note": "one caller; the rate is that of the median load"},
    )


async def _ours(ledger: PostgresLedger, stream: str, length: int, loads: int) -> list[float]:
    latencies: list[float] = []
    for _ in range(loads):
        begin = time.perf_counter()
        loaded = fold_lines(case_decider, await ledger.load(stream))
        latencies.append((time.perf_counter() - begin) * 1000)
        assert loaded.version == length
    return latencies
