"""The same period again: under a calendar published or corrected since, or under the clock it converts to."""

import re

from huiyin.common.v1.types import Deadline

from .calendar import Calendar
from .deadlines import compute, exact_under_rule, under_rule
from .errors import BadData, WrongCounting
from .excluded import excluded_spans
from .periods import Given
from .rule_files import shipped
from .rules import Rules


def recompute(deadline: Deadline, *, calendar: Calendar, rules: Rules | None = None) -> Deadline:
    """The same period by another calendar: same version of the rule, start, extension and days left out.

    Under the calendar that the deadline was computed with, the result is equal to it. Raises UnknownRule if
    `rules` (the shipped ones if not given) do not hold the deadline's version, and what `compute` raises.
    """
    rule = (rules or shipped()).get(deadline.rule)
    if deadline.start_at is not None:
        return exact_under_rule(rule, deadline.start_at)
    return under_rule(
        rule,
        deadline.start_on,
        calendar=calendar,
        extension_days=deadline.extension_days,
        excluded=excluded_spans(deadline),
        due_on=deadline.due_on if isinstance(rule.counting, Given) else None,
    )


def convert(deadline: Deadline, *, calendar: Calendar, rules: Rules | None = None) -> Deadline:
    """The deadline of the clock that takes over when a procedure is given up, from the same start.

    The simple procedure (K5s:reply) falls back to the ordinary one (K5), counted from the original acceptance:
    nothing restarts. Raises WrongCounting if the clock converts to none.
    """
    rules = rules or shipped()
    rule = rules.get(deadline.rule)
    if not rule.converts_to:
        raise WrongCounting(f"{rule.clock} ({rule.id}) converts to no other clock")
    return compute(rule.converts_to, deadline.start_on, calendar=calendar, rules=rules)


def rests_on(calendar: str, year: int) -> bool:
    """Whether a deadline with this calendar id (`cn@2026.1+2027.0`) rests on a year, published or not."""
    return year in _versions(calendar)


def outdated(calendar: str, in_force: Calendar) -> bool:
    """Whether a newer version is in force of a year that a deadline with this calendar id rests on.

    Never for an exact duration, which rests on none, nor for a deadline of another jurisdiction.
    """
    if calendar.partition("@")[0] != in_force.jurisdiction:
        return False
    known = in_force.years
    return any(
        year in known and known[year].version > version for year, version in _versions(calendar).items()
    )


def _versions(calendar: str) -> dict[int, int]:
    """cn@2026.1+2027.0 -> {2026: 1, 2027: 0}; an exact duration's empty id -> {}."""
    if not calendar:
        return {}
    if not re.fullmatch(r"\w+@\d+\.\d+(\+\d+\.\d+)*", calendar):
        raise BadData(f"{calendar!r} is no id of what a period rests on, such as cn@2026.1+2027.0")
    pairs = (each.split(".") for each in calendar.partition("@")[2].split("+"))
    return {int(year): int(version) for year, version in pairs}
