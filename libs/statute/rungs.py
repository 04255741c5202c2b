"""When to warn before a due date and to urge after it, read off a computed deadline."""

from datetime import UTC, date, datetime, time, timedelta

from huiyin.common.v1.types import DayTreatment, Deadline

from .calendar import Calendar, load
from .counting import after_working_days, before_working_days
from .errors import WrongCounting
from .instants import SHANGHAI
from .ladder import StepUnit
from .rule_files import shipped
from .rules import Rules
from .rung_names import Form, read_name


def warn_dates(deadline: Deadline, rules: Rules | None = None) -> list[tuple[str, date]]:
    """(rung, date) of each warning of the deadline's own rule version, in order of date, none after due.

    Raises WrongCounting for an exact duration, which is warned of at instants (`warn_instants`).
    """
    _days_only(deadline)
    rungs = [(name, _warn_date(name, deadline)) for name in _names(deadline, rules)]
    return sorted(((name, on) for name, on in rungs if on <= deadline.due_on), key=lambda rung: rung[1])


def warn_instants(deadline: Deadline, rules: Rules | None = None) -> list[tuple[str, datetime]]:
    """(rung, instant in UTC) of each warning, in order: 00:00 Asia/Shanghai of its day where days are counted."""
    if deadline.start_at is None:
        return [
            (name, datetime.combine(on, time.min, SHANGHAI).astimezone(UTC))
            for name, on in warn_dates(deadline, rules)
        ]
    return sorted(
        ((name, _warn_instant(name, deadline)) for name in _names(deadline, rules)), key=lambda rung: rung[1]
    )


def urge_dates(
    deadline: Deadline, *, calendar: Calendar | None = None, rules: Rules | None = None
) -> list[tuple[str, date]]:
    """(rung, date) of each step of the urge ladder after the due date, in order.

    The calendar defaults to the shipped one of the deadline's jurisdiction; an exact duration has none.
    """
    calendar = calendar or load(deadline.calendar.partition("@")[0])
    dates = []
    for rung in (rules or shipped()).ladder.rungs:
        if rung.unit is StepUnit.WORKING_DAYS:
            dates.append((rung.rung, after_working_days(calendar, deadline.due_on, rung.after)))
        else:
            dates.append((rung.rung, deadline.due_on + timedelta(days=rung.after)))
    return dates


def colour_dates(
    deadline: Deadline, *, calendar: Calendar | None = None, rules: Rules | None = None
) -> list[tuple[str, date]]:
    """From when a clock is shown yellow (a third left), orange (three working days left), red (overdue).

    Raises WrongCounting for an exact duration.
    """
    _days_only(deadline)
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


def _names(deadline: Deadline, rules: Rules | None) -> tuple[str, ...]:
    rule = (rules or shipped()).get(deadline.rule)
    return rule.warnings + (rule.extended_warnings if deadline.extension_days else ())


def _days_only(deadline: Deadline) -> None:
    if deadline.start_at is not None:
        raise WrongCounting(f"{deadline.clock} ({deadline.rule}) is warned of at instants, not on dates")


def _warn_date(name: str, deadline: Deadline) -> date:
    rung = read_name(name)
    match rung.form:
        case Form.DUE:
            return deadline.due_on - timedelta(days=rung.number)
        case Form.SHARE:
            return _counted_day(deadline, _counted(deadline) * rung.number // 100)
        case Form.QUARTER:
            return date(deadline.nominal_on.year, 3 * rung.number - 2, 1)
        case _:
            return _counted_day(deadline, rung.number)


def _warn_instant(name: str, deadline: Deadline) -> datetime:
    rung = read_name(name)
    assert deadline.start_at is not None
    assert deadline.due_at is not None
    if rung.form is Form.MINUTE:
        return deadline.start_at + timedelta(minutes=rung.number)
    return deadline.start_at + (deadline.due_at - deadline.start_at) * rung.number / 100


def _counted(deadline: Deadline) -> int:
    """How many days are counted."""
    return sum(run.days for run in deadline.runs if run.treatment is DayTreatment.COUNTED)


def _counted_day(deadline: Deadline, number: int) -> date:
    """The `number`-th day counted; the start for 0."""
    if number == 0:
        return deadline.start_on
    left = number
    for run in deadline.runs:
        if run.treatment is DayTreatment.COUNTED:
            if left <= run.days:
                return run.from_on + timedelta(days=left - 1)
            left -= run.days
    raise ValueError(f"{deadline.rule} counts fewer than {number} days")
