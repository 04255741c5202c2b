"""A year's calendar is published over a thousand open cases: exactly those that wait for it are counted again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from chassis.clock import SimulatedClock
from chassis.installation import CLOCK_FILE
from statute.instants import SHANGHAI
from statute.rule_files import FOLDER as RULES
from tests.e2e.test_refusals import expect_refusal
from tests.platforms import OFFICE, RunningPlatform, actor, found_units, platform

CLERKS = 32
LIMIT_S = 60.0

BEFORE, ON_A_HOLIDAY, ON_A_WORKDAY = date(2026, 11, 16), date(2026, 12, 17), date(2026, 12, 21)
"""K1 of 15 days: due 2026-12-01; 2027-01-01, which the new calendar makes a holiday; 2027-01-05."""

OTHERS, HOLIDAY, WORKDAY = 60, 600, 400

CALENDAR_2027 = """
jurisdiction = "cn"
year = 2027
version = 1
source = "a year of our own, for tests"
verified_by = "[D]"

[holidays]
"元旦" = [2027-01-01, 2027-01-02, 2027-01-03]

[makeup_workdays]
"元旦" = [2027-01-10]
"""

SHORTER_K1 = """
[[versions]]
version = 3
law = "假设"
article = "无"
effective_from = 2026-01-01
counting = { calendar_days = 5 }
warnings = ["d3"]
consequence = "none"
verified_by = "[D]"
"""

PETITION = {"channel": "web", "receiver_unit_id": "po1", "title": "路灯不亮", "text": "路灯坏了三个月。"}


@dataclass
class Scene:
    """A platform on which time is set, and which cases came on which day."""

    running: RunningPlatform
    clock: SimulatedClock
    cases: dict[date, set[str]]
    calendar: Path

    @property
    def http(self) -> str:
        return str(self.running.runtime["http"])

    def published(self, *more: str) -> dict[str, Any]:
        """`huiyin calendar import …`, by two people."""
        words = ("calendar", "import", str(self.calendar), "--maker", "zhou", "--checker", "wu", "--json")
        done = self.running.command(*words, *more)
        assert done.returncode == 0, done.stderr
        said: dict[str, Any] = json.loads(done.stdout)
        return said


@pytest.fixture(scope="module")
async def scene(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    """Open cases before and within the reach of a year that nobody has published."""
    file = tmp_path_factory.mktemp("calendar") / "2027.toml"
    file.write_text(CALENDAR_2027, encoding="utf-8")
    with platform("--simulated") as running:
        (running.state / "mode").write_text("simulated\n")
        clock = SimulatedClock(running.state / CLOCK_FILE)
        clock.set(_ten(BEFORE))
        await running.start()
        found = Scene(running, clock, {}, file)
        after = await found_units(found.http)
        for day, count in ((BEFORE, OTHERS), (ON_A_HOLIDAY, HOLIDAY), (ON_A_WORKDAY, WORKDAY)):
            clock.set(_ten(day))
            found.cases[day] = await _receive(found.http, after, count)
        await running.until_idle()
        yield found


def _ten(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)


async def _receive(http: str, after: str, count: int) -> set[str]:
    """So many petitions; the ids of their cases."""
    gate = asyncio.Semaphore(CLERKS)
    async with httpx.AsyncClient(base_url=http, timeout=LIMIT_S, trust_env=False) as client:

        async def one() -> str:
            async with gate:
                headers = {**actor(OFFICE), **({"Huiyin-After": after} if after else {})}
                answer = await client.post("/intake/v1/cases", json=PETITION, headers=headers)
                assert answer.status_code in (200, 201), answer.text
                return str(answer.json()["case_id"])

        return set(await asyncio.gather(*(one() for _ in range(count))))


async def _clock(http: str, case_id: str) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=http, timeout=LIMIT_S, trust_env=False) as client:
        answer = await client.get(f"/oversight/v1/cases/{case_id}/clocks")
        (clock,) = answer.json()["clocks"]
        found: dict[str, Any] = clock
        return found


def test_one_person_alone_publishes_nothing(scene: Scene) -> None:
    words = ("calendar", "import", str(scene.calendar), "--maker", "zhou")
    expect_refusal(scene.running.command(*words, "--checker", "zhou"), "two")
    done = scene.running.command(*words)
    assert done.returncode == 0, done.stderr
    assert "huiyin calendar approve cn@2027.1" in done.stdout
    expect_refusal(
        scene.running.command("calendar", "approve", "cn@2027.1", "--checker", "zhou"), "another person"
    )


def test_a_file_with_faults_is_refused_whole_with_every_fault(scene: Scene, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        CALENDAR_2027.replace("2027-01-02", "2026-01-02").replace("2027-01-10", "2027-01-11"),
        encoding="utf-8",
    )
    words = ("calendar", "import", str(wrong), "--maker", "zhou", "--checker", "wu")
    expect_refusal(scene.running.command(*words), "2026-01-02", "2027-01-11")


async def test_publishing_a_year_counts_exactly_the_open_clocks_again_that_reach_into_it(
    scene: Scene,
) -> None:
    before = await _clock(scene.http, min(scene.cases[ON_A_HOLIDAY]))
    assert (before["due_on"], before["provisional"]) == ("2027-01-01", True)

    said = scene.published()
    assert said["published"] == ["cn@2027.1"]
    moved = {row["case_id"]: row for row in said["recomputed"]}
    assert len(moved) == len(said["recomputed"]) == HOLIDAY + WORKDAY
    assert moved.keys() == scene.cases[ON_A_HOLIDAY] | scene.cases[ON_A_WORKDAY]
    for day, old, new in (
        (ON_A_HOLIDAY, "2027-01-01", "2027-01-04"),
        (ON_A_WORKDAY, "2027-01-05", "2027-01-05"),
    ):
        rows = [moved[case_id] for case_id in scene.cases[day]]
        assert {(row["old_due_on"], row["due_on"]) for row in rows} == {(old, new)}
        assert {(row["old_provisional"], row["provisional"]) for row in rows} == {(True, False)}
        assert {(row["old_calendar"], row["calendar"]) for row in rows} == {
            ("cn@2026.1+2027.0", "cn@2026.1+2027.1")
        }

    after = await _clock(scene.http, min(scene.cases[ON_A_HOLIDAY]))
    assert (after["due_on"], after["provisional"]) == ("2027-01-04", False)
    assert ("missed", "2027-01-05") in {(rung["name"], rung["falls_on"]) for rung in after["rungs"]}


async def test_what_comes_after_is_counted_by_the_new_year_from_the_start(scene: Scene) -> None:
    (case_id,) = await _receive(scene.http, "", 1)
    await scene.running.until_idle()
    assert not (await _clock(scene.http, case_id))["provisional"]


def test_publishing_it_again_changes_nothing(scene: Scene) -> None:
    assert scene.published()["recomputed"] == []


async def test_a_breach_is_recorded_by_the_new_date_and_not_a_day_before(scene: Scene) -> None:
    case_id = min(scene.cases[ON_A_HOLIDAY])
    for day, missed in ((date(2027, 1, 4), False), (date(2027, 1, 5), True)):
        scene.clock.set(_ten(day))
        await scene.running.until_idle()
        assert (await _clock(scene.http, case_id))["missed"] is missed


def test_other_rules_tell_which_cases_would_have_been_late(scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "K1.toml"
    file.write_text((RULES / "K1.toml").read_text(encoding="utf-8") + SHORTER_K1, encoding="utf-8")
    done = scene.running.command("statute", "whatif", "--rules", str(file), "--today", "2026-12-29", "--json")
    assert done.returncode == 0, done.stderr
    said = {each["case_id"]: each for each in json.loads(done.stdout)}
    assert said.keys() >= scene.cases[BEFORE] | scene.cases[ON_A_HOLIDAY] | scene.cases[ON_A_WORKDAY]
    newly = {case_id for case_id, each in said.items() if each["other_late"] and not each["late"]}
    assert newly >= scene.cases[ON_A_HOLIDAY] | scene.cases[ON_A_WORKDAY]
    assert newly.isdisjoint(scene.cases[BEFORE]), "late already, under either rule"
