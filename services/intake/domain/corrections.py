"""Corrections are events: what was wrong, why, who says so; two persons where a clock or organ changes, none later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.common.v1.types import Channel, Sealed
from huiyin.intake.v1.events import (
    CaseClassified,
    CaseReclassified,
    Category,
    Classification,
    CorrectionProposed,
    IntakeCaseEvent,
    ReclassificationProposed,
    RegistrationCorrected,
    RegistrationVoided,
    Route,
    VoidingProposed,
)
from intake.domain import refusals_corrections as rules
from intake.domain.classification import ClassifyCase, classification
from intake.domain.refusals_sorting import ItselfNotEarlier
from intake.domain.standing import by_first_receiver, still_open
from intake.domain.state import Case
from statute.in_force import Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectRegistration:
    """Put channel or date of receipt right. An earlier date takes effect when another person says the same."""

    at: datetime
    by_unit_id: str
    by_ref: str
    channel: Channel
    received_on: date
    reason: Sealed
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class ReclassifyCase:
    """Put the classification right. Where clock or organ change, another person has to say the same."""

    at: datetime
    by_unit_id: str
    by_ref: str
    category: Category
    subject: str
    competent_unit_id: str
    reason: Sealed
    urgent: bool = False
    route: Route = Route.UNSPECIFIED
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidDuplicateRegistration:
    """Void one of two registrations of the same paper, when two persons say so. `kept_*`: of the other one."""

    at: datetime
    by_unit_id: str
    by_ref: str
    kept_case_id: str
    reason: Sealed
    kept_open: bool
    kept_received_on: date


def correct(case: Case, command: CorrectRegistration) -> Sequence[IntakeCaseEvent]:
    """Both values are in the event; the clock only ever starts earlier."""
    receipt = by_first_receiver(case, command.by_unit_id)
    old_on = receipt.transfer_deadline.start_on
    if (command.channel, command.received_on) == (receipt.channel, old_on):
        return []
    still_open(case)
    if command.received_on > old_on:
        raise rules.ClockMovedLater(old_on)
    waiting = case.sorting.correction
    agreed = waiting is not None and (waiting.new_channel, waiting.new_received_on) == (
        command.channel,
        command.received_on,
    )
    moved = command.received_on != old_on
    if moved and (waiting is None or not agreed):
        return [
            CorrectionProposed(
                case_id=receipt.case_id,
                unit_id=command.by_unit_id,
                by_ref=command.by_ref,
                new_channel=command.channel,
                new_received_on=command.received_on,
                reason=command.reason,
            )
        ]
    if moved and waiting is not None and waiting.by_ref == command.by_ref:
        return []
    first = waiting.by_ref if moved and waiting else command.by_ref
    return [
        RegistrationCorrected(
            case_id=receipt.case_id,
            unit_id=command.by_unit_id,
            by_ref=first,
            old_channel=receipt.channel,
            new_channel=command.channel,
            old_received_on=old_on,
            new_received_on=command.received_on,
            transfer_deadline=command.statute.compute("K1", command.received_on)
            if moved
            else receipt.transfer_deadline,
            reason=command.reason,
            confirmed_by_ref=command.by_ref if moved else "",
        )
    ]


def reclassify(case: Case, command: ReclassifyCase) -> Sequence[IntakeCaseEvent]:
    """Both classifications are in the event. K1 runs on from the date of receipt."""
    receipt = by_first_receiver(case, command.by_unit_id)
    if case.classified is None:
        raise rules.NothingToCorrect()
    old = summary(case.classified)
    new = summary(classification(receipt, _classify(command)))
    if new == old:
        return []
    still_open(case)
    waiting = case.sorting.reclassification
    weighty = _weight(new) != _weight(old)
    if weighty and (waiting is None or waiting.new != new):
        return [
            ReclassificationProposed(
                case_id=receipt.case_id,
                unit_id=command.by_unit_id,
                by_ref=command.by_ref,
                new=new,
                reason=command.reason,
            )
        ]
    if weighty and waiting is not None and waiting.by_ref == command.by_ref:
        return []
    return [
        CaseReclassified(
            case_id=receipt.case_id,
            unit_id=command.by_unit_id,
            by_ref=waiting.by_ref if weighty and waiting else command.by_ref,
            confirmed_by_ref=command.by_ref if weighty else "",
            old=old,
            new=new,
            reason=command.reason,
        )
    ]


def void(case: Case, command: VoidDuplicateRegistration) -> Sequence[IntakeCaseEvent]:
    """Only where the other registration stays open, with a clock that started no later."""
    receipt = by_first_receiver(case, command.by_unit_id)
    ended = case.sorting.ended
    if isinstance(ended, RegistrationVoided) and ended.kept_case_id == command.kept_case_id:
        return []
    still_open(case)
    if command.kept_case_id == receipt.case_id:
        raise ItselfNotEarlier()
    if not command.kept_open:
        raise rules.KeptIsGone()
    if command.kept_received_on > receipt.transfer_deadline.start_on:
        raise rules.ClockMovedLater(receipt.transfer_deadline.start_on)
    waiting = case.sorting.voiding
    if waiting is None or waiting.kept_case_id != command.kept_case_id:
        return [
            VoidingProposed(
                case_id=receipt.case_id,
                unit_id=command.by_unit_id,
                by_ref=command.by_ref,
                kept_case_id=command.kept_case_id,
                reason=command.reason,
            )
        ]
    if waiting.by_ref == command.by_ref:
        return []
    return [
        RegistrationVoided(
            case_id=receipt.case_id,
            unit_id=command.by_unit_id,
            by_ref=waiting.by_ref,
            confirmed_by_ref=command.by_ref,
            kept_case_id=command.kept_case_id,
            reason=command.reason,
        )
    ]


def summary(event: CaseClassified) -> Classification:
    """What a classification says."""
    return Classification(
        category=event.category,
        route=event.route,
        legal_basis=event.legal_basis,
        subject=event.subject,
        subject_code=event.subject_code,
        taxonomy=event.taxonomy,
        competent_unit_id=event.competent_unit_id,
        urgent=event.urgent,
        outside_evaluation=event.outside_evaluation,
    )


def _weight(found: Classification) -> tuple[object, ...]:
    """What a clock or an organ hangs on."""
    return found.category, found.route, found.competent_unit_id, found.urgent


def _classify(command: ReclassifyCase) -> ClassifyCase:
    return ClassifyCase(
        at=command.at,
        by_unit_id=command.by_unit_id,
        by_ref=command.by_ref,
        category=command.category,
        subject=command.subject,
        competent_unit_id=command.competent_unit_id,
        urgent=command.urgent,
        route=command.route,
        legal_basis=command.legal_basis,
    )
