"""What oversight answers over HTTP, on a real PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import httpx
import pytest
from fastapi import FastAPI

from chassis.http import problems
from huiyin.envelope.v1.envelope import Origin
from oversight.domain.commands import EndByDeeming, StopClock
from oversight.edges import router
from oversight.shipped import Publishing
from oversight.sweep import Sweep
from tests.integration.oversight_support import Oversight, noon, oversight

STARTED = date(2025, 9, 1)
DUE = date(2025, 9, 16)


@pytest.fixture
async def at_work(fresh_database: str) -> AsyncIterator[Oversight]:
    """Oversight in an empty database."""
    async with oversight(fresh_database) as service:
        service.clock.noon(STARTED)
        yield service


@pytest.fixture
async def http(at_work: Oversight) -> AsyncIterator[httpx.AsyncClient]:
    """Its API."""
    app = FastAPI()
    problems.install(app)
    app.include_router(router(at_work.workplace), prefix="/oversight/v1")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://oversight/oversight/v1") as client:
        yield client


async def test_a_case_shows_its_clocks_with_all_that_follows(
    at_work: Oversight, http: httpx.AsyncClient
) -> None:
    await at_work.start("case-1", "K1", STARTED, unit="unit-a")
    await at_work.project()
    at_work.clock.noon(STARTED + timedelta(days=10))
    await Sweep(at_work.workplace).run()
    answer = await http.get("/cases/case-1/clocks")
    assert answer.status_code == 200
    (clock,) = answer.json()["clocks"]
    assert (clock["clock"], clock["unit_id"], clock["due_on"], clock["missed"]) == (
        "K1",
        "unit-a",
        "2025-09-16",
        False,
    )
    on_record = {rung["name"]: rung["on_record"] for rung in clock["rungs"]}
    assert on_record == {
        "d10": True,
        "d13": False,
        "missed": False,
        "urge": False,
        "supervise": False,
        "propose_listing": False,
        "propose_accountability": False,
    }


async def test_an_unknown_case_is_a_problem_in_chinese_first(http: httpx.AsyncClient) -> None:
    answer = await http.get("/cases/nobody/clocks")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:huiyin:rule:case-unknown"
    assert answer.json()["title"].startswith("没有")


async def test_running_deadlines_come_page_by_page_without_gap_or_repetition(
    at_work: Oversight, http: httpx.AsyncClient
) -> None:
    for n in range(7):
        await at_work.start(f"case-{n}", "K1", STARTED + timedelta(days=n // 3))
    await at_work.start("case-other", "K1", STARTED, unit="unit-c")
    await at_work.tell("case-0", StopClock(at=at_work.clock.now(), clock="K1", stopped_at=noon(STARTED)))
    await at_work.project()
    seen, cursor = [], ""
    while True:
        answer = (
            await http.get("/deadlines", params={"unit": "unit-b", "limit": 2, "cursor": cursor})
        ).json()
        seen += [row["case_id"] for row in answer["deadlines"]]
        cursor = answer["next_cursor"]
        if not cursor:
            break
    assert seen == [f"case-{n}" for n in range(1, 7)]
    before = (await http.get("/deadlines", params={"due_before": "2025-09-17"})).json()
    assert {row["due_on"] for row in before["deadlines"]} == {"2025-09-16"}


async def test_a_cursor_that_is_none_is_a_problem(http: httpx.AsyncClient) -> None:
    answer = await http.get("/deadlines", params={"cursor": "yesterday"})
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:huiyin:rule:cursor-malformed")


async def test_compliance_counts_each_duty_once_in_the_period_in_which_it_fell_due(
    at_work: Oversight, http: httpx.AsyncClient
) -> None:
    now = at_work.clock.now
    for n in range(4):
        await at_work.start(f"case-{n}", "K3", STARTED)  # All due on 2025-09-16.
    await at_work.start("case-4", "K3", date(2026, 12, 20))
    await at_work.start("case-5", "K3", STARTED + timedelta(days=1), origin=Origin.IMPORT)
    await at_work.tell("case-0", StopClock(at=now(), clock="K3", stopped_at=noon(DUE)))
    await at_work.tell("case-1", StopClock(at=now(), clock="K3", stopped_at=noon(DUE + timedelta(days=5))))
    await at_work.tell("case-2", EndByDeeming(at=now(), clock="K3", deemed_on=DUE))
    await at_work.project()
    (cohort,) = (await http.get("/compliance")).json()["cohorts"]
    assert {name: cohort[name] for name in ("due", "met", "missed", "open", "provisional", "deemed")} == {
        "due": 6,
        "met": 1,
        "missed": 2,
        "open": 2,
        "provisional": 1,
        "deemed": 1,
    }
    assert cohort["met_share"] == pytest.approx(1 / 3)
    assert cohort["met_share_low"] < 1 / 3 < cohort["met_share_high"]
    assert (cohort["met_on_last_day"], cohort["imported"], cohort["days_late_max"]) == (1, 1, 5)
    assert cohort["rankable"] is False
    one_day = {"due_from": "2025-09-16", "due_to": "2025-09-16"}
    (of_that_day,) = (await http.get("/compliance", params=one_day)).json()["cohorts"]
    assert of_that_day["due"] == 4
    assert (await http.get("/compliance", params={"unit": "unit-x"})).json()["cohorts"] == []


async def test_calendars_and_rules_are_shown_as_published(
    at_work: Oversight, http: httpx.AsyncClient
) -> None:
    assert (await http.get("/calendars")).json()["calendars"] == []
    await Publishing(at_work.workplace).run()
    answer = (await http.get("/calendars")).json()
    shown = {year["year"]: year for year in answer["calendars"]}
    assert shown[2025]["version"] == "cn@2025.1"
    assert "2025-10-11" in shown[2025]["makeup_workdays"]
    assert "K3@2" in {rule["rule"] for rule in answer["rules"]}
