"""The contract huiyin.revisit.v1. Generated from huiyin/revisit/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from huiyin.common.v1.types import Deadline
from huiyin.quick import quick

__all__ = [
    "Answer",
    "CallBackRecorded",
    "CaseClosed",
    "ClosingGround",
    "Reach",
    "RevisitAssigned",
    "RevisitCaseEvent",
    "RevisitQueued",
]


class Reach(IntEnum):
    """Whether the petitioner was reached."""

    UNSPECIFIED = 0
    REACHED = 1
    UNREACHED = 2
    REFUSED = 3

    @classmethod
    def _missing_(cls, value: object) -> Reach:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class Answer(IntEnum):
    """An answer to one of the four questions."""

    UNSPECIFIED = 0
    YES = 1
    NO = 2
    NOT_GIVEN = 3

    @classmethod
    def _missing_(cls, value: object) -> Answer:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class ClosingGround(IntEnum):
    """Why a case may be closed."""

    UNSPECIFIED = 0
    # The petitioner confirmed the reply, and what was promised was done.
    CONFIRMED = 1
    # The 30 days for asking a review ended without a request.
    REVIEW_PERIOD_ENDED = 2

    @classmethod
    def _missing_(cls, value: object) -> ClosingGround:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitQueued:
    """An opinion was served, but the unit that sent the case on also handled it: another unit has to take the revisit."""

    case_id: str
    handler_unit_id: str
    # K18, counted from the service of the opinion, however long it waits here.
    revisit_deadline: Deadline


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitAssigned:
    """A unit other than the handler was asked to call the petitioner back."""

    case_id: str
    unit_id: str
    handler_unit_id: str
    # K18.
    revisit_deadline: Deadline


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRecorded:
    """The petitioner was called. Unreached and refused are answers of their own, never "satisfied"."""

    case_id: str
    unit_id: str
    reach: Reach
    contacted: Answer
    reply_received: Answer
    promise_kept: Answer
    satisfied: Answer


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """The case is closed. It can be reopened; what is on record stays."""

    case_id: str
    unit_id: str
    ground: ClosingGround


RevisitCaseEvent: TypeAlias = RevisitAssigned | CallBackRecorded | CaseClosed | RevisitQueued
"""Every event of a case as revisit sees it."""
