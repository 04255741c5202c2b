"""The same period again: under a corrected calendar, after a new rule, as the clock it converts to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.common.v1.types import Deadline
from statute.calendar import Calendar
from statute.calendar_year import CalendarYear
from statute.deadlines import compute, compute_exact
from statute.errors import BadData, UnknownRule, WrongCounting
from statute.recomputing import convert, outdated, recompute, rests_on
from statute.rule_files import shipped
from statute.tests.statute_examples import CN, deadlines

Y2027 = CalendarYear(
    jurisdiction="cn",
    year=2027,
    version=1,
    holidays={date(2027, 1, 1): "元旦", date(2027, 1, 4): "元旦", date(2027, 2, 5): "春节"},
    makeup_workdays={date(2027, 1, 3): "元旦"},
    source="test",
    verified_by="test",
)
"""Days invented for these tests; the real arrangement of 2027 is not known."""

WITH_2027 = CN.with_year(Y2027)


@given(deadlines())
def test_under_the_same_calendar_a_deadline_is_itself(deadline: Deadline) -> None:
    assert recompute(deadline, calendar=CN) == deadline
    assert not outdated(deadline.calendar, CN)


@given(deadlines(last=date(2026, 12, 31)))
def test_counting_again_twice_is_counting_again_once(deadline: Deadline) -> None:
    once = recompute(deadline, calendar=WITH_2027)
    assert recompute(once, calendar=WITH_2027) == once
    assert not outdated(once.calendar, WITH_2027)


@given(deadlines(last=date(2026, 12, 31)))
def test_a_publication_outdates_exactly_what_rests_on_the_year(deadline: Deadline) -> None:
    assert outdated(deadline.calendar, WITH_2027) == rests_on(deadline.calendar, 2027)
    if not rests_on(deadline.calendar, 2027):
        assert recompute(deadline, calendar=WITH_2027) == deadline


@given(deadlines(last=date(2026, 12, 31)))
def test_what_was_granted_and_left_out_is_kept(deadline: Deadline) -> None:
    again = recompute(deadline, calendar=WITH_2027)
    assert (again.rule, again.start_on) == (deadline.rule, deadline.start_on)
    assert again.extension_days == deadline.extension_days
    assert again.excluded_days == deadline.excluded_days
    assert again.nominal_on == deadline.nominal_on or shipped().get(deadline.rule).working_days


def test_publishing_a_year_moves_a_provisional_deadline_and_settles_it() -> None:
    old = compute("K4", date(2026, 12, 28), calendar=CN)
    new = recompute(old, calendar=WITH_2027)
    assert (old.due_on, old.provisional, old.calendar) == (date(2027, 1, 4), True, "cn@2026.1+2027.0")
    assert (new.due_on, new.provisional, new.calendar) == (date(2027, 1, 5), False, "cn@2026.1+2027.1")


def test_a_corrected_year_is_counted_by_its_correction() -> None:
    corrected = CN.with_year(replace(CN.years[2025], version=2, makeup_workdays={}))
    old = compute("K4", date(2025, 9, 29), calendar=CN)
    assert outdated(old.calendar, corrected)
    assert recompute(old, calendar=corrected).due_on == date(2025, 10, 14)
    assert not outdated(compute("K4", date(2024, 6, 3), calendar=CN).calendar, corrected)


def test_an_older_calendar_does_not_outdate_what_rests_on_a_newer_one() -> None:
    new = compute("K4", date(2026, 12, 28), calendar=WITH_2027)
    assert not outdated(new.calendar, CN)


def test_a_date_that_was_given_stays_as_given() -> None:
    old = compute("K6", date(2026, 12, 28), calendar=CN, due_on=date(2027, 1, 4))
    new = recompute(old, calendar=WITH_2027)
    assert (new.due_on, new.calendar) == (old.due_on, "cn@2026.1+2027.1")


def test_an_exact_duration_rests_on_no_calendar_and_stays_as_it_is() -> None:
    old = compute_exact("K12", datetime(2026, 12, 31, 15, 30, tzinfo=UTC))
    assert recompute(old, calendar=WITH_2027) == old
    assert not outdated(old.calendar, WITH_2027)
    assert not rests_on(old.calendar, 2026)


def test_a_deadline_is_counted_again_by_its_own_version_of_the_rule() -> None:
    old = compute("K5", date(2019, 6, 3), calendar=CN)
    assert recompute(old, calendar=WITH_2027).rule == "K5@1"
    with pytest.raises(UnknownRule):
        recompute(replace(old, rule="K5@9"), calendar=CN)


def test_a_deadline_whose_derivation_is_gone_is_not_counted_again_as_if_nothing_was_left_out() -> None:
    paused = compute("K10", date(2025, 3, 3), calendar=CN, excluded=[(date(2025, 3, 10), date(2025, 3, 21))])
    with pytest.raises(BadData, match="12 days"):
        recompute(replace(paused, runs=()), calendar=CN)


def test_a_simple_procedure_falls_back_to_the_ordinary_one_from_the_same_acceptance() -> None:
    simple = compute("K5s:reply", date(2025, 8, 4), calendar=CN)
    ordinary = convert(simple, calendar=CN)
    assert simple.due_on == date(2025, 8, 18)
    assert ordinary == compute("K5", date(2025, 8, 4), calendar=CN)


def test_a_clock_that_converts_to_none_is_refused() -> None:
    with pytest.raises(WrongCounting, match="converts to no other"):
        convert(compute("K3", date(2025, 8, 4), calendar=CN), calendar=CN)


def test_another_jurisdictions_calendar_outdates_nothing() -> None:
    other = Calendar([replace(year, jurisdiction="xx", version=7) for year in CN.years.values()])
    assert not outdated("cn@2025.1", other)


@pytest.mark.parametrize("calendar", ["cn", "cn@", "cn@2025", "cn@2025.1+", "2025.1", "cn@x.1"])
def test_an_id_that_says_nothing_is_refused(calendar: str) -> None:
    with pytest.raises(BadData, match="is no id"):
        rests_on(calendar, 2025)


@given(st.integers(2004, 2026), st.integers(2004, 2030))
def test_a_period_rests_on_the_years_it_names(year: int, asked: int) -> None:
    assert rests_on(CN.used(year, year + 1), asked) == (asked in (year, year + 1))
