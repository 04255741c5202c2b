"""`make bench` runs: each row of the parts is measured once, with few events; how fast is nobody's business here."""

from __future__ import annotations

import importlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bench.bed import Bed, made_up
from tests.bench.report import write
from tests.bench.rows import Row

EXPECTED = {
    "load": ["load.5", "load.50", "load.500"],
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
