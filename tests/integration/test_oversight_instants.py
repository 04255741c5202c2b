"""Clocks that run by the minute, stand still, are extended and converted, on a real PostgreSQL in set time."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI

from chassis.http import problems
from chassis.neighbours import IN_FLIGHT
from oversight.domain.case import case_decider, stream
from oversight.domain.commands import (
    ConvertClock,
    ExtendClock,
    OversightCommand,
    PauseClock,
    ResumeClock,
    StopClock,
)
from oversight.domain.rungs import falls_at
from oversight.edges import router
from oversight.sweep import INTERVAL_S, Sweep
from statute.instants import SHANGHAI
from tests.integration.oversight_support import Oversight, noon, oversight

NIGHT = date(2025, 11, 3)
TICK = timedelta(seconds=INTERVAL_S)


def night(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(NIGHT.year, NIGHT.month, NIGHT.day, hour, minute, second, tzinfo=SHANGHAI)


@pytest.fixture
async def at_work(fresh_database: str) -> AsyncIterator[Oversight]:
    """Oversight in an empty database, at two o'clock in the morning."""
    async with oversight(fresh_database) as service:
        service.clock.instant = night(2, 0)
        yield service


async def urgent(at_work: Oversight, case_id: str) -> None:
    """Somebody learns of an urgent safety matter now."""
    deadline = at_work.workplace.statute.compute_exact("K12", at_work.clock.now())
    await at_work.tell(case_id, at_work.beginning(case_id, deadline))
    await at_work.project()


async def pass_time(at_work: Oversight, sweep: Sweep, until: datetime) -> None:
    """Tick as the service does, up to an instant."""
    while at_work.clock.instant < until:
        at_work.clock.instant = min(at_work.clock.instant + TICK, until)
        await sweep.run()
        await at_work.project()


async def test_scenario_33_an_urgent_matter_at_two_has_alarms_at_15_30_and_60_minutes_and_a_visible_gap(
    at_work: Oversight,
) -> None:
    sweep = Sweep(at_work.workplace)
    await urgent(at_work, "case-1")
    await pass_time(at_work, sweep, night(3, 1))
    alarms = Counter(await at_work.types())
    assert alarms == {"ClockStarted": 1, "DeadlineWarned": 3, "DeadlineMissed": 1}
    (row,) = await at_work.rows()
    assert (row["missed"], row["stopped_on"]) == (True, None)  # The gap: nobody reported.


async def test_each_alarm_is_on_record_seconds_after_its_instant_and_not_before(at_work: Oversight) -> None:
    sweep = Sweep(at_work.workplace)
    await urgent(at_work, "case-1")
    seen = []
    for minute in (15, 30, 60):
        instant = night(2, 0) + timedelta(minutes=minute)
        await pass_time(at_work, sweep, instant - TICK)
        before = len(await at_work.types())
        await pass_time(at_work, sweep, instant + IN_FLIGHT + TICK)
        seen.append((await at_work.types())[before:])
    assert seen == [["DeadlineWarned"], ["DeadlineWarned"], ["DeadlineWarned", "DeadlineMissed"]]


async def test_what_was_done_a_moment_before_an_alarm_has_time_to_be_recorded(at_work: Oversight) -> None:
    sweep = Sweep(at_work.workplace)
    await urgent(at_work, "case-1")
    at_work.clock.instant = night(3, 0) + IN_FLIGHT - timedelta(microseconds=1)
    await sweep.run()
    assert "DeadlineMissed" not in await at_work.types()
    assert (await at_work.types()).count(
        "DeadlineWarned"
    ) == 2  # The alarms of 02:15 and 02:30 need not wait.
    at_work.clock.instant = night(3, 0) + IN_FLIGHT
    await at_work.project()
    await sweep.run()
    assert "DeadlineMissed" in await at_work.types()


async def test_a_report_in_time_leaves_no_gap(at_work: Oversight) -> None:
    sweep = Sweep(at_work.workplace)
    await urgent(at_work, "case-1")
    await pass_time(at_work, sweep, night(2, 20))
    now = at_work.clock.now()
    await at_work.tell("case-1", StopClock(at=now, clock="K12", stopped_at=now))
    await at_work.project()
    await pass_time(at_work, sweep, night(3, 5))
    assert await at_work.types() == ["ClockStarted", "DeadlineWarned", "ClockStopped"]


