"""The rows about the whole platform can be measured: tiny sizes, positive figures, nothing about time."""

from __future__ import annotations

from pathlib import Path

from tests.bench import lifecycles, pipeline, scale
from tests.bench.bed import made_up
from tests.bench.running import running

TINY = 0.01


async def test_the_pipeline_leaves_nothing_behind_ours_nor_the_naive_one() -> None:
    async with made_up(share=TINY) as bed:
        rows = {row.id: row for row in await pipeline.measure(bed)}
    assert list(rows) == ["pipeline", "pipeline.idle", "pipeline.half"]
    for row in rows.values():
        assert row.ours > 0
        assert row.baselines["naive"] > 0
        assert str(row.extra["backlog"]).startswith("none")


async def test_a_filled_platform_has_intact_chains_and_goes_on_handling_cases(tmp_path: Path) -> None:
    cases = 20
    await scale.fill(tmp_path / "state", cases)
    with running(tmp_path / "state", processes=False) as stack:
        filled = await scale.verified(tmp_path / "state", cases)
        found = await lifecycles.measured(stack, clerks=2, windows=1, window_s=1.0, warm_up_s=1.0)
    assert filled.lines >= cases * 26
    row = lifecycles.row("lifecycles.0", found, None, filled.lines)
    assert row.ours > 0
    assert set(row.extra["cpu_ms"]) == {"postgres", "nats", "services"}
