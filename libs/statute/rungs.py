"""When to warn before a due date and to urge after it, read off a computed deadline."""

from datetime import date, timedelta

from huiyin.common.v1.types import DayTreatment, Deadline

from .calendar import Calendar, load
from .counting import after_working_days, before_working_days
from .derivation import days
from .errors import BadData
from .rule_files import shipped
from .rules import Rule, Rules


def warn_dates(deadline: Deadline, rules: Rules | None = None) -> list[tuple[str, date]]:
    """(rung, date) of each warning of the deadline's own rule version, in order of date, none after due."""
    rule = (rules or shipped()).get(deadline.rule)
    names = rule.warnings + (rule.extended_warnings if _extended(deadline, rule) else ())
    rungs = [(name, _warn_date(name, deadline)) for name in names]
    return sorted(((name, on) for name, on in rungs if on <= deadline.due_on), key=lambda rung: rung[1])


def urge_dates(
    deadline: Deadline, *, calendar: Calendar | None = None, rules: Rules | None = None
) -> list[tuple[str, date]]:
    """(rung, date) of each step of the urge ladder after the due date, in order.

    The calendar defaults to the shipped one of the deadline's jurisdiction.
    """
    calendar = calendar or load(deadline.calendar.partition("@")[0])
    dates = []
    for rung in (rules or shipped()).ladder.rungs:
        if rung.unit == "working_days":
            dates.append((rung.rung, after_working_days(calendar, deadline.due_on, rung.after)))
        else:
            dates.append((rung.rung, deadline.due_on + timedelta(days=rung.after)))
    return dates


def colour_dates(
    deadline: Deadline, *, calendar: Calendar | None = None, rules: Rules | None = None
) -> list[tuple[str, date]]:
    """From when a clock is shown yellow (a third left), orange (three working days left), red (overdue)."""
    calendar = calendar or load(deadline.calendar.partition("@")[0])
    ladder = (rules or shipped()).ladder
    whole = (deadline.due_on - deadline.start_on).days
    yellow = deadline.due_on - timedelta(days=int(whole * ladder.yellow_share_left))
    orange = before_working_days(calendar, deadline.due_on, ladder.orange_working_days_left)
    return [
        ("yellow", yellow),
        ("orange", max(orange, deadline.start_on)),
        ("red", deadline.due_on + timedelta(days=1)),
    ]


def _extended(deadline: Deadline, rule: Rule) -> bool:
    return not rule.working_days and (deadline.nominal_on - deadline.start_on).days > rule.value


def _warn_date(name: str, deadline: Deadline) -> date:
    kind = name.rstrip("0123456789")
    number = int(name[len(kind) :] or 0)
    match kind:
        case "d":
            return deadline.start_on + timedelta(days=number)
        case "wd":
            return _counted_day(deadline, number)
        case "due" | "due-":
            return deadline.due_on - timedelta(days=number)
        case _:
            raise BadData(f"{deadline.rule}: warning {name!r} is none of d10, wd3, due, due-7")


def _counted_day(deadline: Deadline, number: int) -> date:
    for on, treatment, _, count in days(deadline):
        if treatment is DayTreatment.COUNTED and count == number:
            return on
    raise BadData(f"{deadline.rule}: warning wd{number} lies beyond the period")
