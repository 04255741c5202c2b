"""Conversions for huiyin.routing.v1. Generated from huiyin/routing/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from datetime import date

from huiyin.common.v1.types_wire import (
    fill_wire_deadline,
    fill_wire_sealed,
    from_wire_deadline,
    from_wire_sealed,
)
from huiyin.malformed import Malformed
from huiyin.quick import maker
from huiyin.routing.v1 import events as types
from huiyin.routing.v1 import events_pb2 as pb

_date = date.fromisoformat
_outcome_of = {int(each): each for each in types.Outcome}
_no_outcome = types.Outcome.UNSPECIFIED
_unit_kind_of = {int(each): each for each in types.UnitKind}
_no_unit_kind = types.UnitKind.UNSPECIFIED
_unit_level_of = {int(each): each for each in types.UnitLevel}
_no_unit_level = types.UnitLevel.UNSPECIFIED
_make_unit_founded = maker(types.UnitFounded)
_make_head_appointed = maker(types.HeadAppointed)
_make_unit_renamed = maker(types.UnitRenamed)
_make_unit_moved = maker(types.UnitMoved)
_make_unit_split = maker(types.UnitSplit)
_make_unit_merged = maker(types.UnitMerged)
_make_unit_abolished = maker(types.UnitAbolished)
_make_successor_designated = maker(types.SuccessorDesignated)
_make_duty_assigned = maker(types.DutyAssigned)
_make_duty_ended = maker(types.DutyEnded)
_make_case_queued = maker(types.CaseQueued)
_make_case_dequeued = maker(types.CaseDequeued)
_make_case_transferred = maker(types.CaseTransferred)
_make_case_accepted = maker(types.CaseAccepted)
_make_acceptance_deemed = maker(types.AcceptanceDeemed)
_make_opinion_signed = maker(types.OpinionSigned)
_make_opinion_served = maker(types.OpinionServed)


def to_wire_unit_founded(value: types.UnitFounded) -> pb.UnitFounded:
    """The protobuf message of a UnitFounded."""
    message = pb.UnitFounded()
    fill_wire_unit_founded(message, value)
    return message


def fill_wire_unit_founded(message: pb.UnitFounded, value: types.UnitFounded) -> None:
    """Give an empty protobuf message what a UnitFounded says."""
    message.unit_id = value.unit_id
    message.name = value.name
    message.kind = value.kind  # type: ignore[assignment]
    message.level = value.level  # type: ignore[assignment]
    message.division = value.division
    if value.parent_unit_id is not None:
        message.parent_unit_id = value.parent_unit_id
    message.organ_code = value.organ_code
    if value.system_parent_unit_id is not None:
        message.system_parent_unit_id = value.system_parent_unit_id
    message.capabilities.extend(value.capabilities)
    if value.revision is not None:
        message.revision = value.revision


def from_wire_unit_founded(message: pb.UnitFounded) -> types.UnitFounded:
    """The UnitFounded that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_unit_founded(
        unit_id=message.unit_id,
        name=message.name,
        kind=_unit_kind_of.get(message.kind, _no_unit_kind),
        level=_unit_level_of.get(message.level, _no_unit_level),
        division=message.division,
        parent_unit_id=message.parent_unit_id if message.HasField("parent_unit_id") else None,
        organ_code=message.organ_code,
        system_parent_unit_id=message.system_parent_unit_id
        if message.HasField("system_parent_unit_id")
        else None,
        capabilities=tuple(message.capabilities),
        revision=message.revision if message.HasField("revision") else None,
    )


def to_wire_head_appointed(value: types.HeadAppointed) -> pb.HeadAppointed:
    """The protobuf message of a HeadAppointed."""
    message = pb.HeadAppointed()
    fill_wire_head_appointed(message, value)
    return message


def fill_wire_head_appointed(message: pb.HeadAppointed, value: types.HeadAppointed) -> None:
    """Give an empty protobuf message what a HeadAppointed says."""
    message.unit_id = value.unit_id
    message.head = value.head
    message.from_on = value.from_on.isoformat()


def from_wire_head_appointed(message: pb.HeadAppointed) -> types.HeadAppointed:
    """The HeadAppointed that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_head_appointed(
        unit_id=message.unit_id,
        head=message.head,
        from_on=_date(message.from_on),
    )


def to_wire_unit_renamed(value: types.UnitRenamed) -> pb.UnitRenamed:
    """The protobuf message of a UnitRenamed."""
    message = pb.UnitRenamed()
    fill_wire_unit_renamed(message, value)
    return message


def fill_wire_unit_renamed(message: pb.UnitRenamed, value: types.UnitRenamed) -> None:
    """Give an empty protobuf message what a UnitRenamed says."""
    message.unit_id = value.unit_id
    message.name = value.name
    message.effective_on = value.effective_on.isoformat()


def from_wire_unit_renamed(message: pb.UnitRenamed) -> types.UnitRenamed:
    """The UnitRenamed that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_unit_renamed(
        unit_id=message.unit_id,
        name=message.name,
        effective_on=_date(message.effective_on),
    )