async def test_a_report_of_the_last_minute_that_is_still_on_its_way_does_not_become_a_breach(
    at_work: Oversight,
) -> None:
    asked: list[datetime] = []
    arrived = True

    async def caught_up() -> bool:
        asked.append(at_work.clock.now())
        return arrived

    sweep = Sweep(at_work.workplace, caught_up)
    await urgent(at_work, "case-1")
    await pass_time(at_work, sweep, night(2, 59))
    assert len(asked) == 3  # The day, and two alarms; no round in between asks anybody.
    arrived = False  # The report of 02:59:30 is recorded elsewhere and has not come.
    await pass_time(at_work, sweep, night(3, 2))
    assert "DeadlineMissed" not in await at_work.types()
    assert (await sweep.pending())["rungs_due"] == 1
    told = StopClock(at=at_work.clock.now(), clock="K12", stopped_at=night(2, 59, 30))
    await at_work.tell("case-1", told)
    await at_work.project()
    arrived = True
    await pass_time(at_work, sweep, night(3, 3))
    assert "DeadlineMissed" not in await at_work.types()


async def test_other_rungs_of_the_day_do_not_wait_for_an_act_that_is_on_its_way(at_work: Oversight) -> None:
    arrived = True

    async def caught_up() -> bool:
        return arrived

    sweep = Sweep(at_work.workplace, caught_up)
    await pass_time(at_work, sweep, night(2, 1))
    await urgent(at_work, "case-1")
    arrived = False
    await pass_time(at_work, sweep, night(2, 17))
    await at_work.start("case-2", "K1", NIGHT - timedelta(days=11))
    await at_work.project()
    assert await sweep.run() == 1
    assert await at_work.types() == ["ClockStarted", "ClockStarted", "DeadlineWarned"]


def changes(at_work: Oversight) -> list[tuple[str, OversightCommand]]:
    """A clock extended, one paused and resumed, one still paused, one converted."""
    statute, now = at_work.workplace.statute, at_work.clock.now()
    longer = statute.compute("K5", NIGHT, extension_days=30)
    granted, first, last = noon(date(2025, 12, 20)), noon(date(2025, 11, 10)), noon(date(2025, 11, 21))
    pause = PauseClock(at=now, clock="K10", paused_at=first, statute=statute)
    return [
        ("case-1", ExtendClock(at=now, clock="K5", deadline=longer, granted_at=granted, statute=statute)),
        ("case-2", pause),
        ("case-2", ResumeClock(at=now, clock="K10", resumed_at=last, statute=statute)),
        ("case-3", pause),
        ("case-4", ConvertClock(at=now, clock="K5s:reply", converted_at=first, statute=statute)),
    ]


async def changed(at_work: Oversight) -> None:
    """Four cases, changed and swept."""
    for case_id, clock in (("case-1", "K5"), ("case-2", "K10"), ("case-3", "K10"), ("case-4", "K5s:reply")):
        await at_work.start(case_id, clock, NIGHT)
    for case_id, command in changes(at_work):
        await at_work.tell(case_id, command)
    await urgent(at_work, "case-5")
    await at_work.project()
    at_work.clock.noon(date(2026, 1, 20))
    await Sweep(at_work.workplace).run()
    await at_work.project()


async def test_the_read_model_of_changed_clocks_equals_the_fold_of_the_events(at_work: Oversight) -> None:
    await changed(at_work)
    rows = await at_work.rows()
    assert len(rows) == 6
    for row in rows:
        loaded = await at_work.workplace.repository.load(case_decider, stream(row["case_id"]))
        running = loaded.state.clocks[row["clock"]]
        left = [falls_at(rung) for rung in running.started.rungs if rung.name not in running.reached]
        waits = running.open and not running.paused
        assert row["next_at"] == (left[0] if left and waits else None)
        assert (row["due_on"], row["due_at"]) == (running.started.due_on, running.deadline.due_at)
        assert row["paused"] == (running.paused is not None)
        assert (row["missed"], row["converted"]) == (running.missed, running.converted is not None)
    assert {row["case_id"] for row in rows if row["paused"]} == {"case-3"}
    assert {row["case_id"] for row in rows if row["missed"]} == {"case-2", "case-4", "case-5"}


async def test_rebuilding_changed_clocks_in_other_batches_gives_the_same_read_model(
    at_work: Oversight,
) -> None:
    await changed(at_work)
    before = await at_work.rows()
    for batch in (1, 3, 256):
        await at_work.rebuild(batch)
        assert await at_work.rows() == before


@pytest.fixture
async def http(at_work: Oversight) -> AsyncIterator[httpx.AsyncClient]:
    """Its API."""
    app = FastAPI()
    problems.install(app)
    app.include_router(router(at_work.workplace), prefix="/oversight/v1")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://oversight/oversight/v1") as client:
        yield client


