"""Counting of days: 日 are calendar days, 工作日 working days; the day of the event is not counted.

Civil Code 200–203 [T:S12]; that petition periods follow it is practice [K].
"""

from datetime import date

from .calendar import Calendar
from .daytable import DayTable
from .errors import StartOutOfRange


def after_calendar_days(day: date, days: int) -> date:
    """The last of `days` calendar days after `day` (0 gives the day itself)."""
    try:
        return date.fromordinal(day.toordinal() + days)
    except (OverflowError, ValueError):
        raise StartOutOfRange(f"{day} and {days} days is no date; check start and extension") from None


def after_working_days(calendar: Calendar, day: date, days: int) -> date:
    """The `days`-th working day after `day`, days ≥ 1. Raises StartOutOfRange beyond the calendar."""
    table = calendar.table
    return date.fromordinal(_working(table, calendar, day, table.rank(calendar.ordinal(day)) + days - 1))


def before_working_days(calendar: Calendar, day: date, days: int) -> date:
    """The latest working day after which `days` working days are left up to and including `day`, days ≥ 0."""
    table = calendar.table
    return date.fromordinal(_working(table, calendar, day, table.rank(calendar.ordinal(day)) - days - 1))


def roll(calendar: Calendar, day: date) -> date:
    """The day itself if it is a working day, else the next one."""
    if calendar.is_working_day(day):
        return day
    return after_working_days(calendar, day, 1)


def working_days_between(calendar: Calendar, after: date, until: date) -> int:
    """How many working days come after `after`, up to and including `until`; negative if reversed."""
    table = calendar.table
    return table.rank(calendar.ordinal(until)) - table.rank(calendar.ordinal(after))


def _working(table: DayTable, calendar: Calendar, day: date, index: int) -> int:
    if 0 <= index < len(table.working):
        return table.working[index]
    raise StartOutOfRange(f"counting from {day} leaves calendar {calendar.version}; check the date")
