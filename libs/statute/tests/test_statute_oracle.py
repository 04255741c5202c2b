"""Due dates against an oracle: each way of counting, 10,000 random starts from 2004 to 2026.

The oracle walks from day to day and asks `chinesecalendar` whether each is worked; it shares no line and no data with
the library. The two have no day in which they differ (docs/adr/0012: the one disputed day is a weekend in both).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest

from statute.cadence import occurrences
from statute.deadlines import exact_under_rule, under_rule
from statute.periods import Cadence, Every
from statute.rule_files import shipped
from statute.rules import Rule
from statute.tests.statute_examples import CN, COUNTED_CLOCKS, DAY

SEED = 20040101
STARTS = 10_000

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)

LONGEST = 160 * DAY
"""No period drawn here is longer, so that none reaches into 2027, which nobody knows."""

WORKED = {
    day: chinese_calendar.is_workday(day) for day in (FIRST + DAY * n for n in range((LAST - FIRST).days + 1))
}


def walk(start_on: date, days: int, *, working: bool, left_out: frozenset[date] = frozenset()) -> date:
    """The day on which `days` days are counted, one after the other."""
    day, left = start_on, days
    while left:
        day += DAY
        if day not in left_out and (WORKED[day] or not working):
            left -= 1
    return day


def roll_on(day: date, left_out: frozenset[date] = frozenset()) -> date:
    while not WORKED[day] or day in left_out:
        day += DAY
    return day


def starts(name: str) -> tuple[random.Random, list[date]]:
    """The same random starts in every run, others for every name."""
    drawn = random.Random(f"{SEED} {name}")
    reach = (LAST - LONGEST - FIRST).days
    return drawn, [FIRST + DAY * drawn.randint(0, reach) for _ in range(STARTS)]


def of_all_times(rule: Rule) -> Rule:
    """The rule as if it had always been in force: what is tried here is the counting."""
    return replace(rule, effective_from=FIRST, effective_to=None)


RULES = {clock: of_all_times(shipped().versions(clock)[-1]) for clock in COUNTED_CLOCKS}

LENGTHS = {(rule.counting, rule.roll_last_day): rule for rule in RULES.values()}
"""One rule for each way in which a number of days is counted."""


@pytest.mark.parametrize("rule", LENGTHS.values(), ids=lambda rule: rule.clock)
def test_counted_days_end_where_the_oracle_ends(rule: Rule) -> None:
    assert rule.days is not None
    _, days = starts(rule.clock)
    for start_on in days:
        nominal_on = walk(start_on, rule.days, working=rule.working_days)
        found = under_rule(rule, start_on, calendar=CN)
        assert (found.nominal_on, found.due_on) == (nominal_on, roll_on(nominal_on)), start_on


def test_extended_periods_end_where_the_oracle_ends() -> None:
    drawn, days = starts("extension")
    for start_on in days:
        extension = drawn.randint(0, 30)
        nominal_on = walk(start_on, 60 + extension, working=False)
        found = under_rule(RULES["K5"], start_on, calendar=CN, extension_days=extension)
        assert (found.nominal_on, found.due_on) == (nominal_on, roll_on(nominal_on)), start_on


@pytest.mark.parametrize(
    "rule", [RULES["K10"], replace(RULES["K13b:result"], exclusion="听证")], ids=lambda rule: rule.clock
)
def test_periods_with_days_left_out_end_where_the_oracle_ends(rule: Rule) -> None:
    assert rule.days is not None
    drawn, days = starts(f"excluded {rule.clock}")
    for start_on in days:
        spans = []
        for _ in range(drawn.randint(1, 3)):
            first = start_on + DAY * drawn.randint(1, rule.days)
            spans.append((first, first + DAY * drawn.randint(0, 20)))
        left_out = frozenset(first + DAY * n for first, last in spans for n in range((last - first).days + 1))
        nominal_on = walk(start_on, rule.days, working=rule.working_days, left_out=left_out)
        found = under_rule(rule, start_on, calendar=CN, excluded=spans)
        assert (found.nominal_on, found.due_on) == (nominal_on, roll_on(nominal_on, left_out)), start_on
        assert found.excluded_days == len(left_out)


@pytest.mark.parametrize("clock", ["K12", "K20:danger", "K20:utilities", "K20:answer", "K20:web"])
def test_exact_durations_end_where_the_oracle_ends(clock: str) -> None:
    seconds = {"K12": 3600, "K20:danger": 7200, "K20:utilities": 86400, "K20:answer": 15, "K20:web": 7200}
    rule = of_all_times(shipped().versions(clock)[-1])
    drawn, days = starts(clock)
    for start_on in days:
        start_at = datetime(start_on.year, start_on.month, start_on.day, tzinfo=UTC)
        start_at += timedelta(seconds=drawn.randint(0, 86_399))
        found = exact_under_rule(rule, start_at)
        assert found.due_at is not None
        assert found.due_at.timestamp() - start_at.timestamp() == seconds[clock]
        shanghai = datetime.fromtimestamp(start_at.timestamp() + seconds[clock] + 8 * 3600, UTC)
        assert found.due_on == shanghai.date()


ENDS: dict[Every, Callable[[date], bool]] = {
    Every.YEAR: lambda day: (day + DAY).year != day.year,
    Every.QUARTER: lambda day: (day + DAY).month in (1, 4, 7, 10) and (day + DAY).day == 1,
    Every.MONTH: lambda day: (day + DAY).month != day.month,
    Every.HALF_MONTH: lambda day: day.day == 15 or (day + DAY).month != day.month,
}


@pytest.mark.parametrize(
    ("clock", "every"),
    [
        ("K14", Every.YEAR),
        ("K16:city", Every.QUARTER),
        ("K16:county", Every.MONTH),
        ("K17:department", Every.MONTH),
        ("K17:street", Every.HALF_MONTH),
    ],
)
def test_duties_of_a_cadence_are_due_where_the_oracle_says(clock: str, every: Every) -> None:
    rule = of_all_times(shipped().versions(clock)[-1])
    _, days = starts(clock)
    for start_on in days:
        nominal_on = start_on + DAY
        while not ENDS[every](nominal_on):
            nominal_on += DAY
        due_on = roll_on(nominal_on) if rule.roll_last_day else nominal_on
        found = under_rule(rule, start_on, calendar=CN)
        assert (found.nominal_on, found.due_on) == (nominal_on, due_on), start_on


@pytest.mark.parametrize("clock", ["K14", "K16:city", "K16:county", "K17:department", "K17:street"])
def test_occurrences_leave_none_out_and_name_none_twice(clock: str) -> None:
    rule = shipped().versions(clock)[-1]
    found = occurrences(clock, date(2023, 1, 1), date(2026, 6, 30), calendar=CN)
    assert isinstance(rule.counting, Cadence)
    days = (date(2023, 1, 1) + DAY * n for n in range(1277))
    ends = [day for day in days if ENDS[rule.counting.every](day)]
    assert [deadline.nominal_on for deadline in found] == ends
    assert all(deadline.rule == rule.id for deadline in found)
