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
from huiyin.intake.v1 import events as types
from huiyin.intake.v1 import events_pb2 as pb
from huiyin.malformed import Malformed
from huiyin.quick import maker

_date = date.fromisoformat
_channel_of = {int(each): each for each in Channel}
_no_channel = Channel.UNSPECIFIED
_category_of = {int(each): each for each in types.Category}
_no_category = types.Category.UNSPECIFIED
_make_case_received = maker(types.CaseReceived)
_make_case_registered = maker(types.CaseRegistered)
_make_case_classified = maker(types.CaseClassified)
_make_content_disclosed = maker(types.ContentDisclosed)


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
