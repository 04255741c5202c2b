"""Rows pipeline, pipeline.idle and pipeline.half: append → relay → stream → reaction → projection, stage by process.

`pipeline` is what comes out at the end in a minute in which as much goes in as comes out; `idle` is how late it comes
at ten events a second, `half` at half of the maximum: on a schedule that waits for nobody, and each counted from
when it was due. After each run everything that went in must have come out.
The baseline, `naive`, does the same work under the same durability (tests/bench/baselines/naive.py).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg

from bus.connection import connect
from bus.parking_postgres import parking_set
from bus.topology import EMBEDDED, create_durable, create_stream
from ledger.migrations import apply
from tests.bench.baselines.naive import Naive
from tests.bench.bed import Bed
from tests.bench.consume import _TABLE
from tests.bench.rows import Row
from tests.bench.stages import ended, stage, until_ready

SOURCE, TARGET = "bench_first", "bench_second"
IDLE_RATE = 10.0
SECONDS = {"pipeline": 60.0, "pipeline.idle": 15.0, "pipeline.half": 10.0}
NAIVE_SECONDS = {"pipeline": 15.0, "pipeline.idle": 10.0, "pipeline.half": 8.0}
SHORTEST_S = 0.5
WARM_UP_S = 1.0
"""Imports and first connections are not what is measured."""

DRAIN_LIMIT_S = 60.0


class Pipeline(Protocol):
    """One way to do it. Positions count from the first event of all runs."""

    module: str
    seconds: dict[str, float]

    async def settings(self) -> dict[str, Any]:
        """What the stages are told."""

    async def came_out(self) -> int:
        """How many events have been projected."""

    async def went_in(self) -> int:
        """How many have been appended."""


@dataclass(frozen=True)
class Run:
    """One run of all stages."""

    rate: float
    p50_ms: float
    p99_ms: float
    drained_s: float
    cpu_us: float
    """Of the two stages, an event; without the servers."""


async def measure(bed: Bed) -> list[Row]:
    """Three rows, or those of them that are wanted (each needs the maximum)."""
    owner = await asyncpg.connect(bed.owner_dsn)
    try:
        ours, naive = await _ours(bed, owner), Naive(bed, owner)
        await naive.prepare()
        found = {}
        for pipeline in (ours, naive):
            most = await _run(bed, pipeline, "pipeline", 0.0)
            bed.say(f"{type(pipeline).__name__.lower()}: {most.rate:,.0f} events/s")
            idle = await _run(bed, pipeline, "pipeline.idle", IDLE_RATE)
            half = await _run(bed, pipeline, "pipeline.half", max(1.0, most.rate / 2))
            found[type(pipeline)] = (most, idle, half)
        return [
            _row(row_id, *pair)
            for row_id, pair in zip(SECONDS, zip(found[Ours], found[Naive], strict=True), strict=True)
        ]
    finally:
        await owner.close()


@dataclass
class Ours:
    """Two services on ledgers of their own."""

    bed: Bed
    owner: Any
    dsns: tuple[str, str]
    module = "tests.bench.pipeline_stages"
    seconds = SECONDS

    async def settings(self) -> dict[str, Any]:
        """Of both stages."""
        return {
            "source": SOURCE,
            "target": TARGET,
            "source_dsn": self.dsns[0],
            "target_dsn": self.dsns[1],
            "nats": self.bed.nats_url,
            "before": await self.came_out(),
        }

    async def came_out(self) -> int:
        """The second service's position on its own ledger."""
        sql = f"SELECT position FROM {TARGET}.inbox WHERE source = $1"
        return int(await self.owner.fetchval(sql, TARGET) or 0)

    async def went_in(self) -> int:
        """The first service's head."""
        return int(await self.owner.fetchval(f"SELECT position FROM {SOURCE}.head"))


async def _ours(bed: Bed, owner: Any) -> Ours:
    dsns = (await bed.declare(SOURCE), await bed.declare(TARGET))
    await apply(bed.owner_dsn, [parking_set(TARGET)])
    await owner.execute(_TABLE.format(schema=TARGET))
    client = await connect(bed.nats_url, user=bed.nats_user, password=bed.nats_password, name="bench")
    try:
        await create_stream(client, SOURCE, EMBEDDED)
        await create_durable(client, TARGET, SOURCE, 0)
    finally:
        await client.close()
    return Ours(bed, owner, dsns)


async def _run(bed: Bed, pipeline: Pipeline, row_id: str, rate: float) -> Run:
    """One run; the rate is that of the events that came out while others went in."""
    warm_up_s = WARM_UP_S * min(1.0, bed.share * 10)
    settings = {**await pipeline.settings(), "rate": rate, "skip_s": warm_up_s}
    seconds = max(SHORTEST_S, pipeline.seconds[row_id] * bed.share)
    with stage(pipeline.module, "react", settings) as reacting:
        await until_ready(reacting)
        with stage(pipeline.module, "append", settings) as appending:
            before = await pipeline.came_out()
            while await pipeline.came_out() == before:
                await asyncio.sleep(0.02)
            await asyncio.sleep(warm_up_s)
            begin, first = time.perf_counter(), await pipeline.came_out()
            await asyncio.sleep(seconds)
            lasted, out = time.perf_counter() - begin, await pipeline.came_out() - first
            sent = await ended(appending)
            drained_s = await _drained(pipeline)
            said = await ended(reacting)
    cpu_us = (sent["cpu_s"] + said["cpu_s"]) / max(1, said["count"]) * 1e6
    return Run(out / lasted, said["p50_ms"], said["p99_ms"], drained_s, cpu_us)


async def _drained(pipeline: Pipeline) -> float:
    """How long it takes until all that went in has come out."""
    begin = time.perf_counter()
    wanted = await pipeline.went_in()
    async with asyncio.timeout(DRAIN_LIMIT_S):
        while await pipeline.came_out() < wanted:
            await asyncio.sleep(0.01)
    out = await pipeline.came_out()
    assert out == wanted, f"{wanted} events went in, {out} came out"
    return time.perf_counter() - begin


def _row(row_id: str, ours: Run, naive: Run) -> Row:
    whole = row_id == "pipeline"
    return Row(
        id=row_id,
        unit="events/s" if whole else "ms p99",
        ours=ours.rate if whole else ours.p99_ms,
        p50_ms=ours.p50_ms,
        p99_ms=ours.p99_ms,
        baselines={"naive": naive.rate if whole else naive.p99_ms},
        extra={
            "at_events_s": round(ours.rate, 1),
            "naive_at_events_s": round(naive.rate, 1),
            "naive_p50_p99_ms": (round(naive.p50_ms, 2), round(naive.p99_ms, 2)),
            "stages_cpu_us": round(ours.cpu_us, 1),
            "naive_stages_cpu_us": round(naive.cpu_us, 1),
            "backlog": f"none, {ours.drained_s:.2f} s after the last append (naive: {naive.drained_s:.2f} s)",
        },
    )


__all__: Sequence[str] = ("Pipeline", "measure")
