"""Clocks of exact duration: warned of, missed and urged at instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.oversight.v1.events import ClockStarted, ClockStopped, DeadlineMissed, DeadlineWarned
from oversight.domain.rungs import falls_at, rungs_of
from oversight.occurrence import occurred_at
from oversight.tests.oversight_play import CN, OVERSIGHT, at, start, start_exact, stop, sweep, told

NIGHT = date(2025, 11, 3)
AWARE = at(NIGHT, 2)
URGENT = start_exact("K12", AWARE)
RUNNING = OVERSIGHT.after(URGENT)


def test_an_urgent_matter_says_at_once_at_which_instants_it_will_be_warned_of_missed_and_urged() -> None:
    (started,) = RUNNING.past
    assert isinstance(started, ClockStarted)
    assert [(rung.name, falls_at(rung)) for rung in started.rungs][:5] == [
        ("min15", at(NIGHT, 2, 15)),
        ("min30", at(NIGHT, 2, 30)),
        ("min60", at(NIGHT, 3)),
        ("missed", at(NIGHT, 3)),
        ("urge", at(date(2025, 11, 4), 0)),
    ]
    assert {rung.falls_on for rung in started.rungs[:4]} == {NIGHT}


def test_each_alarm_comes_at_its_instant_and_not_a_moment_before() -> None:
    first = at(NIGHT, 2, 15)
    RUNNING.stays_quiet(sweep(first - timedelta(microseconds=1)))
    (warned,) = RUNNING.when(sweep(first))
    assert isinstance(warned, DeadlineWarned)
    assert (warned.rung, warned.falls_at, warned.falls_on) == ("min15", first, NIGHT)


def test_an_exact_period_is_missed_at_the_instant_at_which_it_ends() -> None:
    warned = RUNNING.after(sweep(at(NIGHT, 2, 59)))
    events = warned.when(sweep(at(NIGHT, 3)))
    assert told(events) == ["DeadlineWarned K12 min60", "DeadlineMissed K12"]
    missed = events[-1]
    assert isinstance(missed, DeadlineMissed)
    assert (missed.due_at, missed.due_on) == (at(NIGHT, 3), NIGHT)
    assert occurred_at(missed, AWARE) == at(NIGHT, 3)


def test_a_report_in_time_leaves_no_alarm_after_it_and_keeps_those_before() -> None:
    events = RUNNING.when(stop("K12", at(NIGHT, 2, 20)))
    assert told(events) == ["DeadlineWarned K12 min15", "ClockStopped K12"]
    stopped = events[-1]
    assert isinstance(stopped, ClockStopped)
    assert (stopped.stopped_at, stopped.days_late) == (at(NIGHT, 2, 20), 0)


def test_a_report_a_minute_late_is_a_breach_on_the_same_day() -> None:
    events = RUNNING.when(stop("K12", at(NIGHT, 3, 1)))
    assert "DeadlineMissed K12" in told(events)
    RUNNING.after(stop("K12", at(NIGHT, 3, 1))).stays_quiet(sweep(at(date(2025, 12, 1))))


def test_a_dangerous_hotline_order_is_warned_of_by_shares_of_its_two_hours() -> None:
    (started,) = OVERSIGHT.when(start_exact("K20:danger", at(NIGHT, 23)))
    assert isinstance(started, ClockStarted)
    midnight = at(date(2025, 11, 4), 0)
    assert [(rung.name, falls_at(rung)) for rung in started.rungs][:3] == [
        ("50%", midnight),
        ("80%", midnight + timedelta(minutes=36)),
        ("missed", midnight + timedelta(hours=1)),
    ]


def test_a_day_clock_carries_no_instants_and_falls_at_the_beginning_of_its_days() -> None:
    (started,) = OVERSIGHT.when(start("K3", date(2025, 9, 20)))
    assert isinstance(started, ClockStarted)
    assert {rung.falls_at for rung in started.rungs} == {None}
    assert falls_at(started.rungs[0]) == datetime(2025, 9, 29, 16, tzinfo=UTC)


@pytest.mark.parametrize("clock", ["K12", "K20:danger", "K20:web", "K20:answer", "K20:utilities"])
def test_every_exact_clock_has_its_rungs_in_order_of_time(clock: str) -> None:
    rungs = rungs_of(CN.compute_exact(clock, AWARE), CN)
    instants = [falls_at(rung) for rung in rungs]
    assert instants == sorted(instants)
    assert "missed" in {rung.name for rung in rungs}


@given(st.integers(0, 7200), st.sets(st.integers(0, 7200)))
def test_sweeping_at_any_second_or_never_leads_to_the_same_facts(act: int, sweeps: set[int]) -> None:
    acted = stop("K12", AWARE + timedelta(seconds=act))
    swept = RUNNING
    for second in sorted(second for second in sweeps if second <= act):
        swept = swept.after(sweep(AWARE + timedelta(seconds=second)))
    past = swept.after(acted).past
    assert past == RUNNING.after(acted).past
    assert any(isinstance(event, DeadlineMissed) for event in past) == (act >= 3600)
