"""Deadlines of any clock that counts days, drawn by hypothesis; and the calendar they rest on."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from huiyin.common.v1.types import Deadline
from statute.calendar import load
from statute.deadlines import compute
from statute.excluded import Span
from statute.periods import Exact, Given
from statute.rule_files import shipped
from statute.rules import Rule

CN = load("cn")
DAY = timedelta(days=1)

DAY_CLOCKS = tuple(
    clock for clock in shipped().clocks if not isinstance(shipped().versions(clock)[-1].counting, Exact)
)
"""Every clock whose due date is a day."""

COUNTED_CLOCKS = tuple(clock for clock in DAY_CLOCKS if shipped().versions(clock)[-1].days)
"""Every clock that counts a number of days."""


@st.composite
def spans(draw: st.DrawFn, rule: Rule, start_on: date) -> tuple[Span, ...]:
    """Up to three spans of days left out, none of which lies beyond the period."""
    if not rule.exclusion or rule.days is None:
        return ()
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = start_on + DAY * draw(st.integers(1, rule.days))
        found.append((first, first + DAY * draw(st.integers(0, 20))))
    return tuple(found)


@st.composite
def deadlines(
    draw: st.DrawFn, last: date = date(2040, 12, 31), clocks: tuple[str, ...] = DAY_CLOCKS
) -> Deadline:
    """A deadline of any clock, with or without extension and days left out."""
    clock = draw(st.sampled_from(clocks))
    start_on = draw(st.dates(shipped().versions(clock)[0].effective_from, last))
    rule = shipped().in_force(clock, start_on)
    due_on = start_on + DAY * draw(st.integers(1, 200)) if isinstance(rule.counting, Given) else None
    return compute(
        clock,
        start_on,
        calendar=CN,
        extension_days=draw(st.integers(0, rule.max_extension_days)),
        excluded=draw(spans(rule, start_on)),
        due_on=due_on,
    )
