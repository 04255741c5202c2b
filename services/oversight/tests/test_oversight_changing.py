"""Clocks that are extended, stand still, and are given up for another procedure; their start stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.common.v1.types import DayTreatment
from huiyin.oversight.v1.events import (
    ClockConverted,
    ClockExtended,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
)
from oversight.domain.refusals import EveryDayCounts, NothingToConvertTo, StartMoved
from oversight.occurrence import occurred_at
from oversight.tests.oversight_play import (
    CN,
    NEXT_YEAR,
    OVERSIGHT,
    at,
    convert,
    extend,
    pause,
    resume,
    start,
    stop,
    sweep,
    told,
)

ACCEPTED = date(2025, 8, 4)
K5 = OVERSIGHT.after(start("K5", ACCEPTED))  # Due 2025-10-09.
GRANTED = at(date(2025, 10, 9), 17)
LONGER = extend("K5", ACCEPTED, 30, GRANTED)


def test_an_extension_shows_the_old_period_beside_the_new_one() -> None:
    (*warned, extended) = K5.when(LONGER)
    assert isinstance(extended, ClockExtended)
    assert (extended.old.due_on, extended.deadline.due_on) == (date(2025, 10, 9), date(2025, 11, 3))
    assert extended.old.start_on == extended.deadline.start_on == ACCEPTED
    assert told(warned)[-1] == "DeadlineWarned K5 due"
    assert [rung.name for rung in extended.rungs][:3] == ["due-7", "due-3", "missed"]
    assert occurred_at(extended, GRANTED) == GRANTED


def test_what_was_reached_before_an_extension_stays_and_what_it_moves_does_not_come_on_the_old_day() -> None:
    extended = K5.after(sweep(at(date(2025, 9, 20)))).after(LONGER)
    extended.stays_quiet(sweep(at(date(2025, 10, 20))))
    assert "DeadlineMissed K5" in told(extended.when(sweep(at(date(2025, 11, 4), 0))))


def test_granting_the_same_extension_again_changes_nothing() -> None:
    K5.after(LONGER).stays_quiet(LONGER)


def test_an_extension_after_the_due_date_takes_no_breach_back() -> None:
    late = extend("K5", ACCEPTED, 30, at(date(2025, 10, 10), 0))
    events = told(K5.when(late))
    assert "DeadlineMissed K5" in events
    assert not any(event.startswith("ClockExtended") for event in events)
    K5.after(late).stays_quiet(late)


def test_an_extension_of_what_is_over_or_never_began_changes_nothing() -> None:
    OVERSIGHT.stays_quiet(LONGER)
    K5.after(stop("K5", at(date(2025, 9, 1)))).stays_quiet(LONGER)


def test_an_extension_from_another_start_is_refused() -> None:
    refusal = K5.refuses(extend("K5", ACCEPTED + timedelta(days=1), 30, GRANTED), StartMoved)
    assert (refusal.rule, "2025-08-04" in str(refusal)) == ("start-moved", True)


REQUESTED = date(2025, 11, 3)
K10 = OVERSIGHT.after(start("K10", REQUESTED))  # Due 2025-12-03.
HEARING = (at(date(2025, 11, 10), 9), at(date(2025, 11, 21), 17))


def test_scenario_29_a_hearing_of_twelve_days_is_left_out_and_its_pause_is_on_record() -> None:
    paused = K10.after(pause("K10", HEARING[0]))
    resumed = paused.after(resume("K10", HEARING[1]))
    began, ended = resumed.past[1:]
    assert isinstance(began, ClockPaused)
    assert (began.paused_on, began.due_on) == (date(2025, 11, 10), date(2025, 12, 3))
    assert isinstance(ended, ClockResumed)
    assert (ended.paused_on, ended.resumed_on) == (date(2025, 11, 10), date(2025, 11, 21))
    assert (ended.old.excluded_days, ended.deadline.excluded_days) == (0, 12)
    assert (ended.old.due_on, ended.deadline.due_on) == (date(2025, 12, 3), date(2025, 12, 15))
    left_out = [run for run in ended.deadline.runs if run.treatment is DayTreatment.EXCLUDED]
    assert sum(run.days for run in left_out) == 12
    assert ended.deadline.start_on == REQUESTED


def test_nothing_falls_while_a_clock_stands_still_and_everything_falls_later_by_so_much() -> None:
    paused = K10.after(pause("K10", HEARING[0]))
    paused.stays_quiet(sweep(at(date(2026, 3, 1))))
    resumed = paused.after(resume("K10", HEARING[1]))
    resumed.stays_quiet(sweep(at(date(2025, 11, 29))))
    assert told(resumed.when(sweep(at(date(2025, 11, 30), 0)))) == ["DeadlineWarned K10 d15"]
    resumed.after(sweep(at(date(2025, 12, 15)))).stays_quiet(sweep(at(date(2025, 12, 15), 23)))
    assert "DeadlineMissed K10" in told(resumed.when(sweep(at(date(2025, 12, 16), 0))))


def test_a_second_hearing_leaves_its_days_out_besides_those_of_the_first() -> None:
    resumed = K10.after(pause("K10", HEARING[0])).after(resume("K10", HEARING[1]))
    again = resumed.after(pause("K10", at(date(2025, 12, 2)))).after(resume("K10", at(date(2025, 12, 3))))
    assert again.state.clocks["K10"].deadline.excluded_days == 14
    assert again.state.clocks["K10"].deadline.due_on == date(2025, 12, 17)


def test_pausing_or_resuming_twice_changes_nothing() -> None:
    paused = K10.after(pause("K10", HEARING[0]))
    paused.stays_quiet(pause("K10", HEARING[1]))
    resumed = paused.after(resume("K10", HEARING[1]))
    resumed.stays_quiet(resume("K10", at(date(2025, 11, 25))))
    K10.stays_quiet(resume("K10", HEARING[1]))
    OVERSIGHT.stays_quiet(pause("K10", HEARING[0]))


def test_a_hearing_on_the_day_of_the_request_leaves_nothing_out_because_that_day_does_not_count() -> None:
    same_day = K10.after(pause("K10", at(REQUESTED, 9))).after(resume("K10", at(REQUESTED, 17)))
    assert same_day.state.clocks["K10"].deadline.due_on == date(2025, 12, 3)


def test_a_clock_that_is_missed_is_not_paused() -> None:
    late = pause("K10", at(date(2025, 12, 4), 9))
    assert not any(event.startswith("ClockPaused") for event in told(K10.when(late)))
    K10.after(late).stays_quiet(late)


def test_an_opinion_during_the_hearing_is_in_time() -> None:
    (stopped,) = K10.after(pause("K10", HEARING[0])).when(stop("K10", at(date(2025, 12, 20))))
    assert isinstance(stopped, ClockStopped)
    assert stopped.days_late == 0


def test_a_clock_whose_rule_leaves_no_day_out_is_not_paused() -> None:
    refusal = K5.refuses(pause("K5", at(date(2025, 9, 1))), EveryDayCounts)
    assert refusal.rule == "every-day-counts"


def test_a_paused_clock_is_counted_by_the_new_calendar_when_it_goes_on() -> None:
    reaching = OVERSIGHT.after(start("K10", date(2026, 12, 1)))
    paused = reaching.after(pause("K10", at(date(2026, 12, 10))))
    resumed = paused.after(resume("K10", at(date(2026, 12, 11)), NEXT_YEAR))
    deadline = resumed.state.clocks["K10"].deadline
    assert (deadline.calendar, deadline.provisional) == ("cn@2026.1+2027.1", False)
    assert deadline == NEXT_YEAR.compute(
        "K10", date(2026, 12, 1), excluded=[(date(2026, 12, 10), date(2026, 12, 11))]
    )


SIMPLE = OVERSIGHT.after(start("K5s:reply", ACCEPTED))  # Due 2025-08-18.


def test_a_simple_procedure_goes_on_as_the_ordinary_one_from_the_same_acceptance() -> None:
    given_up = at(date(2025, 8, 12))
    (converted, started) = SIMPLE.when(convert("K5s:reply", given_up))
    assert isinstance(converted, ClockConverted)
    assert (converted.clock, converted.to_clock) == ("K5s:reply", "K5")
    assert isinstance(started, ClockStarted)
    assert started.deadline == CN.compute("K5", ACCEPTED)
    assert occurred_at(converted, given_up) == given_up


def test_a_procedure_that_was_given_up_is_neither_swept_nor_stopped_nor_converted_again() -> None:
    converted = SIMPLE.after(convert("K5s:reply", at(date(2025, 8, 12))))
    converted.stays_quiet(convert("K5s:reply", at(date(2025, 8, 12))))
    converted.stays_quiet(stop("K5s:reply", at(date(2025, 8, 13))))
    assert told(converted.when(sweep(at(date(2025, 9, 3))))) == ["DeadlineWarned K5 d30"]


def test_a_breach_of_the_simple_procedure_stays_when_it_is_given_up() -> None:
    events = told(SIMPLE.when(convert("K5s:reply", at(date(2025, 8, 20)))))
    assert events[:2] == ["DeadlineWarned K5s:reply wd7", "DeadlineMissed K5s:reply"]
    assert events[-2:] == ["ClockConverted K5s:reply", "ClockStarted K5"]


def test_a_conversion_restarts_no_clock_that_runs() -> None:
    both = SIMPLE.after(start("K5", ACCEPTED))
    assert told(both.when(convert("K5s:reply", at(date(2025, 8, 12))))) == ["ClockConverted K5s:reply"]


@pytest.mark.parametrize("clock", ["K5", "K10"])
def test_a_clock_that_falls_back_to_none_is_not_converted(clock: str) -> None:
    running = OVERSIGHT.after(start(clock, ACCEPTED))
    assert running.refuses(convert(clock, at(ACCEPTED)), NothingToConvertTo).rule == "nothing-to-convert-to"
