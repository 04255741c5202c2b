"""Conversions for huiyin.intake.v1. Generated from huiyin/intake/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from datetime import date

from huiyin.common.v1.types import Channel
from huiyin.common.v1.types_wire import (
    fill_wire_deadline,
    fill_wire_sealed,
    from_wire_deadline,
    from_wire_sealed,
)
from huiyin.instants import fill_wire_instant, from_wire_instant
from huiyin.intake.v1 import events as types
from huiyin.intake.v1 import events_pb2 as pb
from huiyin.malformed import Malformed
from huiyin.quick import maker

_date = date.fromisoformat
_channel_of = {int(each): each for each in Channel}
_no_channel = Channel.UNSPECIFIED
_category_of = {int(each): each for each in types.Category}
_no_category = types.Category.UNSPECIFIED
_jointness_of = {int(each): each for each in types.Jointness}
_no_jointness = types.Jointness.UNSPECIFIED
_non_acceptance_ground_of = {int(each): each for each in types.NonAcceptanceGround}
_no_non_acceptance_ground = types.NonAcceptanceGround.UNSPECIFIED
_route_of = {int(each): each for each in types.Route}
_no_route = types.Route.UNSPECIFIED
_scan_of = {int(each): each for each in types.Scan}
_no_scan = types.Scan.UNSPECIFIED
_suggestion_outcome_of = {int(each): each for each in types.SuggestionOutcome}
_no_suggestion_outcome = types.SuggestionOutcome.UNSPECIFIED
_withdrawal_channel_of = {int(each): each for each in types.WithdrawalChannel}
_no_withdrawal_channel = types.WithdrawalChannel.UNSPECIFIED
_make_case_received = maker(types.CaseReceived)
_make_filing = maker(types.Filing)
_make_case_registered = maker(types.CaseRegistered)
_make_case_classified = maker(types.CaseClassified)
_make_content_disclosed = maker(types.ContentDisclosed)
_make_case_routed_out = maker(types.CaseRoutedOut)
_make_non_acceptance_proposed = maker(types.NonAcceptanceProposed)
_make_non_acceptance_declined = maker(types.NonAcceptanceDeclined)
_make_case_not_accepted = maker(types.CaseNotAccepted)
_make_case_split = maker(types.CaseSplit)
_make_accusation_sealed = maker(types.AccusationSealed)
_make_withdrawal_requested = maker(types.WithdrawalRequested)
_make_case_withdrawn = maker(types.CaseWithdrawn)
_make_sealed_report_received = maker(types.SealedReportReceived)
_make_registration_corrected = maker(types.RegistrationCorrected)
_make_correction_proposed = maker(types.CorrectionProposed)
_make_classification = maker(types.Classification)
_make_reclassification_proposed = maker(types.ReclassificationProposed)
_make_case_reclassified = maker(types.CaseReclassified)
_make_voiding_proposed = maker(types.VoidingProposed)
_make_registration_voided = maker(types.RegistrationVoided)
_make_suggestion_studied = maker(types.SuggestionStudied)
_make_suggestion_decided = maker(types.SuggestionDecided)
_make_oral_record_confirmed = maker(types.OralRecordConfirmed)
_make_material_added = maker(types.MaterialAdded)
_make_attachment_added = maker(types.AttachmentAdded)
_make_urgent_matter_flagged = maker(types.UrgentMatterFlagged)
_make_urgent_matter_reported = maker(types.UrgentMatterReported)


def to_wire_case_received(value: types.CaseReceived) -> pb.CaseReceived:
    """The protobuf message of a CaseReceived."""
    message = pb.CaseReceived()
    fill_wire_case_received(message, value)
    return message


def fill_wire_case_received(message: pb.CaseReceived, value: types.CaseReceived) -> None:
    """Give an empty protobuf message what a CaseReceived says."""
    message.case_id = value.case_id
    message.receipt_number = value.receipt_number
    message.channel = value.channel  # type: ignore[assignment]
    message.first_receiver_unit_id = value.first_receiver_unit_id
    message.anonymous = value.anonymous
    if value.petitioner is not None:
        fill_wire_sealed(message.petitioner, value.petitioner)
    fill_wire_sealed(message.petition, value.petition)
    fill_wire_deadline(message.transfer_deadline, value.transfer_deadline)
    if value.key_in_deadline is not None:
        fill_wire_deadline(message.key_in_deadline, value.key_in_deadline)
    if value.filing is not None:
        fill_wire_filing(message.filing, value.filing)
    if value.representatives is not None:
        fill_wire_sealed(message.representatives, value.representatives)
    if value.parent_case_id is not None:
        message.parent_case_id = value.parent_case_id


def from_wire_case_received(message: pb.CaseReceived) -> types.CaseReceived:
    """The CaseReceived that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("petition"):
        raise Malformed("huiyin.intake.v1.CaseReceived.petition is missing")
    if not message.HasField("transfer_deadline"):
        raise Malformed("huiyin.intake.v1.CaseReceived.transfer_deadline is missing")
    return _make_case_received(
        case_id=message.case_id,
        receipt_number=message.receipt_number,
        channel=_channel_of.get(message.channel, _no_channel),
        first_receiver_unit_id=message.first_receiver_unit_id,
        anonymous=message.anonymous,
        petitioner=from_wire_sealed(message.petitioner) if message.HasField("petitioner") else None,
        petition=from_wire_sealed(message.petition),
        transfer_deadline=from_wire_deadline(message.transfer_deadline),
        key_in_deadline=from_wire_deadline(message.key_in_deadline)
        if message.HasField("key_in_deadline")
        else None,
        filing=from_wire_filing(message.filing) if message.HasField("filing") else None,
        representatives=from_wire_sealed(message.representatives)
        if message.HasField("representatives")
        else None,
        parent_case_id=message.parent_case_id if message.HasField("parent_case_id") else None,
    )


