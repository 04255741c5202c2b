"""Computing a deadline: the one place where a start date becomes a due date."""

from datetime import date

from huiyin.common.v1.types import Deadline

from .calendar import Calendar
from .counting import after_calendar_days, after_working_days, roll
from .derivation import derive
from .errors import ExtensionRefused
from .rule_files import shipped
from .rules import Rule, Rules


def compute(
    clock: str,
    start_on: date,
    *,
    calendar: Calendar,
    rules: Rules | None = None,
    extension_days: int = 0,
) -> Deadline:
    """The deadline of `clock` for an event on the civil date `start_on`, with its whole derivation.

    The day of the event is not counted. A last day on a weekend or holiday rolls to the next working day
    where the rule says so; an extension (calendar days) is added to the nominal date, then rolled. A period
    that touches a year without calendar counts weekends only there and is `provisional`. `rules` defaults to
    the shipped ones; the version in force on `start_on` applies.

    Raises UnknownClock, StartOutOfRange (no rule or calendar there), ExtensionRefused.
    """
    rule = (rules or shipped()).in_force(clock, start_on)
    _check_extension(rule, extension_days)
    nominal_on = _nominal(rule, start_on, calendar, extension_days)
    due_on = roll(calendar, nominal_on) if rule.roll_last_day else nominal_on
    years = range(start_on.year, due_on.year + 1)
    return Deadline(
        clock=rule.clock,
        rule=rule.id,
        calendar=calendar.used(start_on.year, due_on.year),
        start_on=start_on,
        nominal_on=nominal_on,
        due_on=due_on,
        provisional=not all(calendar.is_published(year) for year in years),
        runs=derive(calendar, start_on, nominal_on, due_on, working_days=rule.working_days),
    )


def _nominal(rule: Rule, start_on: date, calendar: Calendar, extension_days: int) -> date:
    calendar.ordinal(start_on)
    if rule.working_days:
        return after_working_days(calendar, start_on, rule.value)
    return after_calendar_days(start_on, rule.value + extension_days)


def _check_extension(rule: Rule, days: int) -> None:
    if days < 0 or days > rule.max_extension_days:
        allowed = f"at most {rule.max_extension_days} days" if rule.max_extension_days else "no extension"
        raise ExtensionRefused(f"{rule.clock} ({rule.id}, {rule.article}) allows {allowed}, not {days}")
