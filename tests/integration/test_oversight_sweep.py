"""Oversight's read model and its sweep, on a real PostgreSQL."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from huiyin.envelope.v1.envelope import Origin
from huiyin.oversight.v1.events import ClockStarted, Rung, RungKind
from oversight.domain.case import case_decider, stream
from oversight.domain.commands import EndByDeeming, StopClock
from oversight.domain.rungs import MISSED, falls_at
from oversight.shipped import Publishing
from oversight.sweep import PAGE, Sweep
from statute.calendar import load
from statute.rule_files import shipped
from tests.integration.oversight_support import Oversight, noon, oversight

STARTED = date(2025, 9, 1)
K1_DUE = date(2025, 9, 16)
LATE = K1_DUE + timedelta(days=1)


@pytest.fixture
async def at_work(fresh_database: str) -> AsyncIterator[Oversight]:
    """Oversight in an empty database, on the day on which the clocks of these tests start."""
    async with oversight(fresh_database) as service:
        service.clock.noon(STARTED)
        yield service


def case(number: int) -> str:
    return f"0198c0de-0000-7000-8000-{number:012d}"


async def test_one_round_sweeps_every_due_case_however_many_pages_there_are(at_work: Oversight) -> None:
    cases = [case(n) for n in range(PAGE + 30)]
    await asyncio.gather(*(at_work.start(each, "K1", STARTED) for each in cases))
    await at_work.project()
    sweep = Sweep(at_work.workplace)
    assert await sweep.run() == 0
    at_work.clock.noon(LATE)
    assert await sweep.pending() == {"rungs_due": len(cases), "days_unswept": 1}
    assert await sweep.run() == len(cases)
    await at_work.project()
    assert await sweep.pending() == {"rungs_due": 0, "days_unswept": 0}
    assert Counter(await at_work.types())["DeadlineMissed"] == len(cases)


async def test_each_rung_is_recorded_once_whoever_sweeps_and_however_far_the_read_model_is_behind(
    at_work: Oversight,
) -> None:
    await asyncio.gather(*(at_work.start(case(n), "K1", STARTED) for n in range(40)))
    await at_work.project()
    at_work.clock.noon(LATE)
    mine, other = Sweep(at_work.workplace), Sweep(at_work.workplace)
    await asyncio.gather(mine.run(), other.run())
    assert await mine.run() == 0  # Swept today; nobody loads these cases again.
    await Sweep(at_work.workplace).run()  # Nor does a process that knows nothing of it record anything twice.
    counted = Counter(await at_work.types())
    assert counted == {"ClockStarted": 40, "DeadlineWarned": 80, "DeadlineMissed": 40, "HandlingUrged": 40}


async def test_a_rung_that_becomes_due_after_todays_round_is_found_by_the_next(at_work: Oversight) -> None:
    at_work.clock.noon(LATE)
    sweep = Sweep(at_work.workplace)
    await sweep.run()
    await at_work.start(case(1), "K3", STARTED)
    await at_work.project()
    assert await sweep.run() == 1
    await at_work.project()
    await at_work.start(case(1), "K5", STARTED - timedelta(days=60))  # Deemed long ago, told today.
    await at_work.project()
    assert await sweep.run() == 1
    assert Counter(await at_work.types())["DeadlineMissed"] == 2


async def test_a_case_that_cannot_be_swept_stays_due_and_holds_no_other_up(at_work: Oversight) -> None:
    for n in range(3):
        await at_work.start(case(n), "K1", STARTED)
    (started,) = case_decider.decide(case_decider.initial, at_work.starting(case(9), "K1", STARTED))
    assert isinstance(started, ClockStarted)
    unknown = replace(started, rungs=(Rung(name="d3", kind=RungKind.UNSPECIFIED, falls_on=STARTED),))
    await at_work.write(case(9), unknown)
    await at_work.project()
    at_work.clock.noon(LATE)
    sweep = Sweep(at_work.workplace)
    assert await sweep.run() == 3
    await at_work.project()
    assert await sweep.pending() == {"rungs_due": 1, "days_unswept": 1}


async def test_a_day_is_not_swept_before_all_acts_of_the_day_before_have_arrived(at_work: Oversight) -> None:
    arrived = False

    async def caught_up() -> bool:
        return arrived

    await at_work.start(case(1), "K1", STARTED)
    await at_work.project()
    at_work.clock.noon(LATE)
    sweep = Sweep(at_work.workplace, caught_up)
    assert await sweep.run() == 0
    assert (await sweep.pending())["days_unswept"] == 1
    await at_work.tell(case(1), StopClock(at=at_work.clock.now(), clock="K1", stopped_at=noon(K1_DUE)))
    await at_work.project()
    arrived = True
    await sweep.run()
    assert "DeadlineMissed" not in await at_work.types()
    assert (await sweep.pending())["days_unswept"] == 0


async def test_an_imported_case_is_not_swept(at_work: Oversight) -> None:
    await at_work.start(case(1), "K1", STARTED, origin=Origin.IMPORT)
    await at_work.project()
    at_work.clock.noon(LATE)
    sweep = Sweep(at_work.workplace)
    assert await sweep.run() == 0
    assert await sweep.pending() == {"rungs_due": 0, "days_unswept": 0}
    assert await at_work.types() == ["ClockStarted"]


async def test_what_stopped_is_not_swept(at_work: Oversight) -> None:
    await at_work.start(case(1), "K1", STARTED)
    await at_work.tell(case(1), StopClock(at=at_work.clock.now(), clock="K1", stopped_at=noon(STARTED)))
    await at_work.project()
    at_work.clock.noon(LATE)
    assert await Sweep(at_work.workplace).run() == 0


async def history(at_work: Oversight) -> None:
    """A month of clocks that are met, missed, deemed, provisional, imported and left open."""
    sweep = Sweep(at_work.workplace)
    await at_work.start(case(7), "K1", STARTED, origin=Origin.IMPORT)
    for n in range(1, 6):
        await at_work.start(case(n), "K1", STARTED + timedelta(days=n), unit="unit-a")
    for day in range(40):
        today = STARTED + timedelta(days=day)
        at_work.clock.noon(today)
        await at_work.project()
        await sweep.run()
        if day in (5, 20):
            stop = StopClock(at=at_work.clock.now(), clock="K1", stopped_at=noon(today))
            await at_work.tell(case(day // 5), stop)
            await at_work.start(case(day // 5), "K3", today)
    await at_work.start(case(6), "K5", date(2026, 12, 1))
    k3 = (await at_work.workplace.repository.load(case_decider, stream(case(1)))).state.clocks["K3"].started
    await at_work.tell(case(1), EndByDeeming(at=at_work.clock.now(), clock="K3", deemed_on=k3.due_on))
    await at_work.project()


async def test_the_read_model_equals_the_fold_of_the_events(at_work: Oversight) -> None:
    await history(at_work)
    rows = await at_work.rows()
    assert len(rows) == 9
    for row in rows:
        loaded = await at_work.workplace.repository.load(case_decider, stream(row["case_id"]))
        running = loaded.state.clocks[row["clock"]]
        started, stopped = running.started, running.stopped
        left = [falls_at(rung) for rung in started.rungs if rung.name not in running.reached]
        assert (row["unit_id"], row["rule"], row["due_on"]) == (started.unit_id, started.rule, started.due_on)
        assert (row["provisional"], row["live"]) == (started.provisional, row["case_id"] != case(7))
        assert row["missed"] == (MISSED in running.reached)
        assert row["reached"] == len(running.reached)
        assert row["stopped_on"] == (stopped.stopped_on if stopped else None)
        assert row["days_late"] == (stopped.days_late if stopped else None)
        assert row["deemed"] == (stopped.deemed if stopped else False)
        assert row["next_at"] == (None if stopped or not left else left[0])
    assert {(row["missed"], row["deemed"]) for row in rows} == {(True, True), (True, False), (False, False)}


async def test_rebuilding_in_other_batches_gives_the_same_read_model(at_work: Oversight) -> None:
    await history(at_work)
    before = await at_work.rows()
    for batch in (1, 3, 256):
        await at_work.rebuild(batch)
        assert await at_work.rows() == before


async def test_what_is_shipped_is_published_once(at_work: Oversight) -> None:
    first, again = Publishing(at_work.workplace), Publishing(at_work.workplace)
    total = len(load("cn").years) + len(shipped().by_id)
    assert await first.run() == total
    assert (first.done, await first.run()) == (True, 0)
    await again.run()
    assert Counter(await at_work.types()) == {
        "CalendarPublished": len(load("cn").years),
        "RulePublished": len(shipped().by_id),
    }
