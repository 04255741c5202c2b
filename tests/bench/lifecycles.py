"""Rows lifecycles.0, lifecycles.1e5 and, by `make bench-scale`, lifecycles.1e6: whole cases a second through HTTP.

A lifecycle is the eight commands of the straight road, given through the gateway to services in processes of their own.
It counts in the moment in which the ledger records that its last notice, the one about its closing, was handed over.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bench import scale
from tests.bench.bed import Bed
from tests.bench.lifecycles_run import Measured, measured
from tests.bench.rows import Row, median, percentile
from tests.bench.running import running

PEER: Final = 37.0
"""Whole cases a second that the nearest peer, a national complaint platform, publishes for an empty database on 16
cores (shared/performance.md). Not measured in this run, and not on this machine."""

STORED: Final = {"lifecycles.0": 0, "lifecycles.1e5": 100_000, "lifecycles.1e6": 1_000_000}
SCALE: Final = "HUIYIN_BENCH_SCALE"
"""Set by `make bench-scale`: the million takes longer than all other rows together."""

CLERKS = 64
"""Whoever works in an office waits for the answer to one act before the next; so many wait at once."""

WINDOW_S = 8.0
WARM_UP_S = 4.0


async def measure(bed: Bed) -> list[Row]:
    """One row for each number of stored cases; those beyond the empty one say what share of its rate they reach."""
    rows: list[Row] = []
    for row_id, stored in STORED.items():
        if not bed.wants(row_id) or (row_id == "lifecycles.1e6" and not os.environ.get(SCALE)):
            continue
        bed.say(f"{row_id} …")
        rows.append(
            await _row(bed, row_id, bed.size(stored) if stored else 0, rows[0].ours if rows else None)
        )
    return rows


async def _row(bed: Bed, row_id: str, stored: int, empty: float | None) -> Row:
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        state = Path(folder) / "state"
        if stored:
            await scale.fill(state, stored)
        with running(state) as stack:
            filled = await scale.verified(state, stored)
            bed.say(f"{row_id}: {filled.cases:,} cases, {filled.lines:,} lines stored, all chains intact")
            found = await measured(
                stack,
                clerks=bed.size(CLERKS) + 1,
                windows=bed.runs,
                window_s=max(1.0, WINDOW_S * bed.share),
                warm_up_s=max(1.0, WARM_UP_S * bed.share),
            )
    return row(row_id, found, empty, filled.lines)


def row(row_id: str, found: Measured, empty: float | None, lines: int) -> Row:
    """The medians of the windows, and what it cost."""
    cpu = {
        name: round(median([window.cpu_ms[name] for window in found.windows]), 2) for name in found.processes
    }
    load = cpu.pop("load")
    rate = median([window.rate for window in found.windows])
    extra: dict[str, object] = {
        "cpu_ms": cpu,
        "cpu_ms_in_all": round(sum(cpu.values()), 1),
        "load_cpu_ms": load,
        "busy_cores": round(median([window.busy_cores for window in found.windows]), 2),
        "requests_p50_p99_ms": _acts(found.requests_ms),
        "retries": found.retries,
        "lines_before": lines,
        "backlog": f"none, {found.drained_s:.1f} s after the last request",
        "note": "baseline peer is a published figure of another machine (16 cores), not measured here",
    }
    if empty:
        extra["share_of_empty"] = round(rate / empty, 3)
    return Row(
        id=row_id,
        unit="lifecycles/s",
        ours=rate,
        p50_ms=percentile(found.lives_ms, 50),
        p99_ms=percentile(found.lives_ms, 99),
        baselines={"peer": PEER},
        extra=extra,
    )


def _acts(requests_ms: dict[str, Sequence[float]]) -> dict[str, tuple[float, float]]:
    return {act: (percentile(times, 50), percentile(times, 99)) for act, times in requests_ms.items()}