def to_wire_filing(value: types.Filing) -> pb.Filing:
    """The protobuf message of a Filing."""
    message = pb.Filing()
    fill_wire_filing(message, value)
    return message


def fill_wire_filing(message: pb.Filing, value: types.Filing) -> None:
    """Give an empty protobuf message what a Filing says."""
    message.confidential = value.confidential
    message.external_number = value.external_number
    message.jointness = value.jointness  # type: ignore[assignment]
    message.petitioners = value.petitioners
    message.representatives = value.representatives


def from_wire_filing(message: pb.Filing) -> types.Filing:
    """The Filing that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_filing(
        confidential=message.confidential,
        external_number=message.external_number,
        jointness=_jointness_of.get(message.jointness, _no_jointness),
        petitioners=message.petitioners,
        representatives=message.representatives,
    )


def to_wire_case_registered(value: types.CaseRegistered) -> pb.CaseRegistered:
    """The protobuf message of a CaseRegistered."""
    message = pb.CaseRegistered()
    fill_wire_case_registered(message, value)
    return message


def fill_wire_case_registered(message: pb.CaseRegistered, value: types.CaseRegistered) -> None:
    """Give an empty protobuf message what a CaseRegistered says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id


def from_wire_case_registered(message: pb.CaseRegistered) -> types.CaseRegistered:
    """The CaseRegistered that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_case_registered(
        case_id=message.case_id,
        unit_id=message.unit_id,
    )


def to_wire_case_classified(value: types.CaseClassified) -> pb.CaseClassified:
    """The protobuf message of a CaseClassified."""
    message = pb.CaseClassified()
    fill_wire_case_classified(message, value)
    return message


def fill_wire_case_classified(message: pb.CaseClassified, value: types.CaseClassified) -> None:
    """Give an empty protobuf message what a CaseClassified says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.category = value.category  # type: ignore[assignment]
    message.subject = value.subject
    message.competent_unit_id = value.competent_unit_id
    message.urgent = value.urgent
    message.receipt_number = value.receipt_number
    message.first_receiver_unit_id = value.first_receiver_unit_id
    message.received_on = value.received_on.isoformat()
    fill_wire_deadline(message.transfer_deadline, value.transfer_deadline)
    message.route = value.route  # type: ignore[assignment]
    message.legal_basis = value.legal_basis
    message.subject_code = value.subject_code
    message.taxonomy = value.taxonomy
    message.secondary_codes.extend(value.secondary_codes)
    message.facets.extend(value.facets)
    message.campaign_tags.extend(value.campaign_tags)
    message.cause_act_id = value.cause_act_id
    message.outside_evaluation = value.outside_evaluation
    message.by_ref = value.by_ref


