"""Accusations: only a pointer stays here; whom they accuse and where they go is in the vault alone (P1, P1b; row 23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import AccusationSealed, CaseSplit, Category, IntakeCaseEvent
from intake.domain import refusals_corrections as rules
from intake.domain.standing import by_first_receiver, classified_by, received
from intake.domain.state import Case
from statute.in_force import Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class SealAccusation:
    """Seal the accusation and pass it on. `upper`: it belongs to the upper organ; `to_accused`: the organ that
    would get it is the accused unit or under it, as the edge found in the directory; neither is recorded."""

    at: datetime
    by_unit_id: str
    upper: bool
    against_receiver: bool
    to_accused: bool
    receipt_hash: bytes
    accused: Sealed
    statute: Statute


def seal(case: Case, command: SealAccusation) -> Sequence[IntakeCaseEvent]:
    """A pointer: id, date, hash of the receipt; and until when it must be passed on."""
    receipt = by_first_receiver(case, command.by_unit_id)
    if isinstance(case.sorting.ended, AccusationSealed):
        return []
    if classified_by(case, command.by_unit_id).category is not Category.ACCUSATION:
        raise rules.NotAnAccusation()
    if command.to_accused:
        raise rules.AccusedMayNotReceive()
    if command.against_receiver and not command.upper:
        raise rules.AgainstTheReceiver()
    clock = "K13a" if command.upper else "K13"
    received_on = receipt.transfer_deadline.start_on
    return [
        AccusationSealed(
            case_id=receipt.case_id,
            unit_id=command.by_unit_id,
            received_on=received_on,
            receipt_hash=command.receipt_hash,
            passing_deadline=command.statute.compute(clock, received_on),
            accused=command.accused,
        )
    ]


def refuse_sealed(case: Case, unit_id: str) -> None:
    """P1: an accusation, or a mixed letter that held one, is opened by its first receiver alone, and by nobody once it
    was sealed."""
    ended = case.sorting.ended
    accuses = case.classified is not None and case.classified.category is Category.ACCUSATION
    if isinstance(ended, AccusationSealed):
        raise rules.AccusationContentSealed()
    if (accuses or isinstance(ended, CaseSplit)) and unit_id != received(case).first_receiver_unit_id:
        raise rules.AccusationContentSealed()
