"""Periods that count no working days: exact durations, dates that are given, duties of a cadence, days left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from huiyin.common.v1.types import DayTreatment
from statute.cadence import occurrences
from statute.deadlines import compute, compute_exact, ends_at
from statute.derivation import days
from statute.errors import (
    BadData,
    DueRefused,
    ExclusionRefused,
    NaiveInstant,
    StartOutOfRange,
    WrongCounting,
)
from statute.periods import Every, Exact, counting_data, first_day, in_words, read_counting
from statute.rule_files import shipped
from statute.rules import Rule
from statute.rungs import colour_dates, urge_dates, warn_dates, warn_instants
from statute.tests.statute_examples import CN

HEARING = (date(2025, 3, 10), date(2025, 3, 21))
"""Twelve days."""

NIGHT = datetime(2025, 8, 17, 18, 0, tzinfo=UTC)
"""02:00 of the 18th in Shanghai."""


def test_an_urgent_matter_is_reported_within_the_hour_wherever_the_clock_that_saw_it_stands() -> None:
    deadline = compute_exact("K12", NIGHT)
    assert deadline.due_at == datetime(2025, 8, 17, 19, 0, tzinfo=UTC)
    assert (deadline.start_on, deadline.due_on) == (date(2025, 8, 18), date(2025, 8, 18))
    assert ends_at(deadline) == deadline.due_at
    assert compute_exact("K12", NIGHT.astimezone(timezone(timedelta(hours=-5)))) == deadline
    assert (deadline.runs, deadline.calendar, deadline.provisional) == ((), "", False)


def test_an_urgent_matter_alarms_after_15_30_and_60_minutes() -> None:
    assert warn_instants(compute_exact("K12", NIGHT)) == [
        (f"min{minutes}", NIGHT + timedelta(minutes=minutes)) for minutes in (15, 30, 60)
    ]


def test_a_hotline_order_is_warned_of_when_half_and_four_fifths_of_its_time_are_over() -> None:
    danger = warn_instants(compute_exact("K20:danger", NIGHT))
    assert danger == [("50%", NIGHT + timedelta(minutes=60)), ("80%", NIGHT + timedelta(minutes=96))]
    general = compute("K20:general", date(2025, 8, 4), calendar=CN)
    assert warn_dates(general) == [("50%", date(2025, 8, 7)), ("80%", date(2025, 8, 9))]


def test_warnings_on_dates_are_instants_as_well() -> None:
    deadline = compute("K4", date(2025, 9, 29), calendar=CN)
    assert warn_instants(deadline) == [("wd3", datetime(2025, 10, 9, 16, tzinfo=UTC))]


def test_an_exact_duration_has_no_dates_to_warn_on_and_no_colours() -> None:
    deadline = compute_exact("K12", NIGHT)
    for dates in (warn_dates, colour_dates):
        with pytest.raises(WrongCounting, match="at instants"):
            dates(deadline)
    assert urge_dates(deadline, calendar=CN)[0] == ("urge", date(2025, 8, 19))


def test_days_and_instants_are_not_mixed_up() -> None:
    with pytest.raises(WrongCounting, match="give date and time"):
        compute("K12", date(2025, 8, 18), calendar=CN)
    with pytest.raises(WrongCounting, match="counts days"):
        compute_exact("K3", NIGHT)
    with pytest.raises(NaiveInstant):
        compute_exact("K12", datetime(2025, 8, 18, 2))  # noqa: DTZ001


def test_an_assigned_case_is_due_when_the_assigner_says_day_off_or_not() -> None:
    deadline = compute("K6", date(2025, 9, 24), calendar=CN, due_on=date(2025, 10, 4))
    assert (deadline.nominal_on, deadline.due_on) == (date(2025, 10, 4), date(2025, 10, 4))
    assert warn_dates(deadline) == [("50%", date(2025, 9, 29)), ("80%", date(2025, 10, 2))]
    assert sum(treatment is DayTreatment.COUNTED for _, treatment, _, _ in days(deadline)) == 10


def test_a_given_date_in_an_unpublished_year_is_not_provisional_for_it_does_not_move() -> None:
    deadline = compute("K6", date(2026, 12, 1), calendar=CN, due_on=date(2027, 2, 1))
    assert (deadline.provisional, deadline.calendar) == (False, "cn@2026.1+2027.0")


@pytest.mark.parametrize(
    ("clock", "due_on", "said"),
    [
        ("K6", None, "set by 交办机关 the assigner; give it"),
        ("K5x", None, "give it"),
        ("K6", date(2025, 9, 24), "not after 2025-09-24"),
        ("K6", date(2025, 9, 1), "not after 2025-09-24"),
        ("K3", date(2025, 10, 9), "is counted and cannot be given"),
    ],
)
def test_a_due_date_is_given_where_the_rule_says_so_and_nowhere_else(
    clock: str, due_on: date | None, said: str
) -> None:
    with pytest.raises(DueRefused, match=said):
        compute(clock, date(2025, 9, 24), calendar=CN, due_on=due_on)


def test_a_re_review_with_a_hearing_of_twelve_days_is_due_twelve_days_later_and_shows_them() -> None:
    plain = compute("K10", date(2025, 3, 3), calendar=CN)
    paused = compute("K10", date(2025, 3, 3), calendar=CN, excluded=[HEARING])
    assert (plain.nominal_on, plain.due_on) == (date(2025, 4, 2), date(2025, 4, 2))
    assert (paused.nominal_on, paused.due_on, paused.excluded_days) == (
        date(2025, 4, 14),
        date(2025, 4, 14),
        12,
    )
    left_out = [on for on, treatment, _, _ in days(paused) if treatment is DayTreatment.EXCLUDED]
    assert (left_out[0], left_out[-1], len(left_out)) == (*HEARING, 12)


def test_warnings_wait_while_a_hearing_is_held() -> None:
    paused = compute("K10", date(2025, 3, 3), calendar=CN, excluded=[HEARING])
    assert warn_dates(paused) == [
        ("d15", date(2025, 3, 30)),
        ("d25", date(2025, 4, 9)),
        ("d28", date(2025, 4, 12)),
    ]


def test_a_period_does_not_end_on_a_day_of_a_hearing() -> None:
    """Nominal is Saturday 2025-04-05; rolled it would be Monday the 7th, the first day of the hearing."""
    assert compute("K10", date(2025, 3, 6), calendar=CN).due_on == date(2025, 4, 7)
    paused = compute("K10", date(2025, 3, 6), calendar=CN, excluded=[(date(2025, 4, 7), date(2025, 4, 8))])
    assert (paused.nominal_on, paused.due_on) == (date(2025, 4, 5), date(2025, 4, 9))
    treatments = {on: treatment for on, treatment, _, _ in days(paused)}
    assert treatments[date(2025, 4, 6)] is DayTreatment.ROLLED
    assert treatments[date(2025, 4, 8)] is DayTreatment.EXCLUDED


def test_a_day_left_out_twice_is_one_day() -> None:
    twice = [HEARING, (date(2025, 3, 21), date(2025, 3, 22)), (date(2025, 3, 12), date(2025, 3, 13))]
    assert compute("K10", date(2025, 3, 3), calendar=CN, excluded=twice).excluded_days == 13


@pytest.mark.parametrize(
    ("clock", "span", "said"),
    [
        ("K5", HEARING, "counts every day"),
        ("K8", HEARING, "counts every day"),
        ("K4", HEARING, "counts every day"),
        ("K10", (date(2025, 3, 21), date(2025, 3, 10)), "ends before it begins"),
        ("K10", (date(2025, 3, 3), date(2025, 3, 10)), "the first day that counts, 2025-03-04"),
        ("K10", (date(2025, 4, 3), date(2025, 4, 10)), "lies after the period, which ends on 2025-04-02"),
    ],
)
def test_days_are_left_out_where_the_rule_allows_it_and_within_the_period(
    clock: str, span: tuple[date, date], said: str
) -> None:
    with pytest.raises(ExclusionRefused, match=said):
        compute(clock, date(2025, 3, 3), calendar=CN, excluded=[span])


def test_an_appraisal_is_left_out_where_local_rules_say_so() -> None:
    assert compute("K8:appraisal", date(2025, 3, 3), calendar=CN, excluded=[HEARING]).excluded_days == 12


def test_a_reception_is_owed_in_every_month_and_warned_of_three_days_before_its_end() -> None:
    found = occurrences("K16:county", date(2025, 1, 1), date(2025, 12, 31), calendar=CN)
    assert [deadline.due_on.month for deadline in found] == list(range(1, 13))
    assert found[1].due_on == date(2025, 2, 28)
    assert warn_dates(found[1]) == [("due-3", date(2025, 2, 25))]


def test_a_dispute_check_of_the_half_month_rolls_over_days_off() -> None:
    first, second = occurrences("K17:street", date(2025, 2, 1), date(2025, 2, 28), calendar=CN)
    assert (first.start_on, first.nominal_on, first.due_on) == (
        date(2025, 1, 31),
        date(2025, 2, 15),
        date(2025, 2, 17),
    )
    assert (second.start_on, second.nominal_on) == (date(2025, 2, 15), date(2025, 2, 28))
    assert occurrences("K17:street", date(2025, 2, 1), date(2025, 2, 15), calendar=CN) == (first,)


def test_a_yearly_duty_is_warned_of_at_the_beginning_of_its_quarter() -> None:
    (report,) = occurrences("K14", date(2025, 6, 1), date(2025, 12, 31), calendar=CN)
    (inspection,) = occurrences("K15:inspection", date(2025, 6, 1), date(2025, 12, 31), calendar=CN)
    assert (report.start_on, report.due_on) == (date(2024, 12, 31), date(2025, 12, 31))
    assert warn_dates(report) == [("q1", date(2025, 1, 1))]
    assert warn_dates(inspection) == [("q4", date(2025, 10, 1))]


def test_a_window_that_holds_no_end_of_a_period_holds_no_duty() -> None:
    assert occurrences("K16:city", date(2025, 4, 1), date(2025, 6, 29), calendar=CN) == ()
    assert occurrences("K16:city", date(2025, 6, 30), date(2025, 6, 1), calendar=CN) == ()


def test_only_a_cadence_has_occurrences_and_none_before_its_rule() -> None:
    with pytest.raises(WrongCounting, match="once something happens"):
        occurrences("K3", date(2025, 1, 1), date(2025, 12, 31), calendar=CN)
    with pytest.raises(StartOutOfRange):
        occurrences("K16:county", date(2009, 4, 20), date(2025, 12, 31), calendar=CN)


def test_the_shares_of_a_transfer_add_up_to_its_fifteen_days() -> None:
    rules = shipped()
    shares = [rules.versions(f"K1a:{level}")[-1].days for level in ("nation", "province", "city", "county")]
    assert (shares, sum(days or 0 for days in shares)) == ([5, 3, 3, 4], rules.versions("K1")[-1].days)


def test_the_legal_worst_case_up_to_the_opinion_is_120_days() -> None:
    rules = [shipped().versions(clock)[-1] for clock in ("K1", "K3", "K5")]
    assert sum((rule.days or 0) + rule.max_extension_days for rule in rules) == 120


@pytest.mark.parametrize("rule", shipped().by_id.values(), ids=lambda rule: rule.id)
def test_every_counting_is_written_as_it_is_read(rule: Rule) -> None:
    assert read_counting(counting_data(rule.counting)) == rule.counting
    assert in_words(rule.counting)


@pytest.mark.parametrize(
    "data",
    [
        None,
        15,
        {},
        {"calendar_days": 0},
        {"calendar_days": -1},
        {"calendar_days": True},
        {"calendar_days": "15"},
        {"working_days": 1.5},
        {"exact": "2 h"},
        {"exact": "-2h"},
        {"exact": 120},
        {"given_by": ""},
        {"every": "week"},
        {"calendar_days": 15, "working_days": 5},
    ],
)
def test_a_counting_that_cannot_be_read_is_refused_with_what_can_be_written(data: object) -> None:
    with pytest.raises(BadData, match="write one of"):
        read_counting(data)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0h"), (15, "15s"), (5400, "90min"), (86400, "24h"), (432000, "5d")]
)
def test_a_duration_is_written_in_the_unit_that_people_use(seconds: int, text: str) -> None:
    assert counting_data(Exact(seconds)) == {"exact": text}
    assert read_counting({"exact": text}) == Exact(seconds)


def test_the_first_day_of_a_period() -> None:
    day = date(2025, 8, 31)
    assert [first_day(every, day) for every in Every] == [
        date(2025, 1, 1),
        date(2025, 7, 1),
        date(2025, 8, 1),
        date(2025, 8, 16),
    ]
    assert first_day(Every.HALF_MONTH, date(2025, 8, 15)) == date(2025, 8, 1)