def from_wire_case_classified(message: pb.CaseClassified) -> types.CaseClassified:
    """The CaseClassified that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("transfer_deadline"):
        raise Malformed("huiyin.intake.v1.CaseClassified.transfer_deadline is missing")
    return _make_case_classified(
        case_id=message.case_id,
        unit_id=message.unit_id,
        category=_category_of.get(message.category, _no_category),
        subject=message.subject,
        competent_unit_id=message.competent_unit_id,
        urgent=message.urgent,
        receipt_number=message.receipt_number,
        first_receiver_unit_id=message.first_receiver_unit_id,
        received_on=_date(message.received_on),
        transfer_deadline=from_wire_deadline(message.transfer_deadline),
        route=_route_of.get(message.route, _no_route),
        legal_basis=message.legal_basis,
        subject_code=message.subject_code,
        taxonomy=message.taxonomy,
        secondary_codes=tuple(message.secondary_codes),
        facets=tuple(message.facets),
        campaign_tags=tuple(message.campaign_tags),
        cause_act_id=message.cause_act_id,
        outside_evaluation=message.outside_evaluation,
        by_ref=message.by_ref,
    )


def to_wire_content_disclosed(value: types.ContentDisclosed) -> pb.ContentDisclosed:
    """The protobuf message of a ContentDisclosed."""
    message = pb.ContentDisclosed()
    fill_wire_content_disclosed(message, value)
    return message


def fill_wire_content_disclosed(message: pb.ContentDisclosed, value: types.ContentDisclosed) -> None:
    """Give an empty protobuf message what a ContentDisclosed says."""
    message.case_id = value.case_id
    message.items.extend(value.items)
    message.to_unit_id = value.to_unit_id
    message.purpose = value.purpose


def from_wire_content_disclosed(message: pb.ContentDisclosed) -> types.ContentDisclosed:
    """The ContentDisclosed that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_content_disclosed(
        case_id=message.case_id,
        items=tuple(message.items),
        to_unit_id=message.to_unit_id,
        purpose=message.purpose,
    )


def to_wire_case_routed_out(value: types.CaseRoutedOut) -> pb.CaseRoutedOut:
    """The protobuf message of a CaseRoutedOut."""
    message = pb.CaseRoutedOut()
    fill_wire_case_routed_out(message, value)
    return message


def fill_wire_case_routed_out(message: pb.CaseRoutedOut, value: types.CaseRoutedOut) -> None:
    """Give an empty protobuf message what a CaseRoutedOut says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    message.route = value.route  # type: ignore[assignment]
    message.organ_name = value.organ_name
    message.legal_basis = value.legal_basis
    message.organ_limit = value.organ_limit
    fill_wire_sealed(message.notice, value.notice)
    message.outside_evaluation = value.outside_evaluation


def from_wire_case_routed_out(message: pb.CaseRoutedOut) -> types.CaseRoutedOut:
    """The CaseRoutedOut that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("notice"):
        raise Malformed("huiyin.intake.v1.CaseRoutedOut.notice is missing")
    return _make_case_routed_out(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        route=_route_of.get(message.route, _no_route),
        organ_name=message.organ_name,
        legal_basis=message.legal_basis,
        organ_limit=message.organ_limit,
        notice=from_wire_sealed(message.notice),
        outside_evaluation=message.outside_evaluation,
    )


def to_wire_non_acceptance_proposed(value: types.NonAcceptanceProposed) -> pb.NonAcceptanceProposed:
    """The protobuf message of a NonAcceptanceProposed."""
    message = pb.NonAcceptanceProposed()
    fill_wire_non_acceptance_proposed(message, value)
    return message


def fill_wire_non_acceptance_proposed(
    message: pb.NonAcceptanceProposed, value: types.NonAcceptanceProposed
) -> None:
    """Give an empty protobuf message what a NonAcceptanceProposed says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    message.ground = value.ground  # type: ignore[assignment]
    message.earlier_case_id = value.earlier_case_id
    message.earlier_unit_id = value.earlier_unit_id
    if value.earlier_due_on is not None:
        message.earlier_due_on = value.earlier_due_on.isoformat()
    fill_wire_sealed(message.notice, value.notice)


def from_wire_non_acceptance_proposed(message: pb.NonAcceptanceProposed) -> types.NonAcceptanceProposed:
    """The NonAcceptanceProposed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("notice"):
        raise Malformed("huiyin.intake.v1.NonAcceptanceProposed.notice is missing")
    return _make_non_acceptance_proposed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        ground=_non_acceptance_ground_of.get(message.ground, _no_non_acceptance_ground),
        earlier_case_id=message.earlier_case_id,
        earlier_unit_id=message.earlier_unit_id,
        earlier_due_on=_date(message.earlier_due_on) if message.HasField("earlier_due_on") else None,
        notice=from_wire_sealed(message.notice),
    )


def to_wire_non_acceptance_declined(value: types.NonAcceptanceDeclined) -> pb.NonAcceptanceDeclined:
    """The protobuf message of a NonAcceptanceDeclined."""
    message = pb.NonAcceptanceDeclined()
    fill_wire_non_acceptance_declined(message, value)
    return message


