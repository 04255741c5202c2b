"""Rules: for each clock, versioned data saying how long the period is, on what basis, and who must act."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .errors import BadData, StartOutOfRange, UnknownClock, UnknownRule
from .ladder import UrgeLadder
from .periods import CalendarDays, Counting, Exact, Given, WorkingDays
from .rung_names import name_faults

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a rule. Applies to periods that start on effective_from .. effective_to, both included.

    `extension` says on what conditions the period can be extended, by `max_extension_days` calendar days at
    most; `exclusion` says which days within it are not counted, such as those of a hearing; `converts_to` names
    the clock that takes over when the procedure is given up, from the same start. Each is empty where there is
    no such thing. `warnings` are the names of `statute.rung_names`; `extended_warnings` are added once the period
    was extended. `verified_by` keeps the marks of its sources (README), first for the article, then for the
    length where that rests on something else.
    """

    rule_id: str
    version: int
    clock: str
    name_zh: str
    name_en: str
    law: str
    article: str
    effective_from: date
    effective_to: date | None = None
    counting: Counting
    roll_last_day: bool
    max_extension_days: int = 0
    extension: str = ""
    exclusion: str = ""
    converts_to: str = ""
    starts: str
    who_must: str
    consequence: str
    warnings: tuple[str, ...]
    extended_warnings: tuple[str, ...] = ()
    verified_by: str
    note: str = ""

    def __post_init__(self) -> None:
        """Raises BadData with everything in which the rule contradicts itself."""
        if faults := [f"{self.id}: {fault}" for fault in self._faults()]:
            raise BadData(*faults)

    def _faults(self) -> Iterator[str]:
        if self.days is not None and self.days < 1:
            yield "a period has at least one day"
        if self.max_extension_days < 0:
            yield "no extension is negative"
        if self.max_extension_days and not isinstance(self.counting, CalendarDays):
            yield "extensions are counted in calendar days; only a rule in calendar days can have one"
        if bool(self.max_extension_days) != bool(self.extension):
            yield "an extension needs both, max_extension_days and its conditions in extension"
        if self.exclusion and self.days is None:
            yield "only where days are counted can some of them be left out"
        if self.roll_last_day and isinstance(self.counting, Exact | Given):
            yield "a due date that is given or exact does not roll"
        if self.effective_to is not None and self.effective_to < self.effective_from:
            yield f"effective_to {self.effective_to} is before effective_from {self.effective_from}"
        yield from name_faults(self.counting, self.warnings + self.extended_warnings)

    @property
    def id(self) -> str:
        """`K3@2`: rule and version, as recorded in events."""
        return f"{self.rule_id}@{self.version}"

    @property
    def days(self) -> int | None:
        """How many days are counted; None where the rule counts no given number of days."""
        return self.counting.days if isinstance(self.counting, CalendarDays | WorkingDays) else None

    @property
    def working_days(self) -> bool:
        return isinstance(self.counting, WorkingDays)

    @property
    def rests_on_calendar(self) -> bool:
        """Whether the due date can move when a calendar is published or corrected."""
        return self.roll_last_day or self.working_days

    def applies_on(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class Rules:
    """A set of rule versions and the urge ladder. Raises BadData if two versions of a clock overlap."""

    def __init__(self, rules: Iterable[Rule], ladder: UrgeLadder) -> None:
        self.ladder = ladder
        self._by_id: dict[str, Rule] = {}
        self._by_clock: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=lambda rule: rule.effective_from):
            self._add(rule)

    def _add(self, rule: Rule) -> None:
        versions = self._by_clock.setdefault(rule.clock, [])
        if rule.id in self._by_id:
            raise BadData(f"{rule.id} is given twice; a correction needs a new version")
        if versions and versions[-1].applies_on(rule.effective_from):
            raise BadData(
                f"{rule.id} begins while {versions[-1].id} is in force; set effective_to of the older one"
            )
        versions.append(rule)
        self._by_id[rule.id] = rule

    @property
    def clocks(self) -> tuple[str, ...]:
        """Names of the clocks in the order of their numbers."""
        return tuple(sorted(self._by_clock, key=_order))

    @property
    def by_id(self) -> Mapping[str, Rule]:
        """Every version by its id `K3@2`."""
        return self._by_id

    def versions(self, clock: str) -> tuple[Rule, ...]:
        """All versions of a clock, the oldest first. Raises UnknownClock."""
        if clock not in self._by_clock:
            raise UnknownClock(self._unknown(clock))
        return tuple(self._by_clock[clock])

    def get(self, rule_id: str) -> Rule:
        """A version by its id. Raises UnknownRule."""
        try:
            return self._by_id[rule_id]
        except KeyError:
            raise UnknownRule(f"no rule {rule_id!r}; known: {', '.join(sorted(self._by_id))}") from None

    def in_force(self, clock: str, on: date) -> Rule:
        """The version for a period that starts on this day. Raises UnknownClock, StartOutOfRange."""
        versions = self._by_clock.get(clock)
        if versions is None:
            raise UnknownClock(self._unknown(clock))
        for rule in reversed(versions):
            if rule.applies_on(on):
                return rule
        spans = ", ".join(f"{rule.effective_from}..{rule.effective_to or ''}" for rule in versions)
        raise StartOutOfRange(f"no rule for {clock} is in force on {on} (known: {spans}); check the date")

    def with_version(self, rule: Rule) -> "Rules":
        """These rules and a new version, which takes over from the one before it on its first day.

        Only what begins from then on is judged by it. Raises BadData if the version is there already, or
        begins no later than the one it would take over from.
        """
        before = self._by_clock.get(rule.clock, [])[-1:]
        if rule.id in self._by_id:
            raise BadData(f"{rule.id} is given twice; a correction needs a new version")
        if before and rule.effective_from <= before[0].effective_from:
            raise BadData(
                f"{rule.id} begins on {rule.effective_from}, {before[0].id} on {before[0].effective_from};"
                " a new version changes only what begins later"
            )
        closed = {old.id: _closed(old, rule.effective_from - DAY) for old in before}
        return Rules([*(self._by_id | closed).values(), rule], self.ladder)

    def _unknown(self, clock: str) -> str:
        variants = [each for each in self.clocks if each.startswith(f"{clock}:")]
        return f"no clock {clock!r}; known: {', '.join(variants or self.clocks)}"


def _closed(rule: Rule, last: date) -> Rule:
    open_until = rule.effective_to is None or rule.effective_to > last
    return replace(rule, effective_to=last) if open_until else rule


def _order(clock: str) -> tuple[int, str]:
    """K1, K1a, K2 … K5, K5s:accept … K20: by number, then by what follows it."""
    number = re.match(r"K(\d+)", clock)
    return (int(number[1]) if number else 0, clock)
