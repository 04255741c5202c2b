"""The derivation of a due date: every day from start to due, as runs of consecutive days treated alike.

Runs in the middle of a period are the same for all periods of a calendar; they are made once and shared.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from huiyin.common.v1.types import DayKind, DayTreatment, Deadline, DerivationRun

from .calendar import Calendar
from .daytable import WORKED
from .excluded import Span

CALENDARS_KEPT = 16
"""Calendars whose shared runs are kept: more than one only while years are being published, or in tests."""


def derive(
    calendar: Calendar,
    start_on: date,
    nominal_on: date,
    due_on: date,
    *,
    working_days: bool,
    excluded: Sequence[Span] = (),
) -> tuple[DerivationRun, ...]:
    """The runs covering exactly start_on..due_on: the start, the days counted or left out, and those rolled over."""
    start, nominal, due = start_on.toordinal(), nominal_on.toordinal(), due_on.toordinal()
    runs = [_run(start, start, DayTreatment.START, calendar.table.kind(start))]
    at = start + 1
    for first, last in excluded:
        runs += _counted(calendar, at, first.toordinal() - 1, nominal, working_days)
        runs += _treated(calendar, first.toordinal(), last.toordinal(), DayTreatment.EXCLUDED)
        at = last.toordinal() + 1
    runs += _counted(calendar, at, due, nominal, working_days)
    return tuple(runs)


def days(deadline: Deadline) -> Iterator[tuple[date, DayTreatment, DayKind, int]]:
    """Each day from start to due: date, what the count made of it, kind of day, days counted so far."""
    count = 0
    for run in deadline.runs:
        for offset in range(run.days):
            count += run.treatment is DayTreatment.COUNTED
            yield run.from_on + timedelta(days=offset), run.treatment, run.kind, count


@lru_cache(maxsize=2 * CALENDARS_KEPT)
def _shared(calendar: Calendar, working_days: bool) -> Sequence[DerivationRun]:
    table = calendar.table
    ends = [start - 1 for start in table.run_starts[1:]] + [table.last]
    runs = []
    for first, last in zip(table.run_starts, ends, strict=True):
        kind = table.kind(first)
        counted = kind in WORKED or not working_days
        runs.append(_run(first, last, DayTreatment.COUNTED if counted else DayTreatment.SKIPPED, kind))
    return runs


def _counted(
    calendar: Calendar, first: int, last: int, nominal: int, working_days: bool
) -> list[DerivationRun]:
    """Days up to the nominal one are counted, or skipped; those after it are rolled over."""
    runs = _slice(calendar, first, min(last, nominal), _shared(calendar, working_days))
    if last > nominal:
        runs += _treated(calendar, max(first, nominal + 1), last, DayTreatment.ROLLED)
    return runs


def _treated(calendar: Calendar, first: int, last: int, treatment: DayTreatment) -> list[DerivationRun]:
    return [
        replace(run, treatment=treatment) for run in _slice(calendar, first, last, _shared(calendar, False))
    ]


def _slice(calendar: Calendar, first: int, last: int, shared: Sequence[DerivationRun]) -> list[DerivationRun]:
    """The shared runs from first to last, cut at both ends; none if last is before first."""
    if last < first:
        return []
    starts = calendar.table.run_starts
    low, high = bisect_right(starts, first) - 1, bisect_right(starts, last) - 1
    runs = list(shared[low : high + 1])
    runs[-1] = _run(starts[high], last, runs[-1].treatment, runs[-1].kind)
    runs[0] = _run(first, runs[0].to_on.toordinal(), runs[0].treatment, runs[0].kind)
    return runs


def _run(first: int, last: int, treatment: DayTreatment, kind: DayKind) -> DerivationRun:
    return DerivationRun(
        from_on=date.fromordinal(first),
        to_on=date.fromordinal(last),
        days=last - first + 1,
        treatment=treatment,
        kind=kind,
    )