def fill_wire_non_acceptance_declined(
    message: pb.NonAcceptanceDeclined, value: types.NonAcceptanceDeclined
) -> None:
    """Give an empty protobuf message what a NonAcceptanceDeclined says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    fill_wire_sealed(message.reason, value.reason)


def from_wire_non_acceptance_declined(message: pb.NonAcceptanceDeclined) -> types.NonAcceptanceDeclined:
    """The NonAcceptanceDeclined that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("reason"):
        raise Malformed("huiyin.intake.v1.NonAcceptanceDeclined.reason is missing")
    return _make_non_acceptance_declined(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        reason=from_wire_sealed(message.reason),
    )


def to_wire_case_not_accepted(value: types.CaseNotAccepted) -> pb.CaseNotAccepted:
    """The protobuf message of a CaseNotAccepted."""
    message = pb.CaseNotAccepted()
    fill_wire_case_not_accepted(message, value)
    return message


def fill_wire_case_not_accepted(message: pb.CaseNotAccepted, value: types.CaseNotAccepted) -> None:
    """Give an empty protobuf message what a CaseNotAccepted says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.ground = value.ground  # type: ignore[assignment]
    message.legal_basis = value.legal_basis
    message.earlier_case_id = value.earlier_case_id
    message.earlier_unit_id = value.earlier_unit_id
    if value.earlier_due_on is not None:
        message.earlier_due_on = value.earlier_due_on.isoformat()
    message.proposed_by_ref = value.proposed_by_ref
    message.confirmed_by_ref = value.confirmed_by_ref
    fill_wire_sealed(message.notice, value.notice)


def from_wire_case_not_accepted(message: pb.CaseNotAccepted) -> types.CaseNotAccepted:
    """The CaseNotAccepted that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("notice"):
        raise Malformed("huiyin.intake.v1.CaseNotAccepted.notice is missing")
    return _make_case_not_accepted(
        case_id=message.case_id,
        unit_id=message.unit_id,
        ground=_non_acceptance_ground_of.get(message.ground, _no_non_acceptance_ground),
        legal_basis=message.legal_basis,
        earlier_case_id=message.earlier_case_id,
        earlier_unit_id=message.earlier_unit_id,
        earlier_due_on=_date(message.earlier_due_on) if message.HasField("earlier_due_on") else None,
        proposed_by_ref=message.proposed_by_ref,
        confirmed_by_ref=message.confirmed_by_ref,
        notice=from_wire_sealed(message.notice),
    )


def to_wire_case_split(value: types.CaseSplit) -> pb.CaseSplit:
    """The protobuf message of a CaseSplit."""
    message = pb.CaseSplit()
    fill_wire_case_split(message, value)
    return message


def fill_wire_case_split(message: pb.CaseSplit, value: types.CaseSplit) -> None:
    """Give an empty protobuf message what a CaseSplit says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    message.part_case_ids.extend(value.part_case_ids)


def from_wire_case_split(message: pb.CaseSplit) -> types.CaseSplit:
    """The CaseSplit that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_case_split(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        part_case_ids=tuple(message.part_case_ids),
    )


def to_wire_accusation_sealed(value: types.AccusationSealed) -> pb.AccusationSealed:
    """The protobuf message of a AccusationSealed."""
    message = pb.AccusationSealed()
    fill_wire_accusation_sealed(message, value)
    return message


def fill_wire_accusation_sealed(message: pb.AccusationSealed, value: types.AccusationSealed) -> None:
    """Give an empty protobuf message what a AccusationSealed says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.received_on = value.received_on.isoformat()
    message.receipt_hash = value.receipt_hash
    fill_wire_deadline(message.passing_deadline, value.passing_deadline)
    fill_wire_sealed(message.accused, value.accused)


def from_wire_accusation_sealed(message: pb.AccusationSealed) -> types.AccusationSealed:
    """The AccusationSealed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("passing_deadline"):
        raise Malformed("huiyin.intake.v1.AccusationSealed.passing_deadline is missing")
    if not message.HasField("accused"):
        raise Malformed("huiyin.intake.v1.AccusationSealed.accused is missing")
    return _make_accusation_sealed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        received_on=_date(message.received_on),
        receipt_hash=message.receipt_hash,
        passing_deadline=from_wire_deadline(message.passing_deadline),
        accused=from_wire_sealed(message.accused),
    )


def to_wire_withdrawal_requested(value: types.WithdrawalRequested) -> pb.WithdrawalRequested:
    """The protobuf message of a WithdrawalRequested."""
    message = pb.WithdrawalRequested()
    fill_wire_withdrawal_requested(message, value)
    return message


def fill_wire_withdrawal_requested(message: pb.WithdrawalRequested, value: types.WithdrawalRequested) -> None:
    """Give an empty protobuf message what a WithdrawalRequested says."""
    message.case_id = value.case_id
    message.channel = value.channel  # type: ignore[assignment]
    message.unit_id = value.unit_id
    fill_wire_instant(message.confirm_from_at, value.confirm_from_at)