def to_wire_unit_moved(value: types.UnitMoved) -> pb.UnitMoved:
    """The protobuf message of a UnitMoved."""
    message = pb.UnitMoved()
    fill_wire_unit_moved(message, value)
    return message


def fill_wire_unit_moved(message: pb.UnitMoved, value: types.UnitMoved) -> None:
    """Give an empty protobuf message what a UnitMoved says."""
    message.unit_id = value.unit_id
    if value.parent_unit_id is not None:
        message.parent_unit_id = value.parent_unit_id
    if value.system_parent_unit_id is not None:
        message.system_parent_unit_id = value.system_parent_unit_id
    message.effective_on = value.effective_on.isoformat()
    message.revision = value.revision


def from_wire_unit_moved(message: pb.UnitMoved) -> types.UnitMoved:
    """The UnitMoved that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_unit_moved(
        unit_id=message.unit_id,
        parent_unit_id=message.parent_unit_id if message.HasField("parent_unit_id") else None,
        system_parent_unit_id=message.system_parent_unit_id
        if message.HasField("system_parent_unit_id")
        else None,
        effective_on=_date(message.effective_on),
        revision=message.revision,
    )


def to_wire_unit_split(value: types.UnitSplit) -> pb.UnitSplit:
    """The protobuf message of a UnitSplit."""
    message = pb.UnitSplit()
    fill_wire_unit_split(message, value)
    return message


def fill_wire_unit_split(message: pb.UnitSplit, value: types.UnitSplit) -> None:
    """Give an empty protobuf message what a UnitSplit says."""
    message.unit_id = value.unit_id
    message.into_unit_ids.extend(value.into_unit_ids)
    if value.successor_unit_id is not None:
        message.successor_unit_id = value.successor_unit_id
    message.effective_on = value.effective_on.isoformat()
    message.revision = value.revision


def from_wire_unit_split(message: pb.UnitSplit) -> types.UnitSplit:
    """The UnitSplit that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_unit_split(
        unit_id=message.unit_id,
        into_unit_ids=tuple(message.into_unit_ids),
        successor_unit_id=message.successor_unit_id if message.HasField("successor_unit_id") else None,
        effective_on=_date(message.effective_on),
        revision=message.revision,
    )


def to_wire_unit_merged(value: types.UnitMerged) -> pb.UnitMerged:
    """The protobuf message of a UnitMerged."""
    message = pb.UnitMerged()
    fill_wire_unit_merged(message, value)
    return message


def fill_wire_unit_merged(message: pb.UnitMerged, value: types.UnitMerged) -> None:
    """Give an empty protobuf message what a UnitMerged says."""
    message.unit_id = value.unit_id
    message.successor_unit_id = value.successor_unit_id
    message.effective_on = value.effective_on.isoformat()
    message.revision = value.revision


def from_wire_unit_merged(message: pb.UnitMerged) -> types.UnitMerged:
    """The UnitMerged that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_unit_merged(
        unit_id=message.unit_id,
        successor_unit_id=message.successor_unit_id,
        effective_on=_date(message.effective_on),
        revision=message.revision,
    )


def to_wire_unit_abolished(value: types.UnitAbolished) -> pb.UnitAbolished:
    """The protobuf message of a UnitAbolished."""
    message = pb.UnitAbolished()
    fill_wire_unit_abolished(message, value)
    return message


def fill_wire_unit_abolished(message: pb.UnitAbolished, value: types.UnitAbolished) -> None:
    """Give an empty protobuf message what a UnitAbolished says."""
    message.unit_id = value.unit_id
    if value.successor_unit_id is not None:
        message.successor_unit_id = value.successor_unit_id
    message.effective_on = value.effective_on.isoformat()
    message.revision = value.revision


def from_wire_unit_abolished(message: pb.UnitAbolished) -> types.UnitAbolished:
    """The UnitAbolished that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_unit_abolished(
        unit_id=message.unit_id,
        successor_unit_id=message.successor_unit_id if message.HasField("successor_unit_id") else None,
        effective_on=_date(message.effective_on),
        revision=message.revision,
    )


def to_wire_successor_designated(value: types.SuccessorDesignated) -> pb.SuccessorDesignated:
    """The protobuf message of a SuccessorDesignated."""
    message = pb.SuccessorDesignated()
    fill_wire_successor_designated(message, value)
    return message


def fill_wire_successor_designated(message: pb.SuccessorDesignated, value: types.SuccessorDesignated) -> None:
    """Give an empty protobuf message what a SuccessorDesignated says."""
    message.unit_id = value.unit_id
    message.successor_unit_id = value.successor_unit_id
    message.effective_on = value.effective_on.isoformat()
    message.revision = value.revision


