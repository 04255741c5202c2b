"""Waiting to be transferred: a classified case comes in; one that intake has ended waits no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.routing.v1.events import CaseDequeued, CaseQueued


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCase:
    """Intake classified the case: it waits to be transferred."""

    at: datetime
    case_id: str
    first_receiver_unit_id: str
    competent_unit_id: str
    receipt_number: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DequeueCase:
    """Intake ended the case before it was transferred. `why`: the event that says so."""

    at: datetime
    why: str


def enqueue(known: CaseQueued | None, command: QueueCase) -> Sequence[CaseQueued]:
    """The event by which the case waits; [] if it does, or did."""
    if known is not None:
        return []
    return [
        CaseQueued(
            case_id=command.case_id,
            first_receiver_unit_id=command.first_receiver_unit_id,
            competent_unit_id=command.competent_unit_id,
            receipt_number=command.receipt_number,
            received_on=command.received_on,
        )
    ]


def dequeue(known: CaseQueued | None, command: DequeueCase) -> Sequence[CaseDequeued]:
    """The event by which the case waits no more; [] for one that nobody has queued."""
    if known is None:
        return []
    return [CaseDequeued(case_id=known.case_id, reason=command.why)]
