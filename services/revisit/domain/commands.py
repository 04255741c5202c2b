"""What may be asked of a case that is revisited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from huiyin.revisit.v1.events import Answer, Reach
from statute.calendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignRevisit:
    """The opinion was served: `unit_id` calls the petitioner back."""

    at: datetime
    case_id: str
    unit_id: str
    handler_unit_id: str
    served_on: date
    calendar: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRevisit:
    """The opinion was served, and no unit but its handler is known: somebody has to take the revisit."""

    at: datetime
    case_id: str
    handler_unit_id: str
    served_on: date
    calendar: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRevisit:
    """A unit other than the handler takes a revisit that waits."""

    at: datetime
    by_unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCallBack:
    """Write down one attempt and its answers. Who was not reached, or refused, answered nothing."""

    at: datetime
    by_unit_id: str
    reach: Reach
    contacted: Answer = Answer.NOT_GIVEN
    reply_received: Answer = Answer.NOT_GIVEN
    promise_kept: Answer = Answer.NOT_GIVEN
    satisfied: Answer = Answer.NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase:
    """Close the case, on the ground that the record gives."""

    at: datetime
    by_unit_id: str
    calendar: Calendar


RevisitCommand: TypeAlias = AssignRevisit | QueueRevisit | TakeRevisit | RecordCallBack | CloseCase