def from_wire_successor_designated(message: pb.SuccessorDesignated) -> types.SuccessorDesignated:
    """The SuccessorDesignated that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_successor_designated(
        unit_id=message.unit_id,
        successor_unit_id=message.successor_unit_id,
        effective_on=_date(message.effective_on),
        revision=message.revision,
    )


def to_wire_duty_assigned(value: types.DutyAssigned) -> pb.DutyAssigned:
    """The protobuf message of a DutyAssigned."""
    message = pb.DutyAssigned()
    fill_wire_duty_assigned(message, value)
    return message


def fill_wire_duty_assigned(message: pb.DutyAssigned, value: types.DutyAssigned) -> None:
    """Give an empty protobuf message what a DutyAssigned says."""
    message.unit_id = value.unit_id
    message.subject = value.subject
    message.division = value.division
    if value.sender_unit_id is not None:
        message.sender_unit_id = value.sender_unit_id
    message.version = value.version
    message.rank = value.rank
    message.concludes = value.concludes
    message.from_on = value.from_on.isoformat()
    if value.until_on is not None:
        message.until_on = value.until_on.isoformat()
    message.basis = value.basis


def from_wire_duty_assigned(message: pb.DutyAssigned) -> types.DutyAssigned:
    """The DutyAssigned that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_duty_assigned(
        unit_id=message.unit_id,
        subject=message.subject,
        division=message.division,
        sender_unit_id=message.sender_unit_id if message.HasField("sender_unit_id") else None,
        version=message.version,
        rank=message.rank,
        concludes=message.concludes,
        from_on=_date(message.from_on),
        until_on=_date(message.until_on) if message.HasField("until_on") else None,
        basis=message.basis,
    )


def to_wire_duty_ended(value: types.DutyEnded) -> pb.DutyEnded:
    """The protobuf message of a DutyEnded."""
    message = pb.DutyEnded()
    fill_wire_duty_ended(message, value)
    return message


def fill_wire_duty_ended(message: pb.DutyEnded, value: types.DutyEnded) -> None:
    """Give an empty protobuf message what a DutyEnded says."""
    message.unit_id = value.unit_id
    message.subject = value.subject
    message.division = value.division
    if value.sender_unit_id is not None:
        message.sender_unit_id = value.sender_unit_id
    message.version = value.version
    message.until_on = value.until_on.isoformat()


def from_wire_duty_ended(message: pb.DutyEnded) -> types.DutyEnded:
    """The DutyEnded that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_duty_ended(
        unit_id=message.unit_id,
        subject=message.subject,
        division=message.division,
        sender_unit_id=message.sender_unit_id if message.HasField("sender_unit_id") else None,
        version=message.version,
        until_on=_date(message.until_on),
    )


def to_wire_case_queued(value: types.CaseQueued) -> pb.CaseQueued:
    """The protobuf message of a CaseQueued."""
    message = pb.CaseQueued()
    fill_wire_case_queued(message, value)
    return message


def fill_wire_case_queued(message: pb.CaseQueued, value: types.CaseQueued) -> None:
    """Give an empty protobuf message what a CaseQueued says."""
    message.case_id = value.case_id
    message.first_receiver_unit_id = value.first_receiver_unit_id
    message.competent_unit_id = value.competent_unit_id
    message.receipt_number = value.receipt_number
    message.received_on = value.received_on.isoformat()


def from_wire_case_queued(message: pb.CaseQueued) -> types.CaseQueued:
    """The CaseQueued that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_case_queued(
        case_id=message.case_id,
        first_receiver_unit_id=message.first_receiver_unit_id,
        competent_unit_id=message.competent_unit_id,
        receipt_number=message.receipt_number,
        received_on=_date(message.received_on),
    )


def to_wire_case_dequeued(value: types.CaseDequeued) -> pb.CaseDequeued:
    """The protobuf message of a CaseDequeued."""
    message = pb.CaseDequeued()
    fill_wire_case_dequeued(message, value)
    return message


def fill_wire_case_dequeued(message: pb.CaseDequeued, value: types.CaseDequeued) -> None:
    """Give an empty protobuf message what a CaseDequeued says."""
    message.case_id = value.case_id
    message.reason = value.reason


