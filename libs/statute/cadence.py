"""Duties that nobody asks for: each time they are owed, from a day until another."""

from datetime import date

from huiyin.common.v1.types import Deadline

from .calendar import Calendar
from .deadlines import compute
from .errors import WrongCounting
from .periods import Cadence, first_day
from .rule_files import shipped
from .rules import DAY, Rules


def occurrences(
    clock: str, from_on: date, until_on: date, *, calendar: Calendar, rules: Rules | None = None
) -> tuple[Deadline, ...]:
    """The deadlines of every year, quarter, month or half-month that ends on from_on .. until_on, in order.

    Each starts on the last day of the period before it, by the rule in force on that day. A due date may lie
    after `until_on` where it rolls. Raises UnknownClock, StartOutOfRange, WrongCounting (no cadence).
    """
    rules = rules or shipped()
    found: list[Deadline] = []
    day = from_on
    while True:
        start_on = _eve(clock, day, rules)
        deadline = compute(clock, start_on, calendar=calendar, rules=rules)
        if deadline.nominal_on > until_on:
            return tuple(found)
        found.append(deadline)
        day = deadline.nominal_on + DAY


def _eve(clock: str, day: date, rules: Rules) -> date:
    """The last day of the period before the one that holds `day`."""
    counting = rules.in_force(clock, day).counting
    if not isinstance(counting, Cadence):
        raise WrongCounting(
            f"{clock} is owed once something happens, not again and again; compute it from that day"
        )
    return first_day(counting.every, day) - DAY
