"""Non-acceptance by two persons: open elsewhere in time (4d, P7), or finally answered on the same facts (4e, P8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import (
    CaseNotAccepted,
    IntakeCaseEvent,
    NonAcceptanceDeclined,
    NonAcceptanceGround,
    NonAcceptanceProposed,
)
from intake.domain import refusals_sorting as rules
from intake.domain.branches import basis_of
from intake.domain.standing import another_person, by_first_receiver, classified_by
from intake.domain.state import Case
from statute.instants import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeNonAcceptance:
    """Find that the case need not be accepted. `below`: the earlier case's unit is under this organ."""

    at: datetime
    by_unit_id: str
    by_ref: str
    ground: NonAcceptanceGround
    earlier_case_id: str
    earlier_unit_id: str
    earlier_due_on: date | None
    facts_same: bool
    notice: Sealed
    below: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmNonAcceptance:
    """Another person finds the same."""

    at: datetime
    by_unit_id: str
    by_ref: str
    facts_same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineNonAcceptance:
    """Another person does not agree; the case goes its ordinary way."""

    at: datetime
    by_unit_id: str
    by_ref: str
    reason: Sealed


def propose(case: Case, command: ProposeNonAcceptance) -> Sequence[IntakeCaseEvent]:
    """Nothing follows until another person confirms it; an overdue case is no ground (scenario 26)."""
    receipt = by_first_receiver(case, command.by_unit_id)
    proposed = NonAcceptanceProposed(
        case_id=receipt.case_id,
        unit_id=command.by_unit_id,
        by_ref=command.by_ref,
        ground=command.ground,
        earlier_case_id=command.earlier_case_id,
        earlier_unit_id=command.earlier_unit_id,
        earlier_due_on=command.earlier_due_on,
        notice=command.notice,
    )
    if case.sorting.non_acceptance == proposed:
        return []
    classified_by(case, command.by_unit_id)
    if case.sorting.non_acceptance is not None:
        raise rules.OtherwiseProposed()
    if command.earlier_case_id == receipt.case_id:
        raise rules.ItselfNotEarlier()
    if not command.facts_same:
        raise rules.FactsNotTheSame()
    if command.ground is NonAcceptanceGround.DUPLICATE:
        if not command.below:
            raise rules.OnlyAnUpperOrgan(command.earlier_unit_id)
        _in_time(command.earlier_due_on, command.earlier_unit_id, command.at)
    return [proposed]


def confirm(case: Case, command: ConfirmNonAcceptance) -> Sequence[IntakeCaseEvent]:
    """Two persons found so, on the day of the second too."""
    by_first_receiver(case, command.by_unit_id)
    if isinstance(case.sorting.ended, CaseNotAccepted):
        return []
    proposed = _proposed(case, command.by_unit_id)
    another_person(proposed.by_ref, command.by_ref)
    if not command.facts_same:
        raise rules.FactsNotTheSame()
    if proposed.ground is NonAcceptanceGround.DUPLICATE:
        _in_time(proposed.earlier_due_on, proposed.earlier_unit_id, command.at)
    return [
        CaseNotAccepted(
            case_id=proposed.case_id,
            unit_id=command.by_unit_id,
            ground=proposed.ground,
            legal_basis=basis_of(proposed.ground),
            earlier_case_id=proposed.earlier_case_id,
            earlier_unit_id=proposed.earlier_unit_id,
            earlier_due_on=proposed.earlier_due_on,
            proposed_by_ref=proposed.by_ref,
            confirmed_by_ref=command.by_ref,
            notice=proposed.notice,
        )
    ]


def decline(case: Case, command: DeclineNonAcceptance) -> Sequence[IntakeCaseEvent]:
    """That two persons differed stays on record."""
    receipt = by_first_receiver(case, command.by_unit_id)
    if case.sorting.non_acceptance is None and case.sorting.declined is not None:
        return []
    proposed = _proposed(case, command.by_unit_id)
    another_person(proposed.by_ref, command.by_ref)
    return [
        NonAcceptanceDeclined(
            case_id=receipt.case_id, unit_id=command.by_unit_id, by_ref=command.by_ref, reason=command.reason
        )
    ]


def _proposed(case: Case, unit_id: str) -> NonAcceptanceProposed:
    classified_by(case, unit_id)
    if case.sorting.non_acceptance is None:
        raise rules.NothingProposed()
    return case.sorting.non_acceptance


def _in_time(due_on: date | None, unit_id: str, at: datetime) -> None:
    if due_on is None:
        raise rules.TimeLimitMissing()
    if due_on < civil_date(at):
        raise rules.OverdueElsewhere(unit_id)
