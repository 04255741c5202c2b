"""Rows memory.<process>: what each process of the platform holds in memory, at rest and under load."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.bench.bed import Bed
from tests.bench.lifecycles import CLERKS
from tests.bench.lifecycles_run import load
from tests.bench.process_cost import memory_mb
from tests.bench.rows import Row
from tests.bench.running import running

UNDER_LOAD_S = 10.0
NAMES = {"services": "gateway"}
"""The supervisor is the gateway too."""


async def measure(bed: Bed) -> list[Row]:
    """One row a process, in MiB of proportional set size (shared pages divided among those who share them)."""
    with (
        tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder,
        running(Path(folder) / "state") as stack,
    ):
        after = await stack.units()
        await asyncio.to_thread(stack.until_idle)
        rest = memory_mb(stack.pids)
        with load(stack.http, after, bed.size(CLERKS) + 1) as child:
            await asyncio.sleep(max(1.0, UNDER_LOAD_S * bed.share))
            busy = memory_mb(stack.pids)
            await asyncio.to_thread(child.communicate)
    return [
        Row(
            id=f"memory.{NAMES.get(name, name)}",
            unit="MiB under load",
            ours=busy[name],
            p50_ms=None,
            p99_ms=None,
            baselines={},
            extra={"at_rest_mib": round(rest[name], 1)},
        )
        for name in sorted(stack.pids)
    ]