def from_wire_withdrawal_requested(message: pb.WithdrawalRequested) -> types.WithdrawalRequested:
    """The WithdrawalRequested that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("confirm_from_at"):
        raise Malformed("huiyin.intake.v1.WithdrawalRequested.confirm_from_at is missing")
    return _make_withdrawal_requested(
        case_id=message.case_id,
        channel=_withdrawal_channel_of.get(message.channel, _no_withdrawal_channel),
        unit_id=message.unit_id,
        confirm_from_at=from_wire_instant(message.confirm_from_at),
    )


def to_wire_case_withdrawn(value: types.CaseWithdrawn) -> pb.CaseWithdrawn:
    """The protobuf message of a CaseWithdrawn."""
    message = pb.CaseWithdrawn()
    fill_wire_case_withdrawn(message, value)
    return message


def fill_wire_case_withdrawn(message: pb.CaseWithdrawn, value: types.CaseWithdrawn) -> None:
    """Give an empty protobuf message what a CaseWithdrawn says."""
    message.case_id = value.case_id
    message.requested_by_channel = value.requested_by_channel  # type: ignore[assignment]


def from_wire_case_withdrawn(message: pb.CaseWithdrawn) -> types.CaseWithdrawn:
    """The CaseWithdrawn that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_case_withdrawn(
        case_id=message.case_id,
        requested_by_channel=_withdrawal_channel_of.get(message.requested_by_channel, _no_withdrawal_channel),
    )


def to_wire_sealed_report_received(value: types.SealedReportReceived) -> pb.SealedReportReceived:
    """The protobuf message of a SealedReportReceived."""
    message = pb.SealedReportReceived()
    fill_wire_sealed_report_received(message, value)
    return message


def fill_wire_sealed_report_received(
    message: pb.SealedReportReceived, value: types.SealedReportReceived
) -> None:
    """Give an empty protobuf message what a SealedReportReceived says."""
    message.case_id = value.case_id
    fill_wire_sealed(message.report, value.report)
    message.to_unit_id = value.to_unit_id


def from_wire_sealed_report_received(message: pb.SealedReportReceived) -> types.SealedReportReceived:
    """The SealedReportReceived that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("report"):
        raise Malformed("huiyin.intake.v1.SealedReportReceived.report is missing")
    return _make_sealed_report_received(
        case_id=message.case_id,
        report=from_wire_sealed(message.report),
        to_unit_id=message.to_unit_id,
    )


def to_wire_registration_corrected(value: types.RegistrationCorrected) -> pb.RegistrationCorrected:
    """The protobuf message of a RegistrationCorrected."""
    message = pb.RegistrationCorrected()
    fill_wire_registration_corrected(message, value)
    return message


def fill_wire_registration_corrected(
    message: pb.RegistrationCorrected, value: types.RegistrationCorrected
) -> None:
    """Give an empty protobuf message what a RegistrationCorrected says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    message.old_channel = value.old_channel  # type: ignore[assignment]
    message.new_channel = value.new_channel  # type: ignore[assignment]
    message.old_received_on = value.old_received_on.isoformat()
    message.new_received_on = value.new_received_on.isoformat()
    fill_wire_deadline(message.transfer_deadline, value.transfer_deadline)
    fill_wire_sealed(message.reason, value.reason)
    message.confirmed_by_ref = value.confirmed_by_ref


def from_wire_registration_corrected(message: pb.RegistrationCorrected) -> types.RegistrationCorrected:
    """The RegistrationCorrected that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("transfer_deadline"):
        raise Malformed("huiyin.intake.v1.RegistrationCorrected.transfer_deadline is missing")
    if not message.HasField("reason"):
        raise Malformed("huiyin.intake.v1.RegistrationCorrected.reason is missing")
    return _make_registration_corrected(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        old_channel=_channel_of.get(message.old_channel, _no_channel),
        new_channel=_channel_of.get(message.new_channel, _no_channel),
        old_received_on=_date(message.old_received_on),
        new_received_on=_date(message.new_received_on),
        transfer_deadline=from_wire_deadline(message.transfer_deadline),
        reason=from_wire_sealed(message.reason),
        confirmed_by_ref=message.confirmed_by_ref,
    )


def to_wire_correction_proposed(value: types.CorrectionProposed) -> pb.CorrectionProposed:
    """The protobuf message of a CorrectionProposed."""
    message = pb.CorrectionProposed()
    fill_wire_correction_proposed(message, value)
    return message


def fill_wire_correction_proposed(message: pb.CorrectionProposed, value: types.CorrectionProposed) -> None:
    """Give an empty protobuf message what a CorrectionProposed says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    message.new_channel = value.new_channel  # type: ignore[assignment]
    message.new_received_on = value.new_received_on.isoformat()
    fill_wire_sealed(message.reason, value.reason)


