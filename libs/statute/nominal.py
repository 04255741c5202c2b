"""From a start to the last day counted, and from there to the due date."""

from collections.abc import Sequence
from datetime import date

from .calendar import Calendar
from .counting import after_calendar_days, after_working_days, roll, working_days_between
from .errors import DueRefused, WrongCounting
from .excluded import Span
from .periods import Cadence, CalendarDays, Exact, Given, WorkingDays, last_day
from .rules import DAY, Rule


def nominal_day(
    rule: Rule,
    start_on: date,
    calendar: Calendar,
    *,
    extension_days: int,
    excluded: Sequence[Span],
    due_on: date | None,
) -> date:
    """The last day by counting alone. Raises DueRefused, WrongCounting, StartOutOfRange."""
    counting = rule.counting
    if due_on is not None and not isinstance(counting, Given):
        raise DueRefused(f"the due date of {rule.clock} ({rule.id}) is counted and cannot be given")
    match counting:
        case CalendarDays():
            return _after(calendar, start_on, counting.days + extension_days, excluded)
        case WorkingDays():
            return _after_working(calendar, start_on, counting.days, excluded)
        case Cadence():
            return last_day(counting.every, start_on + DAY)
        case Given():
            return _given(rule, counting, start_on, due_on)
        case Exact():
            raise WrongCounting(
                f"{rule.clock} ({rule.id}) runs from one instant to another; give date and time"
            )


def rolled(calendar: Calendar, day: date, excluded: Sequence[Span]) -> date:
    """The day itself if it is a working day that counts, else the next one."""
    day = roll(calendar, day)
    for first, last in excluded:
        if first <= day <= last:
            day = roll(calendar, last + DAY)
    return day


def _after(calendar: Calendar, start_on: date, days: int, excluded: Sequence[Span]) -> date:
    calendar.ordinal(start_on)
    end = after_calendar_days(start_on, days)
    for first, last in excluded:
        if first <= end:
            end = after_calendar_days(end, (last - first).days + 1)
    return end


def _after_working(calendar: Calendar, start_on: date, days: int, excluded: Sequence[Span]) -> date:
    end = after_working_days(calendar, start_on, days)
    for first, last in excluded:
        if first <= end:
            days += working_days_between(calendar, first - DAY, last)
            end = after_working_days(calendar, start_on, days)
    return end


def _given(rule: Rule, counting: Given, start_on: date, due_on: date | None) -> date:
    if due_on is None:
        raise DueRefused(f"the due date of {rule.clock} ({rule.id}) is set by {counting.by}; give it")
    if due_on <= start_on:
        raise DueRefused(
            f"{due_on} is not after {start_on}, when {rule.clock} ({rule.id}) starts; check both"
        )
    return due_on
