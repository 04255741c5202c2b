"""What is in force in a jurisdiction: its calendar and its rules together. Everything that computes is given one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.common.v1.types import Deadline

from .calendar import Calendar, load
from .calendar_year import CalendarYear
from .deadlines import compute, compute_exact
from .excluded import Span
from .recomputing import outdated, recompute
from .rule_files import shipped
from .rules import Rule, Rules


@dataclass(frozen=True, slots=True, eq=False)
class Statute:
    """Calendar and rules as published up to a moment. Immutable; publishing makes another one."""

    calendar: Calendar
    rules: Rules

    def compute(
        self,
        clock: str,
        start_on: date,
        *,
        extension_days: int = 0,
        excluded: Iterable[Span] = (),
        due_on: date | None = None,
    ) -> Deadline:
        """As statute.deadlines.compute, by what is in force."""
        return compute(
            clock,
            start_on,
            calendar=self.calendar,
            rules=self.rules,
            extension_days=extension_days,
            excluded=excluded,
            due_on=due_on,
        )

    def compute_exact(self, clock: str, start_at: datetime) -> Deadline:
        """As statute.deadlines.compute_exact, by what is in force."""
        return compute_exact(clock, start_at, rules=self.rules)

    def recompute(self, deadline: Deadline) -> Deadline:
        """The same period under the same version of its rule, by the calendar in force."""
        return recompute(deadline, calendar=self.calendar, rules=self.rules)

    def current(self, deadline: Deadline) -> Deadline:
        """The deadline as it stands: itself, unless a calendar that it rests on was published or corrected since."""
        return self.recompute(deadline) if self.outdated(deadline.calendar) else deadline

    def outdated(self, calendar: str) -> bool:
        """Whether a newer version is in force of any year that a period rests on, by the period's calendar id."""
        return outdated(calendar, self.calendar)

    def with_year(self, year: CalendarYear) -> "Statute":
        """With a year published; this one, if it knows as new a version."""
        known = self.calendar.years.get(year.year)
        if known is not None and known.version >= year.version:
            return self
        return Statute(self.calendar.with_year(year), self.rules)

    def with_rule(self, rule: Rule) -> "Statute":
        """With a version of a rule published; this one, if it knows the version."""
        return self if rule.id in self.rules.by_id else Statute(self.calendar, self.rules.with_version(rule))


def shipped_statute(jurisdiction: str) -> Statute:
    """What came with the program."""
    return Statute(load(jurisdiction), shipped())