def from_wire_correction_proposed(message: pb.CorrectionProposed) -> types.CorrectionProposed:
    """The CorrectionProposed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("reason"):
        raise Malformed("huiyin.intake.v1.CorrectionProposed.reason is missing")
    return _make_correction_proposed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        new_channel=_channel_of.get(message.new_channel, _no_channel),
        new_received_on=_date(message.new_received_on),
        reason=from_wire_sealed(message.reason),
    )


def to_wire_classification(value: types.Classification) -> pb.Classification:
    """The protobuf message of a Classification."""
    message = pb.Classification()
    fill_wire_classification(message, value)
    return message


def fill_wire_classification(message: pb.Classification, value: types.Classification) -> None:
    """Give an empty protobuf message what a Classification says."""
    message.category = value.category  # type: ignore[assignment]
    message.route = value.route  # type: ignore[assignment]
    message.legal_basis = value.legal_basis
    message.subject = value.subject
    message.subject_code = value.subject_code
    message.taxonomy = value.taxonomy
    message.competent_unit_id = value.competent_unit_id
    message.urgent = value.urgent
    message.outside_evaluation = value.outside_evaluation


def from_wire_classification(message: pb.Classification) -> types.Classification:
    """The Classification that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_classification(
        category=_category_of.get(message.category, _no_category),
        route=_route_of.get(message.route, _no_route),
        legal_basis=message.legal_basis,
        subject=message.subject,
        subject_code=message.subject_code,
        taxonomy=message.taxonomy,
        competent_unit_id=message.competent_unit_id,
        urgent=message.urgent,
        outside_evaluation=message.outside_evaluation,
    )


def to_wire_reclassification_proposed(value: types.ReclassificationProposed) -> pb.ReclassificationProposed:
    """The protobuf message of a ReclassificationProposed."""
    message = pb.ReclassificationProposed()
    fill_wire_reclassification_proposed(message, value)
    return message


def fill_wire_reclassification_proposed(
    message: pb.ReclassificationProposed, value: types.ReclassificationProposed
) -> None:
    """Give an empty protobuf message what a ReclassificationProposed says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    fill_wire_classification(message.new, value.new)
    fill_wire_sealed(message.reason, value.reason)


def from_wire_reclassification_proposed(
    message: pb.ReclassificationProposed,
) -> types.ReclassificationProposed:
    """The ReclassificationProposed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("new"):
        raise Malformed("huiyin.intake.v1.ReclassificationProposed.new is missing")
    if not message.HasField("reason"):
        raise Malformed("huiyin.intake.v1.ReclassificationProposed.reason is missing")
    return _make_reclassification_proposed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        new=from_wire_classification(message.new),
        reason=from_wire_sealed(message.reason),
    )


def to_wire_case_reclassified(value: types.CaseReclassified) -> pb.CaseReclassified:
    """The protobuf message of a CaseReclassified."""
    message = pb.CaseReclassified()
    fill_wire_case_reclassified(message, value)
    return message


def fill_wire_case_reclassified(message: pb.CaseReclassified, value: types.CaseReclassified) -> None:
    """Give an empty protobuf message what a CaseReclassified says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    message.confirmed_by_ref = value.confirmed_by_ref
    fill_wire_classification(message.old, value.old)
    fill_wire_classification(message.new, value.new)
    fill_wire_sealed(message.reason, value.reason)


def from_wire_case_reclassified(message: pb.CaseReclassified) -> types.CaseReclassified:
    """The CaseReclassified that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("old"):
        raise Malformed("huiyin.intake.v1.CaseReclassified.old is missing")
    if not message.HasField("new"):
        raise Malformed("huiyin.intake.v1.CaseReclassified.new is missing")
    if not message.HasField("reason"):
        raise Malformed("huiyin.intake.v1.CaseReclassified.reason is missing")
    return _make_case_reclassified(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        confirmed_by_ref=message.confirmed_by_ref,
        old=from_wire_classification(message.old),
        new=from_wire_classification(message.new),
        reason=from_wire_sealed(message.reason),
    )


def to_wire_voiding_proposed(value: types.VoidingProposed) -> pb.VoidingProposed:
    """The protobuf message of a VoidingProposed."""
    message = pb.VoidingProposed()
    fill_wire_voiding_proposed(message, value)
    return message


