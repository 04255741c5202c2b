"""The directory of units and the duty catalogue through HTTP and the command line."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.stack import Stack, clerk

HEADING = "unit_id,name,kind,level,division,organ_code,parent_unit_id,system_parent_unit_id,capabilities"
OFFICE = "dir-office"
LONG_PAST = "2025-08-01"


def row(unit_id: str, parent: str = "", level: str = "county", **more: str) -> str:
    code = unit_id.replace("-", "").upper()[:12]
    return (
        f"{unit_id},单位{unit_id},competent,{level},990101,{code},{parent},{more.get('system', '')},hearing"
    )


def send(platform: Stack, *rows: str) -> httpx.Response:
    body = {"text": "\n".join([HEADING, *rows])}
    return platform.http.post(
        "/routing/v1/directory-imports", json=body, headers={"Huiyin-Actor": clerk(OFFICE)}
    )


def known(platform: Stack, prefix: str) -> dict[str, Any]:
    return {
        unit["unit_id"]: unit
        for unit in platform.client.get("/routing/v1/units")
        if unit["unit_id"].startswith(prefix)
    }


def change(platform: Stack, unit_id: str, command: str, **body: Any) -> httpx.Response:
    return platform.http.post(
        f"/routing/v1/units/{unit_id}/{command}", json=body, headers={"Huiyin-Actor": clerk(OFFICE)}
    )


def test_a_file_with_faults_is_refused_whole_and_every_fault_is_listed(platform: Stack) -> None:
    answer = send(
        platform,
        row("bad-top"),
        row("bad-a", "bad-b"),
        row("bad-b", "bad-a"),
        row("bad-c", "bad-nobody"),
        row("bad-top"),
        row("bad-d", level="galaxy"),
    )
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["type"] == "urn:huiyin:rule:directory-file-faulty"
    assert [fault["at"] for fault in problem["faults"]] == [
        "3/parent_unit_id",
        "5/parent_unit_id",
        "6/unit_id",
        "7/level",
    ]
    platform.idle()
    assert known(platform, "bad-") == {}


def test_a_file_is_imported_once_in_whatever_order(platform: Stack) -> None:
    rows = [row(f"big-{number}", f"big-{(number - 1) // 2}" if number else "") for number in range(600)]
    answer = send(platform, *reversed(rows))
    assert answer.json() | {"position": ""} == {"founded": 600, "known": 0, "position": ""}
    platform.wait("routing", answer.json()["position"])
    platform.wait("intake", answer.json()["position"])
    again = send(platform, *rows)
    assert again.json() == {"founded": 0, "known": 600, "position": "routing:0"}
    assert len(known(platform, "big-")) == 600
    found = platform.client.get("/routing/v1/common-superior", one="big-3", other="big-4")
    assert found["unit_id"] == "big-1"


def test_units_are_moved_merged_and_succeeded_and_what_breaks_a_tree_is_refused(platform: Stack) -> None:
    rows = [row("ch-top"), row("ch-a", "ch-top"), row("ch-b", "ch-top"), row("ch-a1", "ch-a")]
    assert send(platform, *rows).is_success
    on = {"effective_on": LONG_PAST}
    cycle = change(platform, "ch-a", "move-unit", parent_unit_id="ch-a1", **on)
    assert (cycle.status_code, cycle.json()["type"]) == (409, "urn:huiyin:rule:directory-cycle")
    orphan = change(platform, "ch-a", "move-unit", parent_unit_id="ch-nobody", **on)
    assert orphan.json()["type"] == "urn:huiyin:rule:directory-orphan"
    head = change(platform, "ch-b", "appoint-head", head="h7", from_on=LONG_PAST)
    assert head.is_success, head.text
    merged = change(platform, "ch-a", "merge-unit", successor_unit_id="ch-b", **on)
    assert merged.is_success, merged.text
    twice = change(platform, "ch-a", "merge-unit", successor_unit_id="ch-top", **on)
    assert (twice.status_code, twice.json()["type"]) == (409, "urn:huiyin:rule:directory-ended")
    assert (
        change(platform, "ch-a", "merge-unit", successor_unit_id="ch-b", **on).json()["position"]
        == "routing:0"
    )
    platform.wait("routing", merged.json()["position"])
    platform.idle()
    assert known(platform, "ch-a")["ch-a"]["successor_unit_id"] == "ch-b"
    shown = platform.client.get("/routing/v1/units/ch-a1")
    assert shown["superiors"]["territorial"] == ["ch-b", "ch-top"]


def test_a_unit_under_nobody_is_refused(platform: Stack) -> None:
    unit = {
        "unit_id": "lost",
        "name": "某单位",
        "kind": "competent",
        "level": "county",
        "division": "990101",
        "organ_code": "L1",
        "parent_unit_id": "nobody-at-all",
    }
    answer = platform.http.post("/routing/v1/units", json=unit, headers={"Huiyin-Actor": clerk(OFFICE)})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:huiyin:rule:directory-orphan")


def test_many_changes_at_once_leave_a_tree(platform: Stack) -> None:
    """Each half of a cycle is allowed by itself: of the two together one is refused."""
    assert send(platform, row("race-a"), row("race-b")).is_success
    on = {"effective_on": LONG_PAST}
    moves = [("race-a", "race-b"), ("race-b", "race-a")]
    with ThreadPoolExecutor(2) as threads:
        done = list(
            threads.map(lambda m: change(platform, m[0], "move-unit", parent_unit_id=m[1], **on), moves)
        )
    assert sorted(answer.status_code for answer in done) == [200, 409]


def test_who_is_competent_is_told_with_rule_version_and_reason(platform: Stack) -> None:
    assert send(platform, row("du-a"), row("du-b")).is_success
    duty = {"subject": "住房/物业", "division": "990100", "from_on": "2025-01-01", "basis": "权责清单"}
    assert change(platform, "du-a", "assign-duty", **duty).is_success
    last = change(platform, "du-a", "assign-duty", **{**duty, "basis": "权责清单修订"})
    assert last.is_success
    platform.idle()
    asked = {"subject": "住房/物业/电梯", "division": "990101"}
    (found,) = platform.client.get("/routing/v1/competent-units", **asked)
    assert (found["unit_id"], found["rule"]) == ("du-a", "du-a:住房/物业:990100@2")
    assert "住房/物业/电梯" in found["why"]
    assert change(platform, "nobody", "assign-duty", **duty).json()["type"] == "urn:huiyin:rule:C21"


@pytest.mark.parametrize(
    ("rows", "code"), [([row("cli-a"), row("cli-b", "cli-a")], 0), ([row("cli-x", "cli-0")], 1)]
)
def test_the_command_line_imports_a_directory(
    platform: Stack, tmp_path: Path, rows: list[str], code: int
) -> None:
    file = tmp_path / "units.csv"
    file.write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    command = [sys.executable, "-m", "huiyin.cli.main", "unit", "import", str(file)]
    done = subprocess.run(
        [*command, "--state", str(platform.state)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert ("2 founded" if code == 0 else "cli-0") in done.stdout + done.stderr
