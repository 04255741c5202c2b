"""The contract huiyin.common.v1. Generated from huiyin/common/v1/types.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from huiyin.quick import quick

__all__ = ["Channel", "DayKind", "DayTreatment", "Deadline", "DerivationRun", "Sealed"]


class DayTreatment(IntEnum):
    """What the count made of a day."""

    UNSPECIFIED = 0
    # The day of the event: not counted.
    START = 1
    COUNTED = 2
    # Not a working day, in a period of working days.
    SKIPPED = 3
    # The last day fell on a day off; the period goes on to this day.
    ROLLED = 4
    # Left out of the count: a hearing, an appraisal, days on which nobody could act.
    EXCLUDED = 5

    @classmethod
    def _missing_(cls, value: object) -> DayTreatment:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class DayKind(IntEnum):
    """What the calendar says about a day."""

    UNSPECIFIED = 0
    WORKDAY = 1
    # A Saturday or Sunday that is worked (调休).
    MAKEUP_WORKDAY = 2
    WEEKEND = 3
    HOLIDAY = 4
    # The calendar of that year is not published; only weekends are known.
    UNKNOWN = 5

    @classmethod
    def _missing_(cls, value: object) -> DayKind:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class Channel(IntEnum):
    """The channel by which a petition came in."""

    UNSPECIFIED = 0
    WEB = 1
    LETTER = 2
    VISIT = 3
    PHONE = 4
    HOTLINE = 5
    MAILBOX = 6
    FAX = 7
    # 视频信访 a booked video reception
    VIDEO = 8

    @classmethod
    def _missing_(cls, value: object) -> Channel:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """Content kept in the vault: where it lies, and a commitment to what it says."""

    # <case id>/<item>/<n>: the name of the item in the vault.
    ref: str
    # How the commitment was made, for example "sha256-salted-v1".
    algorithm: str
    commitment: bytes


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A statutory or internal period, computed once, by the service whose event starts it."""

    # The clock: K1, K3, K5 ...
    clock: str
    # The rule and its version: K3@1.
    rule: str
    # The calendar and its version: cn@2026.1; empty for an exact duration, which rests on none.
    calendar: str
    # The civil date of the event that starts the period (not counted).
    start_on: date
    # The last day by counting alone.
    nominal_on: date
    # The last day after rolling over weekends and holidays; the period ends at its 24:00.
    due_on: date
    # The due date may move: the period reaches into a year whose calendar is not published yet.
    provisional: bool
    # Every day from start to due, as runs of equal days; none for an exact duration.
    runs: tuple[DerivationRun, ...] = ()
    # Calendar days of a granted extension that the period holds.
    extension_days: int
    # Days within the period that are not counted, such as those of a hearing; the runs say which.
    excluded_days: int
    # The instant from which an exact duration runs; absent where days are counted.
    start_at: datetime | None = None
    # The instant at which an exact duration ends; absent where days are counted.
    due_at: datetime | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class DerivationRun:
    """Consecutive days of one kind that were treated alike."""

    from_on: date
    to_on: date
    days: int
    treatment: DayTreatment
    kind: DayKind