def from_wire_case_dequeued(message: pb.CaseDequeued) -> types.CaseDequeued:
    """The CaseDequeued that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_case_dequeued(
        case_id=message.case_id,
        reason=message.reason,
    )


def to_wire_case_transferred(value: types.CaseTransferred) -> pb.CaseTransferred:
    """The protobuf message of a CaseTransferred."""
    message = pb.CaseTransferred()
    fill_wire_case_transferred(message, value)
    return message


def fill_wire_case_transferred(message: pb.CaseTransferred, value: types.CaseTransferred) -> None:
    """Give an empty protobuf message what a CaseTransferred says."""
    message.case_id = value.case_id
    message.from_unit_id = value.from_unit_id
    message.to_unit_id = value.to_unit_id
    fill_wire_deadline(message.acceptance_deadline, value.acceptance_deadline)
    if value.objection_deadline is not None:
        fill_wire_deadline(message.objection_deadline, value.objection_deadline)


def from_wire_case_transferred(message: pb.CaseTransferred) -> types.CaseTransferred:
    """The CaseTransferred that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("acceptance_deadline"):
        raise Malformed("huiyin.routing.v1.CaseTransferred.acceptance_deadline is missing")
    return _make_case_transferred(
        case_id=message.case_id,
        from_unit_id=message.from_unit_id,
        to_unit_id=message.to_unit_id,
        acceptance_deadline=from_wire_deadline(message.acceptance_deadline),
        objection_deadline=from_wire_deadline(message.objection_deadline)
        if message.HasField("objection_deadline")
        else None,
    )


def to_wire_case_accepted(value: types.CaseAccepted) -> pb.CaseAccepted:
    """The protobuf message of a CaseAccepted."""
    message = pb.CaseAccepted()
    fill_wire_case_accepted(message, value)
    return message


def fill_wire_case_accepted(message: pb.CaseAccepted, value: types.CaseAccepted) -> None:
    """Give an empty protobuf message what a CaseAccepted says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    fill_wire_deadline(message.handling_deadline, value.handling_deadline)


def from_wire_case_accepted(message: pb.CaseAccepted) -> types.CaseAccepted:
    """The CaseAccepted that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("handling_deadline"):
        raise Malformed("huiyin.routing.v1.CaseAccepted.handling_deadline is missing")
    return _make_case_accepted(
        case_id=message.case_id,
        unit_id=message.unit_id,
        handling_deadline=from_wire_deadline(message.handling_deadline),
    )


def to_wire_acceptance_deemed(value: types.AcceptanceDeemed) -> pb.AcceptanceDeemed:
    """The protobuf message of a AcceptanceDeemed."""
    message = pb.AcceptanceDeemed()
    fill_wire_acceptance_deemed(message, value)
    return message


def fill_wire_acceptance_deemed(message: pb.AcceptanceDeemed, value: types.AcceptanceDeemed) -> None:
    """Give an empty protobuf message what a AcceptanceDeemed says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.deemed_on = value.deemed_on.isoformat()
    fill_wire_deadline(message.handling_deadline, value.handling_deadline)


def from_wire_acceptance_deemed(message: pb.AcceptanceDeemed) -> types.AcceptanceDeemed:
    """The AcceptanceDeemed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("handling_deadline"):
        raise Malformed("huiyin.routing.v1.AcceptanceDeemed.handling_deadline is missing")
    return _make_acceptance_deemed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        deemed_on=_date(message.deemed_on),
        handling_deadline=from_wire_deadline(message.handling_deadline),
    )


def to_wire_opinion_signed(value: types.OpinionSigned) -> pb.OpinionSigned:
    """The protobuf message of a OpinionSigned."""
    message = pb.OpinionSigned()
    fill_wire_opinion_signed(message, value)
    return message


def fill_wire_opinion_signed(message: pb.OpinionSigned, value: types.OpinionSigned) -> None:
    """Give an empty protobuf message what a OpinionSigned says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.signed_on = value.signed_on.isoformat()


def from_wire_opinion_signed(message: pb.OpinionSigned) -> types.OpinionSigned:
    """The OpinionSigned that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_opinion_signed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        signed_on=_date(message.signed_on),
    )


def to_wire_opinion_served(value: types.OpinionServed) -> pb.OpinionServed:
    """The protobuf message of a OpinionServed."""
    message = pb.OpinionServed()
    fill_wire_opinion_served(message, value)
    return message


def fill_wire_opinion_served(message: pb.OpinionServed, value: types.OpinionServed) -> None:
    """Give an empty protobuf message what a OpinionServed says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.outcome = value.outcome  # type: ignore[assignment]
    fill_wire_sealed(message.opinion, value.opinion)
    message.from_unit_id = value.from_unit_id


def from_wire_opinion_served(message: pb.OpinionServed) -> types.OpinionServed:
    """The OpinionServed that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("opinion"):
        raise Malformed("huiyin.routing.v1.OpinionServed.opinion is missing")
    return _make_opinion_served(
        case_id=message.case_id,
        unit_id=message.unit_id,
        outcome=_outcome_of.get(message.outcome, _no_outcome),
        opinion=from_wire_sealed(message.opinion),
        from_unit_id=message.from_unit_id,
    )
