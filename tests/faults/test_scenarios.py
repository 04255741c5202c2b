"""The fixed scenario that is quick enough for every run; all of them: python -m tests.faults.scenarios."""

from __future__ import annotations

from tests.faults.scenarios.__main__ import SCENARIOS, run


async def test_a_durable_that_vanishes_under_load_comes_back() -> None:
    assert "durable_deleted" in SCENARIOS
    assert await run("durable_deleted")
