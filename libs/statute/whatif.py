"""What would have been late or in time under other rules: the same acts on the same days, other periods.

Nothing is recorded and nothing is judged anew. The acts are taken as they were; a period that began because another
one ended by law (deemed acceptance) begins when that one would have ended under the other rules.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .in_force import Statute


@dataclass(frozen=True, slots=True)
class Period:
    """One clock of a case, as it was."""

    case_id: str
    clock: str
    unit_id: str
    rule: str
    start_on: date
    due_on: date
    provisional: bool
    ended_on: date | None
    """When the act was done, or the law ended the duty; None while it runs."""
    extension_days: int = 0
    deemed: bool = False
    """The law ended it with its due date; nobody acted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A period under other rules."""

    period: Period
    rule: str
    due_on: date
    was_late: bool
    would_be_late: bool

    @property
    def differs(self) -> bool:
        """Whether the other rules touch it at all."""
        return (self.rule, self.due_on) != (self.period.rule, self.period.due_on)

    @property
    def changed(self) -> bool:
        """Whether the verdict is another one."""
        return self.was_late != self.would_be_late


def counterfactual(periods: Iterable[Period], other: Statute, today: date) -> Iterator[Outcome]:
    """Each period under the other rules, in the order given; those of one case are given in order of time.

    A running period is late from the day after its due date. A provisional one was never late.
    """
    moved: dict[tuple[str, date], date] = {}
    for period in periods:
        start_on = moved.get((period.case_id, period.start_on), period.start_on)
        deadline = other.compute(period.clock, start_on, extension_days=period.extension_days)
        if period.deemed:
            moved[period.case_id, period.due_on] = deadline.due_on
        ended_on = period.ended_on or today
        yield Outcome(
            period=period,
            rule=deadline.rule,
            due_on=deadline.due_on,
            was_late=_late(period.due_on, ended_on, period),
            would_be_late=_late(deadline.due_on, ended_on, period) and not deadline.provisional,
        )


def _late(due_on: date, ended_on: date, period: Period) -> bool:
    """What the law ended was late by law: nobody had acted by its due date."""
    return not period.provisional and (period.deemed or ended_on > due_on)
