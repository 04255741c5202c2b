"""Conversions for huiyin.intake.v1. Generated from huiyin/intake/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from datetime import date

from huiyin.common.v1.types import Channel
from huiyin.common.v1.types_wire import from_wire_deadline, from_wire_sealed, to_wire_deadline, to_wire_sealed
from huiyin.intake.v1 import events as types
from huiyin.intake.v1 import events_pb2 as pb
from huiyin.malformed import Malformed


def to_wire_case_received(value: types.CaseReceived) -> pb.CaseReceived:
    """The protobuf message of a CaseReceived."""
    return pb.CaseReceived(
        case_id=value.case_id,
        receipt_number=value.receipt_number,
        channel=value.channel.value,
        first_receiver_unit_id=value.first_receiver_unit_id,
        anonymous=value.anonymous,
        petitioner=None if value.petitioner is None else to_wire_sealed(value.petitioner),
        petition=to_wire_sealed(value.petition),
        transfer_deadline=to_wire_deadline(value.transfer_deadline),
    )


def from_wire_case_received(message: pb.CaseReceived) -> types.CaseReceived:
    """The CaseReceived that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("petition"):
        raise Malformed("huiyin.intake.v1.CaseReceived.petition is missing")
    if not message.HasField("transfer_deadline"):
        raise Malformed("huiyin.intake.v1.CaseReceived.transfer_deadline is missing")
    return types.CaseReceived(
        case_id=message.case_id,
        receipt_number=message.receipt_number,
        channel=Channel(message.channel),
        first_receiver_unit_id=message.first_receiver_unit_id,
        anonymous=message.anonymous,
        petitioner=from_wire_sealed(message.petitioner) if message.HasField("petitioner") else None,
        petition=from_wire_sealed(message.petition),
        transfer_deadline=from_wire_deadline(message.transfer_deadline),
    )


def to_wire_case_registered(value: types.CaseRegistered) -> pb.CaseRegistered:
    """The protobuf message of a CaseRegistered."""
    return pb.CaseRegistered(
        case_id=value.case_id,
        unit_id=value.unit_id,
    )


def from_wire_case_registered(message: pb.CaseRegistered) -> types.CaseRegistered:
    """The CaseRegistered that a protobuf message holds; raises Malformed if a part is missing."""
    return types.CaseRegistered(
        case_id=message.case_id,
        unit_id=message.unit_id,
    )


def to_wire_case_classified(value: types.CaseClassified) -> pb.CaseClassified:
    """The protobuf message of a CaseClassified."""
    return pb.CaseClassified(
        case_id=value.case_id,
        unit_id=value.unit_id,
        category=value.category.value,
        subject=value.subject,
        competent_unit_id=value.competent_unit_id,
        urgent=value.urgent,
        receipt_number=value.receipt_number,
        first_receiver_unit_id=value.first_receiver_unit_id,
        received_on=value.received_on.isoformat(),
        transfer_deadline=to_wire_deadline(value.transfer_deadline),
    )


def from_wire_case_classified(message: pb.CaseClassified) -> types.CaseClassified:
    """The CaseClassified that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("transfer_deadline"):
        raise Malformed("huiyin.intake.v1.CaseClassified.transfer_deadline is missing")
    return types.CaseClassified(
        case_id=message.case_id,
        unit_id=message.unit_id,
        category=types.Category(message.category),
        subject=message.subject,
        competent_unit_id=message.competent_unit_id,
        urgent=message.urgent,
        receipt_number=message.receipt_number,
        first_receiver_unit_id=message.first_receiver_unit_id,
        received_on=date.fromisoformat(message.received_on),
        transfer_deadline=from_wire_deadline(message.transfer_deadline),
    )


def to_wire_content_disclosed(value: types.ContentDisclosed) -> pb.ContentDisclosed:
    """The protobuf message of a ContentDisclosed."""
    return pb.ContentDisclosed(
        case_id=value.case_id,
        items=value.items,
        to_unit_id=value.to_unit_id,
        purpose=value.purpose,
    )


def from_wire_content_disclosed(message: pb.ContentDisclosed) -> types.ContentDisclosed:
    """The ContentDisclosed that a protobuf message holds; raises Malformed if a part is missing."""
    return types.ContentDisclosed(
        case_id=message.case_id,
        items=tuple(message.items),
        to_unit_id=message.to_unit_id,
        purpose=message.purpose,
    )
