"""Computing a deadline: the one place where a start becomes a due date."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from huiyin.common.v1.types import Deadline

from .calendar import Calendar
from .derivation import derive
from .errors import ExclusionRefused, ExtensionRefused, WrongCounting
from .excluded import Span, spans_within
from .instants import civil_date, end_instant
from .nominal import nominal_day, rolled
from .periods import Exact
from .rule_files import shipped
from .rules import Rule, Rules


def compute(
    clock: str,
    start_on: date,
    *,
    calendar: Calendar,
    rules: Rules | None = None,
    extension_days: int = 0,
    excluded: Iterable[Span] = (),
    due_on: date | None = None,
) -> Deadline:
    """The deadline of `clock` for an event on the civil date `start_on`, with its whole derivation.

    The day of the event is not counted. A last day on a weekend or holiday rolls to the next working day
    where the rule says so; an extension (calendar days) is added to the nominal date, then rolled. `excluded`
    are spans of days, both ends included, that are not counted, where the rule allows it. `due_on` belongs to
    clocks whose end is set by the act that starts them (K5x, K6), and to no other. A clock of a cadence (K14 to
    K17) is due at the end of the year, quarter, month or half-month under way on the day after `start_on`.
    A period that touches a year without calendar counts weekends only there, and is `provisional` if its due
    date may move when that year is published. `rules` defaults to the shipped ones; the version in force on
    `start_on` applies.

    Raises UnknownClock, StartOutOfRange (no rule or calendar there), ExtensionRefused, ExclusionRefused,
    DueRefused, WrongCounting (an exact duration: see `compute_exact`).
    """
    rule = (rules or shipped()).in_force(clock, start_on)
    return under_rule(
        rule, start_on, calendar=calendar, extension_days=extension_days, excluded=excluded, due_on=due_on
    )


def compute_exact(clock: str, start_at: datetime, *, rules: Rules | None = None) -> Deadline:
    """The deadline of a clock of exact duration (K12, K20:danger): `due_at` is so many seconds after `start_at`.

    It rests on no calendar, has no derivation by days, and its dates are the civil dates of its instants.

    Raises UnknownClock, StartOutOfRange, NaiveInstant, WrongCounting (days are counted: see `compute`).
    """
    rule = (rules or shipped()).in_force(clock, civil_date(start_at))
    return exact_under_rule(rule, start_at)


def under_rule(
    rule: Rule,
    start_on: date,
    *,
    calendar: Calendar,
    extension_days: int = 0,
    excluded: Iterable[Span] = (),
    due_on: date | None = None,
) -> Deadline:
    """As `compute`, under this version of a rule, whether or not it is in force on the day."""
    _check_extension(rule, extension_days)
    spans = spans_within(rule, start_on, excluded)
    nominal_on = nominal_day(
        rule, start_on, calendar, extension_days=extension_days, excluded=spans, due_on=due_on
    )
    end_on = rolled(calendar, nominal_on, spans) if rule.roll_last_day else nominal_on
    if spans and spans[-1][0] > end_on:
        raise ExclusionRefused(
            f"{spans[-1][0]}..{spans[-1][1]} lies after the period, which ends on {end_on}"
        )
    years = range(start_on.year, end_on.year + 1)
    return Deadline(
        clock=rule.clock,
        rule=rule.id,
        calendar=calendar.used(start_on.year, end_on.year),
        start_on=start_on,
        nominal_on=nominal_on,
        due_on=end_on,
        provisional=rule.rests_on_calendar and not all(map(calendar.is_published, years)),
        runs=derive(calendar, start_on, nominal_on, end_on, working_days=rule.working_days, excluded=spans),
        extension_days=extension_days,
        excluded_days=sum((last - first).days + 1 for first, last in spans),
    )


def exact_under_rule(rule: Rule, start_at: datetime) -> Deadline:
    """As `compute_exact`, under this version of a rule."""
    start_on = civil_date(start_at)
    if not isinstance(rule.counting, Exact):
        raise WrongCounting(f"{rule.clock} ({rule.id}) counts days; give a date without a time")
    start_at = start_at.astimezone(UTC)
    due_at = start_at + timedelta(seconds=rule.counting.seconds)
    return Deadline(
        clock=rule.clock,
        rule=rule.id,
        calendar="",
        start_on=start_on,
        nominal_on=civil_date(due_at),
        due_on=civil_date(due_at),
        provisional=False,
        extension_days=0,
        excluded_days=0,
        start_at=start_at,
        due_at=due_at,
    )


def ends_at(deadline: Deadline) -> datetime:
    """The instant (UTC) at which the period ends; missed from then on."""
    return deadline.due_at or end_instant(deadline.due_on)


def _check_extension(rule: Rule, days: int) -> None:
    if days < 0 or days > rule.max_extension_days:
        allowed = f"at most {rule.max_extension_days} days" if rule.max_extension_days else "no extension"
        raise ExtensionRefused(f"{rule.clock} ({rule.id}, {rule.article}) allows {allowed}, not {days}")