async def test_a_clock_is_shown_with_its_whole_derivation_in_chinese_first(
    at_work: Oversight, http: httpx.AsyncClient
) -> None:
    received = date(2025, 9, 15)
    await at_work.start("case-1", "K1", received)
    await at_work.start("case-1", "K3", date(2025, 9, 20))
    at_work.clock.noon(date(2025, 10, 1))
    page = (await http.get("/cases/case-1/clocks")).json()
    assert (page["first_received_on"], page["elapsed_days"]) == ("2025-09-15", 16)
    k3 = page["clocks"][1]
    assert (k3["first_received_on"], k3["elapsed_days"]) == ("2025-09-15", 16)
    shown = k3["derivation"]
    assert (shown["rule"], shown["law"], shown["calendar"]) == ("K3@2", "信访工作条例（2022）", "cn@2025.1")
    assert shown["name"].startswith("受理")
    assert (shown["nominal_on"], shown["due_on"]) == ("2025-10-05", "2025-10-09")
    assert shown["ends_at"] == "2025-10-10T00:00:00+08:00"
    first, last = shown["runs"][0], shown["runs"][-1]
    assert (first["treatment"], first["treatment_words"][:3]) == ("START", "起算日")
    assert (last["to_on"], last["treatment"], last["kind_words"]) == (
        "2025-10-09",
        "ROLLED",
        "工作日 working day",
    )
    assert sum(run["days"] for run in shown["runs"]) == 20
    warning = k3["rungs"][0]
    assert (warning["falls_on"], warning["falls_at"]) == ("2025-09-30", "2025-09-30T00:00:00+08:00")


async def test_an_exact_clock_is_shown_by_its_instants(at_work: Oversight, http: httpx.AsyncClient) -> None:
    await urgent(at_work, "case-1")
    (clock,) = (await http.get("/cases/case-1/clocks")).json()["clocks"]
    assert clock["due_at"] == "2025-11-03T03:00:00+08:00"
    assert clock["derivation"]["start_at"] == "2025-11-03T02:00:00+08:00"
    assert (clock["derivation"]["runs"], clock["derivation"]["calendar"]) == ([], "")
    (row,) = (await http.get("/deadlines")).json()["deadlines"]
    assert (row["next_at"], row["next_on"]) == ("2025-11-03T02:15:00+08:00", "2025-11-03")
    assert row["due_at"] == "2025-11-03T03:00:00+08:00"


async def test_changed_clocks_are_shown_with_what_became_of_them(
    at_work: Oversight, http: httpx.AsyncClient
) -> None:
    await changed(at_work)
    shown = {}
    for number in range(1, 6):
        for clock in (await http.get(f"/cases/case-{number}/clocks")).json()["clocks"]:
            shown[number, clock["clock"]] = clock
    assert shown[1, "K5"]["derivation"]["extension_days"] == 30
    assert shown[2, "K10"]["derivation"]["excluded_days"] == 12
    assert "扣除" in str(shown[2, "K10"]["derivation"]["runs"])
    assert shown[3, "K10"]["paused_on"] == "2025-11-10"
    assert (shown[4, "K5s:reply"]["converted_to"], shown[4, "K5"]["start_on"]) == ("K5", "2025-11-03")


async def test_running_deadlines_show_the_days_since_first_receipt(
    at_work: Oversight, http: httpx.AsyncClient
) -> None:
    await at_work.start("case-1", "K1", date(2025, 9, 15))
    stopped = StopClock(at=at_work.clock.now(), clock="K1", stopped_at=noon(date(2025, 9, 20)))
    await at_work.tell("case-1", stopped)
    await at_work.start("case-1", "K3", date(2025, 9, 20))
    await at_work.project()
    (row,) = (await http.get("/deadlines")).json()["deadlines"]
    assert (row["clock"], row["first_received_on"], row["elapsed_days"]) == ("K3", "2025-09-15", 49)


async def test_a_converted_clock_counts_as_neither_kept_nor_missed(
    at_work: Oversight, http: httpx.AsyncClient
) -> None:
    await at_work.start("case-4", "K5s:reply", NIGHT)
    await at_work.tell(*changes(at_work)[-1])
    await at_work.project()
    cohorts = {each["clock"]: each for each in (await http.get("/compliance")).json()["cohorts"]}
    simple = cohorts["K5s:reply"]
    assert (simple["due"], simple["converted"], simple["met"], simple["missed"]) == (1, 1, 0, 0)
    assert cohorts["K5"]["open"] == 1
