"""The urge ladder: what follows a missed due date, step by step, and the colours shown before it."""

from dataclasses import dataclass
from enum import StrEnum


class StepUnit(StrEnum):
    """What the distance of a step from the due date is counted in."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class UrgeRung:
    """A step of the urge ladder: what is sent how long after the due date, and to whom."""

    rung: str
    name_zh: str
    name_en: str
    to: str
    after: int
    unit: StepUnit


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
