"""A mixed letter is divided into cases of their own; nothing is counted anew, and no part has another's text (§4a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import CaseReceived, CaseSplit, IntakeCaseEvent
from intake.domain import refusals
from intake.domain import refusals_corrections as rules
from intake.domain.standing import by_first_receiver, still_open
from intake.domain.state import Case

MAX_PARTS = 9
"""More matters than this in one letter are a bundle of letters, and received as such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivePart:
    """Receive a part of a mixed letter, as of the parent's date. `parent`: that letter's receipt."""

    at: datetime
    case_id: str
    receipt_number: str
    parent: CaseReceived
    petitioner: Sealed | None
    representatives: Sealed | None
    petition: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitCase:
    """Divide the letter into the cases that were received for its parts."""

    at: datetime
    by_unit_id: str
    by_ref: str
    part_case_ids: tuple[str, ...]


def receive_part(case: Case, command: ReceivePart) -> Sequence[IntakeCaseEvent]:
    """Its clock is the parent's, to the day."""
    if case.received is not None:
        return []
    return [
        replace(
            command.parent,
            case_id=command.case_id,
            receipt_number=command.receipt_number,
            petitioner=command.petitioner,
            representatives=command.representatives,
            petition=command.petition,
            parent_case_id=command.parent.case_id,
        )
    ]


def split(case: Case, command: SplitCase) -> Sequence[IntakeCaseEvent]:
    """Before it is classified: each part is classified by itself."""
    receipt = by_first_receiver(case, command.by_unit_id)
    ended = case.sorting.ended
    if isinstance(ended, CaseSplit) and ended.part_case_ids == command.part_case_ids:
        return []
    still_open(case)
    if not case.registered:
        raise refusals.NotRegistered(receipt.case_id)
    if case.classified is not None:
        raise rules.SplitBeforeClassified()
    if not 2 <= len(set(command.part_case_ids)) <= MAX_PARTS:
        raise rules.PartsOutOfRange(MAX_PARTS)
    return [
        CaseSplit(
            case_id=receipt.case_id,
            unit_id=command.by_unit_id,
            by_ref=command.by_ref,
            part_case_ids=command.part_case_ids,
        )
    ]
