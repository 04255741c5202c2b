"""Every deadline explains itself: its runs cover each day from start to due, and add up to the rule."""

from datetime import date

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.common.v1.types import DayKind, DayTreatment, Deadline
from statute.deadlines import compute
from statute.derivation import days
from statute.errors import StartOutOfRange, UnknownClock
from statute.excluded import excluded_spans
from statute.periods import Given
from statute.recomputing import recompute
from statute.rule_files import shipped
from statute.tests.statute_examples import CN, COUNTED_CLOCKS, DAY, DAY_CLOCKS, deadlines, spans

KINDS_WORKED = {DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY, DayKind.UNKNOWN}

published = deadlines(last=date(2026, 5, 1))


@given(deadlines())
def test_the_runs_cover_each_day_from_start_to_due_once(deadline: Deadline) -> None:
    assert deadline.runs[0].from_on == deadline.runs[0].to_on == deadline.start_on
    assert deadline.runs[-1].to_on == deadline.due_on
    for run, following in zip(deadline.runs, deadline.runs[1:], strict=False):
        assert following.from_on == run.to_on + DAY
        assert (following.treatment, following.kind) != (run.treatment, run.kind)
    for run in deadline.runs:
        assert run.days == (run.to_on - run.from_on).days + 1 > 0


@given(deadlines(clocks=COUNTED_CLOCKS))
def test_the_counted_days_are_the_days_of_the_rule_and_its_extension(deadline: Deadline) -> None:
    rule = shipped().get(deadline.rule)
    counted = [on for on, treatment, _, _ in days(deadline) if treatment is DayTreatment.COUNTED]
    assert rule.days is not None
    assert len(counted) == rule.days + deadline.extension_days
    assert counted[-1] == deadline.nominal_on
    assert deadline.start_on not in counted


@given(deadlines())
def test_the_days_left_out_are_those_it_says_it_holds(deadline: Deadline) -> None:
    left_out = [on for on, treatment, _, _ in days(deadline) if treatment is DayTreatment.EXCLUDED]
    assert len(left_out) == deadline.excluded_days
    assert left_out == [
        first + DAY * n for first, last in excluded_spans(deadline) for n in range((last - first).days + 1)
    ]


@given(deadlines())
def test_due_is_the_first_day_from_nominal_on_that_a_period_can_end_on(deadline: Deadline) -> None:
    assert deadline.due_on >= deadline.nominal_on
    if not shipped().get(deadline.rule).roll_last_day:
        assert deadline.due_on == deadline.nominal_on
        return
    left_out = {on for on, treatment, _, _ in days(deadline) if treatment is DayTreatment.EXCLUDED}
    tail = [deadline.nominal_on + DAY * n for n in range((deadline.due_on - deadline.nominal_on).days + 1)]
    assert [on for on in tail if CN.is_working_day(on) and on not in left_out] == [deadline.due_on]


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
def test_a_deadline_is_provisional_exactly_if_it_may_move_when_a_year_is_published(
    deadline: Deadline,
) -> None:
    touched = {on.year for on, _, _, _ in days(deadline)}
    unpublished = any(not CN.is_published(year) for year in touched)
    assert deadline.provisional == (unpublished and shipped().get(deadline.rule).rests_on_calendar)
    assert deadline.calendar == CN.used(min(touched), max(touched))


@given(deadlines())
def test_the_running_count_goes_up_by_one_on_counted_days_only(deadline: Deadline) -> None:
    before = 0
    for _, treatment, _, count in days(deadline):
        assert count == before + (treatment is DayTreatment.COUNTED)
        before = count


@given(st.data(), st.sampled_from(DAY_CLOCKS), st.integers(0, 200))
def test_a_later_start_is_never_due_earlier(data: st.DataObject, clock: str, later: int) -> None:
    start_on = data.draw(st.dates(shipped().versions(clock)[0].effective_from, date(2026, 9, 1)))
    if isinstance(shipped().in_force(clock, start_on).counting, Given):
        return
    moved = compute(clock, start_on + DAY * later, calendar=CN)
    assert moved.due_on >= compute(clock, start_on, calendar=CN).due_on


@given(st.dates(date(2005, 5, 1), date(2040, 1, 1)), st.integers(0, 30), st.integers(0, 30))
def test_a_longer_extension_never_ends_earlier(start_on: date, one: int, two: int) -> None:
    shorter, longer = (
        compute("K5", start_on, calendar=CN, extension_days=extension) for extension in sorted((one, two))
    )
    assert longer.due_on >= shorter.due_on
    assert longer.nominal_on - shorter.nominal_on == abs(one - two) * DAY


@given(st.dates(date(2005, 5, 1), date(2040, 1, 1)), st.data())
def test_days_left_out_move_the_nominal_date_by_as_many_days_at_least(
    start_on: date, data: st.DataObject
) -> None:
    plain = compute("K10", start_on, calendar=CN)
    excluded = data.draw(spans(shipped().in_force("K10", start_on), start_on))
    paused = compute("K10", start_on, calendar=CN, excluded=excluded)
    assert paused.nominal_on == plain.nominal_on + paused.excluded_days * DAY
    assert paused.due_on >= plain.due_on


@given(deadlines())
def test_computing_again_gives_the_same(deadline: Deadline) -> None:
    assert recompute(deadline, calendar=CN) == deadline


def test_an_unknown_clock_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownClock, match=r"'K99'; known: K0, K1, K1a:city, .*K20:web"):
        compute("K99", date(2025, 1, 1), calendar=CN)
    with pytest.raises(UnknownClock, match=r"'K20'; known: K20:answer, K20:danger, .*K20:web$"):
        compute("K20", date(2025, 1, 1), calendar=CN)


@pytest.mark.parametrize(
    ("clock", "start"),
    [("K1", date(2005, 4, 30)), ("K4", date(2022, 4, 30)), ("K1", date(2052, 1, 1)), ("K5", date.max)],
)
def test_a_start_no_rule_or_calendar_reaches_is_refused(clock: str, start: date) -> None:
    with pytest.raises(StartOutOfRange, match="check the date"):
        compute(clock, start, calendar=CN)
