"""Every deadline explains itself: its runs cover each day from start to due, and add up to the rule."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.common.v1.types import DayKind, DayTreatment, Deadline
from statute.calendar import load
from statute.deadlines import compute
from statute.derivation import days
from statute.errors import StartOutOfRange, UnknownClock
from statute.rule_files import shipped

CN = load("cn")
DAY = timedelta(days=1)

KINDS_WORKED = {DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY, DayKind.UNKNOWN}


@st.composite
def deadlines(draw: st.DrawFn, last: date = date(2040, 12, 31)) -> Deadline:
    clock = draw(st.sampled_from(shipped().clocks))
    first = min(rule.effective_from for rule in shipped().by_id.values() if rule.clock == clock)
    start_on = draw(st.dates(first, last))
    extension = draw(st.integers(0, shipped().in_force(clock, start_on).max_extension_days))
    return compute(clock, start_on, calendar=CN, extension_days=extension)


published = deadlines(last=date(2026, 9, 1))


@given(deadlines())
def test_the_runs_cover_each_day_from_start_to_due_once(deadline: Deadline) -> None:
    assert deadline.runs[0].from_on == deadline.runs[0].to_on == deadline.start_on
    assert deadline.runs[-1].to_on == deadline.due_on
    for run, following in zip(deadline.runs, deadline.runs[1:], strict=False):
        assert following.from_on == run.to_on + DAY
        assert (following.treatment, following.kind) != (run.treatment, run.kind)
    for run in deadline.runs:
        assert run.days == (run.to_on - run.from_on).days + 1 > 0


@given(deadlines())
def test_the_counted_days_are_the_days_of_the_rule_and_its_extension(deadline: Deadline) -> None:
    rule = shipped().get(deadline.rule)
    counted = [on for on, treatment, _, _ in days(deadline) if treatment is DayTreatment.COUNTED]
    extension = 0 if rule.working_days else (deadline.nominal_on - deadline.start_on).days - rule.value
    assert len(counted) == rule.value + extension
    assert counted[-1] == deadline.nominal_on
    assert deadline.start_on not in counted


@given(deadlines())
def test_due_is_a_working_day_and_never_before_nominal(deadline: Deadline) -> None:
    assert deadline.due_on >= deadline.nominal_on
    assert CN.is_working_day(deadline.due_on)
    assert not any(
        CN.is_working_day(deadline.nominal_on + DAY * more)
        for more in range((deadline.due_on - deadline.nominal_on).days)
    )


@given(deadlines())
def test_each_treatment_follows_from_the_kind_of_day(deadline: Deadline) -> None:
    working_days = shipped().get(deadline.rule).working_days
    for on, treatment, kind, _ in days(deadline):
        assert kind is CN.day_kind(on)
        if treatment is DayTreatment.SKIPPED:
            assert working_days
            assert kind not in KINDS_WORKED
        if treatment is DayTreatment.COUNTED and working_days:
            assert kind in KINDS_WORKED
        if treatment is DayTreatment.ROLLED:
            assert on > deadline.nominal_on


@given(published)
def test_what_is_worked_in_a_derivation_is_worked_in_chinesecalendar(deadline: Deadline) -> None:
    for on, _, kind, _ in days(deadline):
        assert (kind in KINDS_WORKED) == chinese_calendar.is_workday(on)


@given(deadlines())
def test_a_deadline_is_provisional_exactly_if_it_touches_a_year_without_calendar(deadline: Deadline) -> None:
    touched = {on.year for on, _, _, _ in days(deadline)}
    assert deadline.provisional == any(not CN.is_published(year) for year in touched)
    assert deadline.calendar == CN.used(min(touched), max(touched))


@given(deadlines())
def test_the_running_count_goes_up_by_one_on_counted_days_only(deadline: Deadline) -> None:
    before = 0
    for _, treatment, _, count in days(deadline):
        assert count == before + (treatment is DayTreatment.COUNTED)
        before = count


@given(published, st.integers(0, 200))
def test_a_later_start_is_never_due_earlier(deadline: Deadline, later: int) -> None:
    moved = compute(deadline.clock, deadline.start_on + DAY * later, calendar=CN)
    assert moved.due_on >= compute(deadline.clock, deadline.start_on, calendar=CN).due_on


@given(deadlines())
def test_computing_again_gives_the_same(deadline: Deadline) -> None:
    rule = shipped().get(deadline.rule)
    extension = 0 if rule.working_days else (deadline.nominal_on - deadline.start_on).days - rule.value
    assert compute(deadline.clock, deadline.start_on, calendar=CN, extension_days=extension) == deadline


def test_an_unknown_clock_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownClock, match="'K9'; known: K1, K3, K4, K5, K18"):
        compute("K9", date(2025, 1, 1), calendar=CN)


@pytest.mark.parametrize(
    ("clock", "start"),
    [("K1", date(2005, 4, 30)), ("K4", date(2022, 4, 30)), ("K1", date(2052, 1, 1)), ("K5", date.max)],
)
def test_a_start_no_rule_or_calendar_reaches_is_refused(clock: str, start: date) -> None:
    with pytest.raises(StartOutOfRange, match="check the date"):
        compute(clock, start, calendar=CN)