def fill_wire_voiding_proposed(message: pb.VoidingProposed, value: types.VoidingProposed) -> None:
    """Give an empty protobuf message what a VoidingProposed says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    message.kept_case_id = value.kept_case_id
    fill_wire_sealed(message.reason, value.reason)


def from_wire_voiding_proposed(message: pb.VoidingProposed) -> types.VoidingProposed:
    """The VoidingProposed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("reason"):
        raise Malformed("huiyin.intake.v1.VoidingProposed.reason is missing")
    return _make_voiding_proposed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        kept_case_id=message.kept_case_id,
        reason=from_wire_sealed(message.reason),
    )


def to_wire_registration_voided(value: types.RegistrationVoided) -> pb.RegistrationVoided:
    """The protobuf message of a RegistrationVoided."""
    message = pb.RegistrationVoided()
    fill_wire_registration_voided(message, value)
    return message


def fill_wire_registration_voided(message: pb.RegistrationVoided, value: types.RegistrationVoided) -> None:
    """Give an empty protobuf message what a RegistrationVoided says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.by_ref = value.by_ref
    message.confirmed_by_ref = value.confirmed_by_ref
    message.kept_case_id = value.kept_case_id
    fill_wire_sealed(message.reason, value.reason)


def from_wire_registration_voided(message: pb.RegistrationVoided) -> types.RegistrationVoided:
    """The RegistrationVoided that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("reason"):
        raise Malformed("huiyin.intake.v1.RegistrationVoided.reason is missing")
    return _make_registration_voided(
        case_id=message.case_id,
        unit_id=message.unit_id,
        by_ref=message.by_ref,
        confirmed_by_ref=message.confirmed_by_ref,
        kept_case_id=message.kept_case_id,
        reason=from_wire_sealed(message.reason),
    )


def to_wire_suggestion_studied(value: types.SuggestionStudied) -> pb.SuggestionStudied:
    """The protobuf message of a SuggestionStudied."""
    message = pb.SuggestionStudied()
    fill_wire_suggestion_studied(message, value)
    return message


def fill_wire_suggestion_studied(message: pb.SuggestionStudied, value: types.SuggestionStudied) -> None:
    """Give an empty protobuf message what a SuggestionStudied says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    fill_wire_deadline(message.reply_deadline, value.reply_deadline)


def from_wire_suggestion_studied(message: pb.SuggestionStudied) -> types.SuggestionStudied:
    """The SuggestionStudied that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("reply_deadline"):
        raise Malformed("huiyin.intake.v1.SuggestionStudied.reply_deadline is missing")
    return _make_suggestion_studied(
        case_id=message.case_id,
        unit_id=message.unit_id,
        reply_deadline=from_wire_deadline(message.reply_deadline),
    )


def to_wire_suggestion_decided(value: types.SuggestionDecided) -> pb.SuggestionDecided:
    """The protobuf message of a SuggestionDecided."""
    message = pb.SuggestionDecided()
    fill_wire_suggestion_decided(message, value)
    return message


def fill_wire_suggestion_decided(message: pb.SuggestionDecided, value: types.SuggestionDecided) -> None:
    """Give an empty protobuf message what a SuggestionDecided says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.outcome = value.outcome  # type: ignore[assignment]
    fill_wire_sealed(message.reply, value.reply)


def from_wire_suggestion_decided(message: pb.SuggestionDecided) -> types.SuggestionDecided:
    """The SuggestionDecided that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("reply"):
        raise Malformed("huiyin.intake.v1.SuggestionDecided.reply is missing")
    return _make_suggestion_decided(
        case_id=message.case_id,
        unit_id=message.unit_id,
        outcome=_suggestion_outcome_of.get(message.outcome, _no_suggestion_outcome),
        reply=from_wire_sealed(message.reply),
    )


def to_wire_oral_record_confirmed(value: types.OralRecordConfirmed) -> pb.OralRecordConfirmed:
    """The protobuf message of a OralRecordConfirmed."""
    message = pb.OralRecordConfirmed()
    fill_wire_oral_record_confirmed(message, value)
    return message


def fill_wire_oral_record_confirmed(
    message: pb.OralRecordConfirmed, value: types.OralRecordConfirmed
) -> None:
    """Give an empty protobuf message what a OralRecordConfirmed says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    fill_wire_sealed(message.record, value.record)
    if value.corrections is not None:
        fill_wire_sealed(message.corrections, value.corrections)


def from_wire_oral_record_confirmed(message: pb.OralRecordConfirmed) -> types.OralRecordConfirmed:
    """The OralRecordConfirmed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("record"):
        raise Malformed("huiyin.intake.v1.OralRecordConfirmed.record is missing")
    return _make_oral_record_confirmed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        record=from_wire_sealed(message.record),
        corrections=from_wire_sealed(message.corrections) if message.HasField("corrections") else None,
    )


