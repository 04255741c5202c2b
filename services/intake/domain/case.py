"""A case as intake sees it: received, registered, classified (domain.md §2, transitions 1 to 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from huiyin.intake.v1.events import (
    AccusationSealed,
    AttachmentAdded,
    CaseClassified,
    CaseNotAccepted,
    CaseReceived,
    CaseReclassified,
    CaseRegistered,
    CaseRoutedOut,
    CaseSplit,
    CaseWithdrawn,
    ContentDisclosed,
    CorrectionProposed,
    IntakeCaseEvent,
    MaterialAdded,
    NonAcceptanceDeclined,
    NonAcceptanceProposed,
    OralRecordConfirmed,
    ReclassificationProposed,
    RegistrationCorrected,
    RegistrationVoided,
    SealedReportReceived,
    SuggestionDecided,
    SuggestionStudied,
    UrgentMatterFlagged,
    UrgentMatterReported,
    VoidingProposed,
    WithdrawalRequested,
)
from intake.domain import reception, refusals, sorting
from intake.domain.accusation import SealAccusation, refuse_sealed
from intake.domain.classification import ClassifyCase, classify
from intake.domain.corrections import CorrectRegistration, ReclassifyCase, VoidDuplicateRegistration
from intake.domain.filing import refuse_identity
from intake.domain.non_acceptance import ConfirmNonAcceptance, DeclineNonAcceptance, ProposeNonAcceptance
from intake.domain.oral_record import ConfirmOralRecord
from intake.domain.receiving import ReceiveCase, receive
from intake.domain.reception import ReceptionCommand
from intake.domain.routing_out import RouteOut
from intake.domain.sorting import SortingCommand
from intake.domain.splitting import ReceivePart, SplitCase
from intake.domain.state import Case
from intake.domain.suggestion import DecideSuggestion, StudySuggestion
from intake.domain.supplements import AddAttachment, AddMaterial
from intake.domain.urgent import FlagUrgentMatter, ReportUrgentMatter
from intake.domain.withdrawal import ConfirmWithdrawal, ReportPressure, RequestWithdrawal
from ledger.decider import Decider

__all__ = [
    "PERSON_COMMANDS",
    "Case",
    "ClassifyCase",
    "DiscloseContent",
    "ImportCase",
    "IntakeCommand",
    "ReceiveCase",
    "RegisterCase",
    "case_decider",
    "decide",
    "evolve",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCase:
    """Enter the case in the register."""

    at: datetime
    by_unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscloseContent:
    """Show the petition, or who wrote it, to a unit, for a purpose."""

    at: datetime
    by_unit_id: str
    items: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCase:
    """Bring in a case that another system received, registered and classified long ago."""

    receive: ReceiveCase
    register: RegisterCase
    classify: ClassifyCase


IntakeCommand: TypeAlias = (
    ReceiveCase
    | RegisterCase
    | ClassifyCase
    | DiscloseContent
    | ImportCase
    | ReceptionCommand
    | SortingCommand
)

PERSON_COMMANDS = (RegisterCase, ClassifyCase, ConfirmNonAcceptance, StudySuggestion)
"""What a person asks for over HTTP: POST /cases/{case_id}/<command>, made from the command's own fields."""


def decide(case: Case, command: IntakeCommand) -> Sequence[IntakeCaseEvent]:
    """The events that a command leads to; [] if it is already so; a Refusal if a rule forbids it."""
    match command:
        case ReceiveCase():
            return receive(case.received, command)
        case RegisterCase():
            return _register(case, command)
        case ClassifyCase():
            return classify(case, command)
        case DiscloseContent():
            return _disclose(case, command)
        case ImportCase():
            return _import(case, command)
        case (
            ConfirmOralRecord() | AddMaterial() | AddAttachment() | FlagUrgentMatter() | ReportUrgentMatter()
        ):
            return reception.decide(_received(case), case.reception, command)
        case (
            RouteOut()
            | ProposeNonAcceptance()
            | ConfirmNonAcceptance()
            | DeclineNonAcceptance()
            | ReceivePart()
            | SplitCase()
            | SealAccusation()
            | RequestWithdrawal()
            | ConfirmWithdrawal()
            | ReportPressure()
            | CorrectRegistration()
            | ReclassifyCase()
            | VoidDuplicateRegistration()
            | StudySuggestion()
            | DecideSuggestion()
        ):
            return sorting.decide(case, command)
        case _:
            assert_never(command)


def _register(case: Case, command: RegisterCase) -> Sequence[IntakeCaseEvent]:
    received = _received(case)
    if case.registered:
        return []
    if command.by_unit_id != received.first_receiver_unit_id:
        raise refusals.NotFirstReceiver(received.first_receiver_unit_id, command.by_unit_id)
    return [CaseRegistered(case_id=received.case_id, unit_id=command.by_unit_id)]


def _disclose(case: Case, command: DiscloseContent) -> Sequence[IntakeCaseEvent]:
    received = _received(case)
    if not command.purpose.strip():
        raise refusals.PurposeMissing()
    refuse_identity(received, command.by_unit_id, command.items)
    refuse_sealed(case, command.by_unit_id)
    return [
        ContentDisclosed(
            case_id=received.case_id,
            items=command.items,
            to_unit_id=command.by_unit_id,
            purpose=command.purpose,
        )
    ]


def _import(case: Case, command: ImportCase) -> Sequence[IntakeCaseEvent]:
    if case.received is not None:
        return []
    events: list[IntakeCaseEvent] = []
    for step in (command.receive, command.register, command.classify):
        for event in decide(case, step):
            events.append(event)
            case = evolve(case, event)
    return events


def _received(case: Case) -> CaseReceived:
    if case.received is None:
        raise refusals.UnknownCase()
    return case.received


def evolve(case: Case, event: IntakeCaseEvent) -> Case:
    """The case after an event."""
    match event:
        case CaseReceived():
            return replace(case, received=event)
        case CaseRegistered():
            return replace(case, registered=True)
        case CaseClassified():
            return replace(case, classified=event)
        case ContentDisclosed():
            return case
        case (
            OralRecordConfirmed()
            | MaterialAdded()
            | AttachmentAdded()
            | UrgentMatterFlagged()
            | UrgentMatterReported()
        ):
            return replace(case, reception=reception.evolve(case.reception, event))
        case (
            CaseRoutedOut()
            | NonAcceptanceProposed()
            | NonAcceptanceDeclined()
            | CaseNotAccepted()
            | CaseSplit()
            | AccusationSealed()
            | WithdrawalRequested()
            | CaseWithdrawn()
            | SealedReportReceived()
            | CorrectionProposed()
            | RegistrationCorrected()
            | ReclassificationProposed()
            | CaseReclassified()
            | VoidingProposed()
            | RegistrationVoided()
            | SuggestionStudied()
            | SuggestionDecided()
        ):
            return sorting.evolve(case, event)
        case _:
            assert_never(event)


case_decider: Decider[Case, IntakeCommand, IntakeCaseEvent] = Decider(
    initial=Case(), decide=decide, evolve=evolve
)
