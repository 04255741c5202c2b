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
_make_case_queued = maker(types.CaseQueued)
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
