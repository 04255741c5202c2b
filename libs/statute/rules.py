"""Rules: for each clock, versioned data saying how long the period is, on what basis, and who must act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import ascii_letters

from .errors import BadData, StartOutOfRange, UnknownClock, UnknownRule


class Unit(StrEnum):
    """What a period is counted in."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. Applies to periods that start on effective_from .. effective_to, both included.

    `warnings` are rung names: `d10` the 10th calendar day after the start, `wd3` the 3rd working day, `due`
    the due date, `due-7` seven calendar days before it. `extended_warnings` are added once the period has
    been extended. `verified_by` keeps the mark of its source: [T05] read in the 2005 text, [K] professional
    knowledge still to be verified, [D] our own choice.
    """

    rule_id: str
    version: int
    clock: str
    name_zh: str
    name_en: str
    law: str
    article: str
    effective_from: date
    effective_to: date | None
    unit: Unit
    value: int
    max_extension_days: int
    roll_last_day: bool
    starts: str
    who_must: str
    consequence: str
    warnings: tuple[str, ...]
    extended_warnings: tuple[str, ...]
    verified_by: str

    def __post_init__(self) -> None:
        if self.value < 1 or self.max_extension_days < 0:
            raise BadData(f"{self.id}: a period has at least one day, and no negative extension")
        if self.max_extension_days and self.unit is Unit.WORKING_DAYS:
            raise BadData(f"{self.id}: extensions are counted in calendar days; a working-day rule has none")

    @property
    def id(self) -> str:
        """`K3@2`: rule and version, as recorded in events."""
        return f"{self.rule_id}@{self.version}"

    @property
    def working_days(self) -> bool:
        return self.unit is Unit.WORKING_DAYS

    def applies_on(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True, slots=True)
class UrgeRung:
    """A step of the urge ladder: what is sent how long after the due date, and to whom."""

    rung: str
    name_zh: str
    name_en: str
    to: str
    after: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class UrgeLadder:
    """The steps after a missed due date, in order, and the colours shown before it."""

    version: int
    verified_by: str
    yellow_share_left: float
    orange_working_days_left: int
    rungs: tuple[UrgeRung, ...]

    @property
    def id(self) -> str:
        """`urge@1`, the legal basis of an urge."""
        return f"urge@{self.version}"


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
        return tuple(sorted(self._by_clock, key=lambda clock: (int(clock.strip(ascii_letters) or 0), clock)))

    @property
    def by_id(self) -> Mapping[str, Rule]:
        """Every version by its id `K3@2`."""
        return self._by_id

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
            raise UnknownClock(f"no clock {clock!r}; known: {', '.join(self.clocks)}")
        for rule in reversed(versions):
            if rule.applies_on(on):
                return rule
        spans = ", ".join(f"{rule.effective_from}..{rule.effective_to or ''}" for rule in versions)
        raise StartOutOfRange(f"no rule for {clock} is in force on {on} (known: {spans}); check the date")
