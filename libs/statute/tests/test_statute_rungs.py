"""Warnings before a due date, urging after it, and the instants at which a day begins and ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statute.calendar import load
from statute.deadlines import compute
from statute.errors import BadData, NaiveInstant
from statute.instants import civil_date, end_instant
from statute.rule_files import shipped
from statute.rungs import colour_dates, urge_dates, warn_dates

CN = load("cn")
K5 = compute("K5", date(2025, 8, 4), calendar=CN)


def test_acceptance_is_warned_of_on_day_ten_and_thirteen() -> None:
    deadline = compute("K3", date(2025, 9, 20), calendar=CN)
    assert warn_dates(deadline) == [("d10", date(2025, 9, 30)), ("d13", date(2025, 10, 3))]


def test_an_objection_is_warned_of_on_the_third_working_day() -> None:
    assert warn_dates(compute("K4", date(2025, 9, 29), calendar=CN)) == [("wd3", date(2025, 10, 10))]


def test_handling_is_warned_of_four_times_and_on_the_due_date() -> None:
    assert [name for name, _ in warn_dates(K5)] == ["d30", "d45", "d53", "d57", "due"]
    assert [(on - K5.start_on).days for _, on in warn_dates(K5)[:4]] == [30, 45, 53, 57]
    assert warn_dates(K5)[-1] == ("due", K5.due_on)


def test_an_extended_period_keeps_its_warnings_and_gets_new_ones_before_its_new_end() -> None:
    extended = compute("K5", date(2025, 8, 4), calendar=CN, extension_days=30)
    assert warn_dates(extended)[:4] == warn_dates(K5)[:4]
    assert warn_dates(extended)[4:] == [
        ("due-7", date(2025, 10, 27)),
        ("due-3", date(2025, 10, 31)),
        ("due", date(2025, 11, 3)),
    ]


def test_a_missed_case_is_urged_next_day_and_supervised_five_working_days_after_due() -> None:
    assert K5.due_on == date(2025, 10, 9)
    assert urge_dates(K5) == [
        ("urge", date(2025, 10, 10)),
        ("supervise", date(2025, 10, 15)),  # 10-11 is a make-up Saturday: 10, 11, 13, 14, 15.
        ("propose_listing", date(2025, 10, 22)),
        ("propose_accountability", date(2025, 11, 5)),
    ]


def test_urging_follows_the_calendar_it_is_given() -> None:
    year = CN.years[2025]
    without_makeup = CN.with_year(replace(year, version=2, makeup_workdays={}))
    assert urge_dates(K5, calendar=without_makeup)[1] == ("supervise", date(2025, 10, 16))


def test_colours_turn_with_a_third_and_with_three_working_days_left_and_when_overdue() -> None:
    assert K5.due_on - K5.start_on == timedelta(days=66)
    assert colour_dates(K5) == [
        ("yellow", date(2025, 9, 17)),
        ("orange", date(2025, 9, 28)),  # Left: 09-29, 09-30, 10-09.
        ("red", date(2025, 10, 10)),
    ]


def test_every_step_of_the_ladder_is_marked_as_our_own_design() -> None:
    ladder = shipped().ladder
    assert (ladder.id, ladder.verified_by) == ("urge@1", "[D]")
    assert all(rung.name_zh and rung.name_en and rung.to for rung in ladder.rungs)


@pytest.mark.parametrize("rung", ["x10", "wd9", "10"])
def test_a_rung_that_cannot_be_read_is_refused(rung: str) -> None:
    with pytest.raises(BadData, match=f"K4@1: .*{rung}"):
        replace(shipped().get("K4@1"), warnings=(rung,))


def test_a_period_ends_at_midnight_in_shanghai_after_its_due_date() -> None:
    assert end_instant(date(2025, 10, 9)) == datetime(2025, 10, 9, 16, tzinfo=UTC)
    assert end_instant(date(2025, 10, 9)).tzinfo is UTC


def test_an_instant_without_time_zone_has_no_civil_date() -> None:
    with pytest.raises(NaiveInstant):
        civil_date(datetime(2025, 10, 9, 16))  # noqa: DTZ001


@given(st.dates(date(2004, 1, 1), date(2051, 12, 31)))
def test_the_last_microsecond_of_a_due_date_is_that_day_and_its_end_is_the_next(due_on: date) -> None:
    end = end_instant(due_on)
    assert civil_date(end - timedelta(microseconds=1)) == due_on
    assert civil_date(end) == due_on + timedelta(days=1)
