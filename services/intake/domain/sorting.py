"""Everything that becomes of a case in intake after it was classified, or instead of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias, assert_never

from huiyin.intake.v1.events import (
    AccusationSealed,
    CaseNotAccepted,
    CaseReclassified,
    CaseRoutedOut,
    CaseSplit,
    CaseWithdrawn,
    Category,
    CorrectionProposed,
    IntakeCaseEvent,
    NonAcceptanceDeclined,
    NonAcceptanceProposed,
    ReclassificationProposed,
    RegistrationCorrected,
    RegistrationVoided,
    SealedReportReceived,
    SuggestionDecided,
    SuggestionStudied,
    VoidingProposed,
    WithdrawalRequested,
)
from intake.domain import accusation, corrections, non_acceptance, routing_out, splitting, suggestion
from intake.domain import withdrawal as withdrawing
from intake.domain.accusation import SealAccusation
from intake.domain.corrections import CorrectRegistration, ReclassifyCase, VoidDuplicateRegistration
from intake.domain.non_acceptance import ConfirmNonAcceptance, DeclineNonAcceptance, ProposeNonAcceptance
from intake.domain.routing_out import RouteOut
from intake.domain.splitting import ReceivePart, SplitCase
from intake.domain.state import Case
from intake.domain.suggestion import DecideSuggestion, StudySuggestion
from intake.domain.withdrawal import ConfirmWithdrawal, ReportPressure, RequestWithdrawal

SortingCommand: TypeAlias = (
    RouteOut
    | ProposeNonAcceptance
    | ConfirmNonAcceptance
    | DeclineNonAcceptance
    | ReceivePart
    | SplitCase
    | SealAccusation
    | RequestWithdrawal
    | ConfirmWithdrawal
    | ReportPressure
    | CorrectRegistration
    | ReclassifyCase
    | VoidDuplicateRegistration
    | StudySuggestion
    | DecideSuggestion
)
SortingEvent: TypeAlias = (
    CaseRoutedOut
    | NonAcceptanceProposed
    | NonAcceptanceDeclined
    | CaseNotAccepted
    | CaseSplit
    | AccusationSealed
    | WithdrawalRequested
    | CaseWithdrawn
    | SealedReportReceived
    | CorrectionProposed
    | RegistrationCorrected
    | ReclassificationProposed
    | CaseReclassified
    | VoidingProposed
    | RegistrationVoided
    | SuggestionStudied
    | SuggestionDecided
)


def decide(case: Case, command: SortingCommand) -> Sequence[IntakeCaseEvent]:
    """The events that a command leads to."""
    match command:
        case RouteOut():
            return routing_out.route_out(case, command)
        case ProposeNonAcceptance():
            return non_acceptance.propose(case, command)
        case ConfirmNonAcceptance():
            return non_acceptance.confirm(case, command)
        case DeclineNonAcceptance():
            return non_acceptance.decline(case, command)
        case ReceivePart():
            return splitting.receive_part(case, command)
        case SplitCase():
            return splitting.split(case, command)
        case SealAccusation():
            return accusation.seal(case, command)
        case RequestWithdrawal():
            return withdrawing.request(case, command)
        case ConfirmWithdrawal():
            return withdrawing.confirm(case, command)
        case ReportPressure():
            return withdrawing.report_pressure(case, command)
        case CorrectRegistration():
            return corrections.correct(case, command)
        case ReclassifyCase():
            return corrections.reclassify(case, command)
        case VoidDuplicateRegistration():
            return corrections.void(case, command)
        case StudySuggestion():
            return suggestion.study(case, command)
        case DecideSuggestion():
            return suggestion.decide(case, command)
        case _:
            assert_never(command)


def evolve(case: Case, event: SortingEvent) -> Case:
    """The case after an event."""
    match event:
        case RegistrationCorrected():
            return _corrected(case, event)
        case CaseReclassified():
            return _reclassified(case, event)
        case (
            CaseRoutedOut()
            | CaseNotAccepted()
            | CaseSplit()
            | AccusationSealed()
            | CaseWithdrawn()
            | RegistrationVoided()
            | SuggestionDecided()
        ):
            sorting = replace(case.sorting, ended=event)
        case NonAcceptanceProposed():
            sorting = replace(case.sorting, non_acceptance=event)
        case NonAcceptanceDeclined():
            sorting = replace(case.sorting, non_acceptance=None, declined=event)
        case WithdrawalRequested():
            sorting = replace(case.sorting, withdrawal=event)
        case SealedReportReceived():
            reports = case.sorting.reports | {event.report.ref}
            sorting = replace(case.sorting, reports=reports, withdrawal=None)
        case CorrectionProposed():
            sorting = replace(case.sorting, correction=event)
        case ReclassificationProposed():
            sorting = replace(case.sorting, reclassification=event)
        case VoidingProposed():
            sorting = replace(case.sorting, voiding=event)
        case SuggestionStudied():
            sorting = replace(case.sorting, studied=event)
        case _:
            assert_never(event)
    return replace(case, sorting=sorting)


def _corrected(case: Case, event: RegistrationCorrected) -> Case:
    """Whoever reads the case reads the corrected values; the old ones are in the event."""
    assert case.received is not None
    received = replace(case.received, channel=event.new_channel, transfer_deadline=event.transfer_deadline)
    classified = case.classified and replace(
        case.classified, received_on=event.new_received_on, transfer_deadline=event.transfer_deadline
    )
    sorting = replace(case.sorting, correction=None)
    return replace(case, received=received, classified=classified, sorting=sorting)


def _reclassified(case: Case, event: CaseReclassified) -> Case:
    assert case.classified is not None
    new = event.new
    classified = replace(
        case.classified,
        category=new.category,
        route=new.route,
        legal_basis=new.legal_basis,
        subject=new.subject,
        subject_code=new.subject_code,
        taxonomy=new.taxonomy,
        competent_unit_id=new.competent_unit_id,
        urgent=new.urgent,
        outside_evaluation=new.outside_evaluation,
        by_ref=event.by_ref,
    )
    if new.category is Category.ACCUSATION:
        classified = replace(classified, secondary_codes=(), facets=(), campaign_tags=(), cause_act_id="")
    sorting = replace(case.sorting, reclassification=None, non_acceptance=None)
    return replace(case, classified=classified, sorting=sorting)