def to_wire_material_added(value: types.MaterialAdded) -> pb.MaterialAdded:
    """The protobuf message of a MaterialAdded."""
    message = pb.MaterialAdded()
    fill_wire_material_added(message, value)
    return message


def fill_wire_material_added(message: pb.MaterialAdded, value: types.MaterialAdded) -> None:
    """Give an empty protobuf message what a MaterialAdded says."""
    message.case_id = value.case_id
    fill_wire_sealed(message.material, value.material)


def from_wire_material_added(message: pb.MaterialAdded) -> types.MaterialAdded:
    """The MaterialAdded that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("material"):
        raise Malformed("huiyin.intake.v1.MaterialAdded.material is missing")
    return _make_material_added(
        case_id=message.case_id,
        material=from_wire_sealed(message.material),
    )


def to_wire_attachment_added(value: types.AttachmentAdded) -> pb.AttachmentAdded:
    """The protobuf message of a AttachmentAdded."""
    message = pb.AttachmentAdded()
    fill_wire_attachment_added(message, value)
    return message


def fill_wire_attachment_added(message: pb.AttachmentAdded, value: types.AttachmentAdded) -> None:
    """Give an empty protobuf message what a AttachmentAdded says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    fill_wire_sealed(message.attachment, value.attachment)
    message.media_type = value.media_type
    message.size_bytes = value.size_bytes
    message.scan = value.scan  # type: ignore[assignment]


def from_wire_attachment_added(message: pb.AttachmentAdded) -> types.AttachmentAdded:
    """The AttachmentAdded that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("attachment"):
        raise Malformed("huiyin.intake.v1.AttachmentAdded.attachment is missing")
    return _make_attachment_added(
        case_id=message.case_id,
        unit_id=message.unit_id,
        attachment=from_wire_sealed(message.attachment),
        media_type=message.media_type,
        size_bytes=message.size_bytes,
        scan=_scan_of.get(message.scan, _no_scan),
    )


def to_wire_urgent_matter_flagged(value: types.UrgentMatterFlagged) -> pb.UrgentMatterFlagged:
    """The protobuf message of a UrgentMatterFlagged."""
    message = pb.UrgentMatterFlagged()
    fill_wire_urgent_matter_flagged(message, value)
    return message


def fill_wire_urgent_matter_flagged(
    message: pb.UrgentMatterFlagged, value: types.UrgentMatterFlagged
) -> None:
    """Give an empty protobuf message what a UrgentMatterFlagged says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    fill_wire_instant(message.aware_at, value.aware_at)
    fill_wire_deadline(message.report_deadline, value.report_deadline)


def from_wire_urgent_matter_flagged(message: pb.UrgentMatterFlagged) -> types.UrgentMatterFlagged:
    """The UrgentMatterFlagged that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("aware_at"):
        raise Malformed("huiyin.intake.v1.UrgentMatterFlagged.aware_at is missing")
    if not message.HasField("report_deadline"):
        raise Malformed("huiyin.intake.v1.UrgentMatterFlagged.report_deadline is missing")
    return _make_urgent_matter_flagged(
        case_id=message.case_id,
        unit_id=message.unit_id,
        aware_at=from_wire_instant(message.aware_at),
        report_deadline=from_wire_deadline(message.report_deadline),
    )


def to_wire_urgent_matter_reported(value: types.UrgentMatterReported) -> pb.UrgentMatterReported:
    """The protobuf message of a UrgentMatterReported."""
    message = pb.UrgentMatterReported()
    fill_wire_urgent_matter_reported(message, value)
    return message


def fill_wire_urgent_matter_reported(
    message: pb.UrgentMatterReported, value: types.UrgentMatterReported
) -> None:
    """Give an empty protobuf message what a UrgentMatterReported says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.to_unit_ids.extend(value.to_unit_ids)
    fill_wire_instant(message.reported_at, value.reported_at)
    fill_wire_instant(message.aware_at, value.aware_at)


def from_wire_urgent_matter_reported(message: pb.UrgentMatterReported) -> types.UrgentMatterReported:
    """The UrgentMatterReported that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("reported_at"):
        raise Malformed("huiyin.intake.v1.UrgentMatterReported.reported_at is missing")
    if not message.HasField("aware_at"):
        raise Malformed("huiyin.intake.v1.UrgentMatterReported.aware_at is missing")
    return _make_urgent_matter_reported(
        case_id=message.case_id,
        unit_id=message.unit_id,
        to_unit_ids=tuple(message.to_unit_ids),
        reported_at=from_wire_instant(message.reported_at),
        aware_at=from_wire_instant(message.aware_at),
    )
