"""The contract huiyin.oversight.v1. Generated from huiyin/oversight/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import TypeAlias

from huiyin.common.v1.types import Deadline
from huiyin.quick import quick

__all__ = [
    "CalendarEvent",
    "CalendarPublished",
    "CaseAdopted",
    "ClockConverted",
    "ClockExtended",
    "ClockPaused",
    "ClockResumed",
    "ClockStarted",
    "ClockStopped",
    "DeadlineMissed",
    "DeadlineRecomputed",
    "DeadlineWarned",
    "HandlingUrged",
    "OversightCaseEvent",
    "Publication",
    "PublicationProposed",
    "PublicationRejected",
    "RulePublished",
    "Rung",
    "RungKind",
]


class Publication(IntEnum):
    """What is published."""

    UNSPECIFIED = 0
    # 日历
    CALENDAR = 1
    # 时限规则
    RULE = 2

    @classmethod
    def _missing_(cls, value: object) -> Publication:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class RungKind(IntEnum):
    """What is recorded when a rung is reached."""

    UNSPECIFIED = 0
    WARNING = 1
    MISSED = 2
    URGE = 3

    @classmethod
    def _missing_(cls, value: object) -> RungKind:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationProposed:
    """Someone laid a calendar year or a version of a rule before a second person. Nothing is in force by this."""

    # What would come into force: cn@2027.1, or K5@3.
    version: str
    kind: Publication
    # What was laid before, to the letter: whoever approves approves this text.
    definition: str
    # The pseudonym of who proposed it.
    maker: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRejected:
    """The second person refused."""

    # What was proposed: cn@2027.1, or K5@3.
    version: str
    reason: str
    # The pseudonym of who refused.
    checker: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPublished:
    """The calendar of one year came into force for a jurisdiction."""

    jurisdiction: str
    year: int
    # The calendar's version, for example cn@2026.1.
    version: str
    holidays_on: tuple[date, ...] = ()
    makeup_workdays_on: tuple[date, ...] = ()
    verified_by: str
    # What was published, to the letter.
    definition: str
    # The pseudonym of who proposed it; "release" for what came with the program.
    maker: str
    # The pseudonym of who approved it, another person; empty for what came with the program.
    checker: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class RulePublished:
    """A rule for a clock came into force."""

    rule: str
    clock: str
    law: str
    article: str
    effective_from_on: date
    days: int
    working_days: bool
    roll_last_day: bool
    verified_by: str
    # The whole version as data, to the letter: extension, warnings, consequence and the rest.
    definition: str
    # The pseudonym of who proposed it; "release" for what came with the program.
    maker: str
    # The pseudonym of who approved it, another person; empty for what came with the program.
    checker: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted:
    """A clock began to run against a unit."""

    case_id: str
    clock: str
    rule: str
    unit_id: str
    start_on: date
    due_on: date
    # The period reaches into a year whose calendar is not published: it can be warned of, never missed.
    provisional: bool
    # All that follows by itself while the clock runs, in order of time; fixed when the clock starts.
    rungs: tuple[Rung, ...] = ()
    # The period as the event that began it says, with its whole derivation.
    deadline: Deadline


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRecomputed:
    """A calendar was published or corrected while the clock ran; the same period was counted again."""

    case_id: str
    clock: str
    unit_id: str
    rule: str
    # The calendar that the old due date rested on.
    old_calendar: str
    # The last day as it was before.
    old_due_on: date
    # Whether that day might still move.
    old_provisional: bool
    # The period as it is now, with its whole derivation.
    deadline: Deadline
    # All that follows by itself from now on, in order of time; what was reached before stays on record.
    rungs: tuple[Rung, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """What follows by itself if the clock still runs then: at 00:00 Asia/Shanghai of a day, or at an instant of its own."""

    # d10, wd3, due-7, min15 ...; missed; urge, supervise ...: unique within its clock.
    name: str
    kind: RungKind
    falls_on: date
    # The instant, where an exact duration is warned of or missed; absent where the rung falls at 00:00 of its day.
    falls_at: datetime | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExtended:
    """The head of the unit extended the period in time: once, with its reason told. What was reached stays on record."""

    case_id: str
    clock: str
    unit_id: str
    rule: str
    # The period as it was, with its whole derivation.
    old: Deadline
    # The period as it is now: from the same start.
    deadline: Deadline
    # All that follows by itself from now on, in order of time; what was reached before stays on record.
    rungs: tuple[Rung, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPaused:
    """The clock stands still: a hearing began, whose days the law does not count. Nothing follows by itself meanwhile."""

    case_id: str
    clock: str
    unit_id: str
    rule: str
    # The first day that is not counted.
    paused_on: date
    # The last day as it stands while nothing more is left out.
    due_on: date


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ClockResumed:
    """The clock goes on: the days of the hearing are left out, and the period is counted again from the same start."""

    case_id: str
    clock: str
    unit_id: str
    rule: str
    # The first day that is not counted.
    paused_on: date
    # The last day that is not counted.
    resumed_on: date
    # The period as it was before the pause, with its whole derivation.
    old: Deadline
    # The period as it is now: its derivation shows every day left out.
    deadline: Deadline
    # All that follows by itself from now on, in order of time; what was reached before stays on record.
    rungs: tuple[Rung, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ClockConverted:
    """A procedure was given up for another one, whose clock runs from the same start; this one is over, and is not kept."""

    case_id: str
    clock: str
    unit_id: str
    rule: str
    # The clock that takes over: K5.
    to_clock: str
    # The day on which the procedure was given up.
    converted_on: date


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped:
    """The unit did what the clock asks, in time or late."""

    case_id: str
    clock: str
    unit_id: str
    stopped_on: date
    # Calendar days after the due date; 0 means in time, or that the due date was provisional or passed by law.
    days_late: int
    # The duty ended by law because the due date had passed, not by an act of the unit.
    deemed: bool
    rule: str
    # The instant of the act, where an exact duration ran; absent where days are counted.
    stopped_at: datetime | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineWarned:
    """The due date comes near."""

    case_id: str
    clock: str
    unit_id: str
    rung: str
    due_on: date
    # The day of the rung.
    falls_on: date
    rule: str
    # The instant of the rung, where an exact duration runs; absent where it falls at 00:00 of its day.
    falls_at: datetime | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMissed:
    """The due date passed. A fact that nothing takes back."""

    case_id: str
    clock: str
    unit_id: str
    due_on: date
    rule: str
    # The instant at which an exact duration ended; absent where the period ended with its due date.
    due_at: datetime | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingUrged:
    """The unit was urged to act."""

    case_id: str
    clock: str
    unit_id: str
    rung: str
    due_on: date
    # The day of the rung.
    falls_on: date
    rule: str
    # The instant of the rung, where an exact duration runs; absent where it falls at 00:00 of its day.
    falls_at: datetime | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAdopted:
    """An imported case that is still open was taken over: from now on its clocks are swept like any others."""

    case_id: str
    # The day from which oversight sweeps it.
    adopted_on: date


CalendarEvent: TypeAlias = CalendarPublished | RulePublished | PublicationProposed | PublicationRejected
"""Every event of a calendar."""


OversightCaseEvent: TypeAlias = (
    ClockStarted
    | ClockStopped
    | DeadlineWarned
    | DeadlineMissed
    | HandlingUrged
    | CaseAdopted
    | DeadlineRecomputed
    | ClockExtended
    | ClockPaused
    | ClockResumed
    | ClockConverted
)
"""Every event of a case as oversight sees it."""
