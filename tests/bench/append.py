"""Rows append.1, append.16, append.64, append.256: ready bytes into the ledger, one event an append."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from ledger.lines import Append, NewLine
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from tests.bench.baselines import limit, stock
from tests.bench.rows import Row, median, percentile

WRITERS = (1, 16, 64, 256)
RUNS = 3
SECONDS_WORTH = {1: 1_500, 16: 8_000, 64: 20_000, 256: 40_000}
"""Events of one run: a second or so of ours."""

STOCK_EVENTS = 800
LIMIT_EVENTS = 25_600
BODY = bytes(range(256)) + bytes(200)
"""456 bytes, as long as an envelope with a small event."""


async def measure(owner_dsn: str, service_dsn: str, service: str) -> list[Row]:
    """One row for each number of writers."""
    pool = await open_pool(service_dsn, size=2)
    try:
        return [await _row(owner_dsn, PostgresLedger(pool, service), writers) for writers in WRITERS]
    finally:
        await pool.close()


async def _row(owner_dsn: str, ledger: PostgresLedger, writers: int) -> Row:
    ours: list[float] = []
    stocks: list[float] = []
    limits: list[float] = []
    latencies: list[float] = []
    for run in range(RUNS):
        rate, times = await _ours(ledger, writers, SECONDS_WORTH[writers], run)
        ours.append(rate)
        latencies += times
        rate, _ = await asyncio.to_thread(stock.append, owner_dsn, writers, STOCK_EVENTS, BODY)
        stocks.append(rate)
        limits.append(await limit.append(owner_dsn, LIMIT_EVENTS, BODY))
    return Row(
        id=f"append.{writers}",
        unit="events/s",
        ours=median(ours),
        p50_ms=percentile(latencies, 50),
        p99_ms=percentile(latencies, 99),
        baselines={"stock": median(stocks), "limit": median(limits)},
    )


async def _ours(ledger: PostgresLedger, writers: int, events: int, run: int) -> tuple[float, list[float]]:
    numbers = iter(range(events))
    latencies: list[float] = []

    async def write() -> Any:
        for number in numbers:
            line = NewLine(
                f"bench-{writers}-{run}-{number}", 1, "huiyin.bench.v1.Line", BODY, datetime.now(UTC)
            )
            begin = time.perf_counter()
            await ledger.append(Append(lines=[line]))
            latencies.append((time.perf_counter() - begin) * 1000)

    begin = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(writers)))
    return events / (time.perf_counter() - begin), latencies
