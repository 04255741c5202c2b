"""`make bench` runs: each row of the parts is measured once, with few events; how fast is nobody's business here."""

from __future__ import annotations

import asyncio
import importlib
import itertools
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.bench.bed import Bed, made_up
from tests.bench.report import write
from tests.bench.rows import Row
from tests.bench.stages import Feeding

EXPECTED = {
    "load": [f"load.{n}{how}" for n in (5, 50, 500) for how in ("", ".cold")],
    "codec": ["codec.encode", "codec.decode"],
    "relay": ["relay"],
    "consume": ["consume"],
    "verify": ["verify"],
    "rebuild": ["rebuild"],
}


@pytest.fixture(scope="module")
async def bed() -> AsyncIterator[Bed]:
    async with made_up(runs=1, share=0.02) as bed:
        yield bed


@pytest.mark.parametrize("name", EXPECTED)
async def test_each_row_is_measured_beside_its_baselines(name: str, bed: Bed) -> None:
    rows: list[Row] = await importlib.import_module(f"tests.bench.{name}").measure(bed)
    assert [row.id for row in rows] == EXPECTED[name]
    for row in rows:
        said = row.as_json()
        assert said["ours"] > 0
        assert all(value > 0 for value in said["baselines"].values())
        assert said["ratios"].keys() == said["baselines"].keys()


def test_rows_of_an_earlier_run_stay_only_beside_rows_of_the_same_commit(tmp_path: Path) -> None:
    output = tmp_path / "bench.json"
    first, second = (Row(name, "events/s", 2.0, None, None, {"half": 1.0}) for name in ("first", "second"))
    write([first], output, part=True)
    write([second], output, part=True)
    document = json.loads(output.read_text())
    if document["commit"]:  # Nothing is known of where an earlier run came from in an exported tree.
        assert [row["id"] for row in document["rows"]] == ["first", "second"]
        assert document["rows"][0]["ratios"] == {"half": 2.0}
    output.write_text(json.dumps({**document, "commit": "another"}))
    write([second], output, part=True)
    assert [row["id"] for row in json.loads(output.read_text())["rows"]] == ["second"]
    write([first], output, part=False)
    assert [row["id"] for row in json.loads(output.read_text())["rows"]] == ["first"]


async def test_a_load_of_so_many_a_second_waits_for_nobody_and_tells_when_each_was_due() -> None:
    begin = datetime.now(UTC)
    dues: list[datetime] = []
    stop = asyncio.create_task(asyncio.sleep(0.1))

    async def append(number: int, due: datetime) -> None:
        assert number == len(dues) + 1
        dues.append(due)
        if number == 1:
            time.sleep(0.05)  # noqa: ASYNC251  # Whoever measures stands still; what was due meanwhile is late, and says so.
        await asyncio.sleep(0.05)

    async def came_out() -> int:
        raise AssertionError("nobody asks")

    feeding = Feeding(append, came_out)
    await feeding.run(1000.0, stop)
    assert feeding.sent == len(dues) >= 50
    assert {late - early for early, late in itertools.pairwise(dues)} == {timedelta(milliseconds=1)}
    assert begin <= dues[0]
    assert dues[-1] <= datetime.now(UTC)
