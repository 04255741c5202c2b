"""What intake's lines tell about the books beside its ledger: serials given out, requests answered."""

from __future__ import annotations

from typing import Any

from chassis.service import Recalled
from huiyin.envelope.v1.envelope import RecordedEvent
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
    WithdrawalChannel,
    WithdrawalRequested,
)
from intake.domain.receipt import serial_of

_REQUESTS = {
    CaseRegistered: "register-case",
    CaseClassified: "classify-case",
    ContentDisclosed: "disclosures",
    OralRecordConfirmed: "confirm-oral-record",
    MaterialAdded: "add-material",
    AttachmentAdded: "add-attachment",
    UrgentMatterFlagged: "flag-urgent-matter",
    UrgentMatterReported: "report-urgent-matter",
    CaseRoutedOut: "route-out",
    NonAcceptanceProposed: "propose-non-acceptance",
    NonAcceptanceDeclined: "decline-non-acceptance",
    CaseNotAccepted: "confirm-non-acceptance",
    CaseSplit: "split-case",
    AccusationSealed: "seal-accusation",
    CaseWithdrawn: "petitioner/confirm-withdrawal",
    SealedReportReceived: "petitioner/report-pressure",
    CorrectionProposed: "correct-registration",
    RegistrationCorrected: "correct-registration",
    ReclassificationProposed: "reclassify-case",
    CaseReclassified: "reclassify-case",
    VoidingProposed: "void-duplicate-registration",
    RegistrationVoided: "void-duplicate-registration",
    SuggestionStudied: "study-suggestion",
    SuggestionDecided: "decide-suggestion",
}


def recall(recorded: RecordedEvent, event: Any) -> Recalled:
    """A receipt number uses up its serial for ever, however the number came to be."""
    if isinstance(event, CaseReceived):
        register, serial = serial_of(event.receipt_number)
        asked = (
            "" if event.parent_case_id else "POST /intake/v1/cases"
        )  # A part was asked for with its letter.
        return Recalled(operation=asked, serials={register: serial})
    if isinstance(event, WithdrawalRequested):
        own = "petitioner/" if event.channel is WithdrawalChannel.PETITIONER else ""
        return Recalled(operation=f"POST /intake/v1/cases/{event.case_id}/{own}request-withdrawal")
    if (request := _REQUESTS.get(type(event))) is not None:
        return Recalled(operation=f"POST /intake/v1/cases/{event.case_id}/{request}")
    return Recalled()
