"""The date vectors of the domain (§3, §9 scenarios 4, 5, 6, 7, 9) and the deeming vector of the architecture (§5)."""

from datetime import date

import pytest

from huiyin.common.v1.types import DayKind, DayTreatment
from statute.calendar import Calendar, load
from statute.calendar_year import CalendarYear
from statute.counting import after_working_days
from statute.deadlines import compute
from statute.derivation import days
from statute.errors import ExtensionRefused

CN = load("cn")


@pytest.mark.parametrize(
    ("clock", "start", "extension", "nominal", "due"),
    [
        ("K4", "2025-09-29", 0, "2025-10-13", "2025-10-13"),
        ("K4", "2025-01-24", 0, "2025-02-07", "2025-02-07"),
        ("K3", "2025-09-20", 0, "2025-10-05", "2025-10-09"),
        ("K3", "2025-09-26", 0, "2025-10-11", "2025-10-11"),
        ("K5", "2025-08-04", 0, "2025-10-03", "2025-10-09"),
        ("K5", "2025-08-04", 30, "2025-11-02", "2025-11-03"),
        ("K1", "2024-09-20", 0, "2024-10-05", "2024-10-08"),
    ],
)
def test_the_vectors_of_the_deadline_table_hold(
    clock: str, start: str, extension: int, nominal: str, due: str
) -> None:
    deadline = compute(clock, date.fromisoformat(start), calendar=CN, extension_days=extension)
    assert (str(deadline.nominal_on), str(deadline.due_on)) == (nominal, due)
    assert not deadline.provisional


def test_three_working_days_before_spring_festival_count_the_make_up_sunday() -> None:
    assert after_working_days(CN, date(2025, 1, 24), 3) == date(2025, 2, 5)


def test_the_objection_clock_over_national_day_counts_the_make_up_saturday() -> None:
    deadline = compute("K4", date(2025, 9, 29), calendar=CN)
    counted = {on: kind for on, treatment, kind, _ in days(deadline) if treatment is DayTreatment.COUNTED}
    assert list(counted) == [
        date(2025, 9, 30),
        date(2025, 10, 9),
        date(2025, 10, 10),
        date(2025, 10, 11),
        date(2025, 10, 13),
    ]
    assert counted[date(2025, 10, 11)] is DayKind.MAKEUP_WORKDAY


def test_a_last_day_in_national_week_is_shown_rolling_day_by_day() -> None:
    deadline = compute("K3", date(2025, 9, 20), calendar=CN)
    rolled = [on for on, treatment, _, _ in days(deadline) if treatment is DayTreatment.ROLLED]
    assert rolled == [date(2025, 10, day) for day in (6, 7, 8, 9)]


def test_a_last_day_on_a_make_up_saturday_does_not_roll() -> None:
    deadline = compute("K3", date(2025, 9, 26), calendar=CN)
    assert DayTreatment.ROLLED not in {run.treatment for run in deadline.runs}


def test_handling_starts_on_the_rolled_day_on_which_acceptance_is_deemed() -> None:
    deemed = compute("K3", date(2025, 9, 20), calendar=CN)
    handling = compute("K5", deemed.due_on, calendar=CN)
    assert (deemed.due_on, handling.due_on) == (date(2025, 10, 9), date(2025, 12, 8))


def test_an_extension_of_thirty_one_days_is_refused() -> None:
    with pytest.raises(ExtensionRefused, match="at most 30 days, not 31"):
        compute("K5", date(2025, 8, 4), calendar=CN, extension_days=31)


def test_a_clock_without_extension_refuses_any() -> None:
    with pytest.raises(ExtensionRefused, match="no extension"):
        compute("K3", date(2025, 8, 4), calendar=CN, extension_days=1)


def test_a_negative_extension_is_refused() -> None:
    with pytest.raises(ExtensionRefused):
        compute("K5", date(2025, 8, 4), calendar=CN, extension_days=-1)


def test_a_period_reaching_into_2027_is_provisional_and_counts_weekends_only() -> None:
    deadline = compute("K4", date(2026, 12, 28), calendar=CN)
    assert (deadline.due_on, deadline.provisional) == (date(2027, 1, 4), True)
    assert deadline.calendar == "cn@2026.1+2027.0"
    kinds = {on: kind for on, _, kind, _ in days(deadline)}
    assert kinds[date(2027, 1, 1)] is DayKind.UNKNOWN
    assert kinds[date(2027, 1, 2)] is DayKind.WEEKEND


def test_a_period_that_ends_on_the_last_day_of_2026_is_not_provisional() -> None:
    deadline = compute("K1", date(2026, 12, 16), calendar=CN)
    assert (deadline.due_on, deadline.provisional) == (date(2026, 12, 31), False)


def test_a_period_that_rolls_into_a_year_without_calendar_is_provisional() -> None:
    only_2022 = Calendar([CN.years[2022]])
    deadline = compute("K1", date(2022, 12, 16), calendar=only_2022)
    assert deadline.nominal_on == date(2022, 12, 31)
    assert (deadline.due_on, deadline.provisional) == (date(2023, 1, 2), True)


def test_publishing_the_next_year_recomputes_a_provisional_period() -> None:
    """The two days off are invented for this test; the real arrangement of 2027 is not known."""
    year = CalendarYear(
        jurisdiction="cn",
        year=2027,
        version=1,
        holidays={date(2027, 1, 1): "元旦", date(2027, 1, 4): "元旦"},
        makeup_workdays={date(2027, 1, 3): "元旦"},
        source="test",
        verified_by="test",
    )
    old = compute("K4", date(2026, 12, 28), calendar=CN)
    new = compute("K4", date(2026, 12, 28), calendar=CN.with_year(year))
    assert (old.due_on, new.due_on) == (date(2027, 1, 4), date(2027, 1, 5))
    assert (new.provisional, new.calendar) == (False, "cn@2026.1+2027.1")
