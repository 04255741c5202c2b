"""Open clocks are counted again when a calendar is published or corrected; breaches and closed clocks are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from huiyin.oversight.v1.events import DeadlineMissed, DeadlineRecomputed, OversightCaseEvent
from ledger.kit import Scenario
from oversight.domain.case import case_decider
from oversight.domain.commands import OversightCommand, RecomputeClocks, StartClock, StopClock, SweepCase
from oversight.domain.running import Case
from statute.calendar_year import CalendarYear
from statute.in_force import Statute, shipped_statute
from statute.instants import SHANGHAI

CASE = "c1"
BEFORE = shipped_statute("cn")
Y2027 = CalendarYear(
    jurisdiction="cn",
    year=2027,
    version=1,
    holidays={date(2027, 1, day): "元旦" for day in (1, 2, 3)},
    makeup_workdays={date(2027, 1, 10): "元旦"},
    source="a year of our own, for tests",
    verified_by="[D]",
)
AFTER = BEFORE.with_year(Y2027)
STARTED_ON = date(2026, 12, 17)
"""K1 of 15 days ends on 2027-01-01: a working day as far as anybody knows, and then a holiday."""

NEW: Scenario[Case, OversightCommand, OversightCaseEvent] = Scenario(case_decider)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def start(on: date = STARTED_ON, clock: str = "K1", statute: Statute = BEFORE) -> StartClock:
    deadline = statute.compute(clock, on)
    return StartClock(at=noon(on), case_id=CASE, unit_id="unit-b", deadline=deadline, statute=statute)


def recompute(statute: Statute = AFTER, on: date = STARTED_ON) -> RecomputeClocks:
    return RecomputeClocks(at=noon(on), statute=statute)


def sweep(on: date) -> SweepCase:
    return SweepCase(at=noon(on))


OPEN = NEW.after(start())


def test_a_provisional_clock_is_counted_again_and_shows_old_and_new() -> None:
    (event,) = OPEN.when(recompute())
    assert isinstance(event, DeadlineRecomputed)
    assert (event.old_due_on, event.old_provisional, event.old_calendar) == (
        date(2027, 1, 1),
        True,
        "cn@2026.1+2027.0",
    )
    new = event.deadline
    assert (new.due_on, new.provisional, new.calendar) == (date(2027, 1, 4), False, "cn@2026.1+2027.1")
    assert (new.rule, event.rule) == ("K1@2", "K1@2")
    assert new == AFTER.compute("K1", STARTED_ON)


def test_counting_again_twice_changes_nothing() -> None:
    OPEN.after(recompute()).stays_quiet(recompute())


def test_a_clock_that_rests_on_published_years_is_left_alone() -> None:
    NEW.after(start(date(2026, 11, 2))).stays_quiet(recompute())


def test_a_clock_that_has_stopped_is_left_alone() -> None:
    stopped = OPEN.after(
        StopClock(at=noon(date(2026, 12, 30)), clock="K1", stopped_at=noon(date(2026, 12, 30)))
    )
    stopped.stays_quiet(recompute())


def test_a_breach_on_record_is_not_taken_back_by_a_correction() -> None:
    corrected = AFTER.with_year(
        replace(
            Y2027, version=2, holidays={date(2027, 1, day): "元旦" for day in range(1, 8)}, makeup_workdays={}
        )
    )
    open_after = NEW.after(start(statute=AFTER))
    assert open_after.when(recompute(corrected))
    missed = open_after.after(sweep(date(2027, 1, 5)))
    assert any(isinstance(event, DeadlineMissed) for event in missed.past)
    missed.stays_quiet(recompute(corrected))


def test_a_provisional_clock_is_never_missed_and_one_counted_again_is() -> None:
    late = date(2027, 1, 5)
    assert not any(isinstance(event, DeadlineMissed) for event in OPEN.when(sweep(late)))
    missed = [
        event for event in OPEN.after(recompute()).when(sweep(late)) if isinstance(event, DeadlineMissed)
    ]
    assert [event.due_on for event in missed] == [date(2027, 1, 4)]
    assert not any(
        isinstance(event, DeadlineMissed) for event in OPEN.after(recompute()).when(sweep(date(2027, 1, 4)))
    )


@pytest.mark.parametrize("swept_on", [date(2026, 12, 28), date(2026, 12, 31)])
def test_warnings_on_record_do_not_come_again(swept_on: date) -> None:
    warned = OPEN.after(sweep(swept_on))
    said = {getattr(event, "rung", "") for event in warned.past}
    after = warned.after(recompute(on=swept_on)).when(sweep(date(2027, 1, 4)))
    assert said.isdisjoint(getattr(event, "rung", "") or "-" for event in after)


def test_a_clock_that_is_stopped_after_it_was_counted_again_is_late_by_the_new_date() -> None:
    done = StopClock(at=noon(date(2027, 1, 6)), clock="K1", stopped_at=noon(date(2027, 1, 6)))
    (*_, stopped) = OPEN.after(recompute()).when(done)
    assert getattr(stopped, "days_late", None) == 2
