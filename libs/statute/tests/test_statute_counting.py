"""Counting, against a plain loop over the days as the package `chinesecalendar` has them."""

from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statute.calendar import load
from statute.counting import (
    after_calendar_days,
    after_working_days,
    before_working_days,
    roll,
    working_days_between,
)
from statute.errors import StartOutOfRange

CN = load("cn")
DAY = timedelta(days=1)
is_workday: Callable[[date], bool] = chinese_calendar.is_workday

dates = st.dates(date(2004, 1, 1), date(2026, 10, 1))
counts = st.integers(1, 40)


@given(dates, counts)
def test_the_nth_working_day_is_the_one_a_loop_finds(start: date, count: int) -> None:
    day, left = start, count
    while left:
        day += DAY
        left -= is_workday(day)
    assert after_working_days(CN, start, count) == day


@given(dates)
def test_rolling_goes_to_the_first_day_worked_from_that_day_on(start: date) -> None:
    day = start
    while not is_workday(day):
        day += DAY
    assert roll(CN, start) == day


@given(dates, counts)
def test_between_a_day_and_its_nth_working_day_lie_n_working_days(start: date, count: int) -> None:
    end = after_working_days(CN, start, count)
    assert working_days_between(CN, start, end) == count
    assert working_days_between(CN, end, start) == -count


@given(dates, counts, counts)
def test_counting_twice_is_counting_the_sum(start: date, one: int, two: int) -> None:
    assert after_working_days(CN, after_working_days(CN, start, one), two) == after_working_days(
        CN, start, one + two
    )


@given(st.dates(date(2005, 1, 1), date(2026, 12, 31)), counts)
def test_counting_back_leaves_so_many_working_days_and_no_earlier_working_day_does(
    due: date, left: int
) -> None:
    day = before_working_days(CN, due, left)
    assert is_workday(day)
    assert working_days_between(CN, day, due) == left
    assert working_days_between(CN, day - DAY, due) == left + 1


def test_counting_beyond_the_calendar_is_refused_and_not_wrapped_around() -> None:
    with pytest.raises(StartOutOfRange):
        after_working_days(CN, date(2051, 12, 29), 40)
    with pytest.raises(StartOutOfRange):
        before_working_days(CN, date(2004, 1, 5), 10)
    with pytest.raises(StartOutOfRange):
        after_calendar_days(date(9999, 12, 30), 15)
