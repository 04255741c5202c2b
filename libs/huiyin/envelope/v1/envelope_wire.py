"""Conversions for huiyin.envelope.v1. Generated from huiyin/envelope/v1/envelope.proto by `make proto`; edit that file."""

from __future__ import annotations

from huiyin.envelope.v1 import envelope as types
from huiyin.envelope.v1 import envelope_pb2 as pb
from huiyin.instants import fill_wire_instant, from_wire_instant
from huiyin.malformed import Malformed
from huiyin.quick import maker

_origin_of = {int(each): each for each in types.Origin}
_no_origin = types.Origin.UNSPECIFIED
_make_recorded_event = maker(types.RecordedEvent)
_make_actor = maker(types.Actor)
_make_caused_by = maker(types.CausedBy)


def to_wire_recorded_event(value: types.RecordedEvent) -> pb.RecordedEvent:
    """The protobuf message of a RecordedEvent."""
    message = pb.RecordedEvent()
    fill_wire_recorded_event(message, value)
    return message


def fill_wire_recorded_event(message: pb.RecordedEvent, value: types.RecordedEvent) -> None:
    """Give an empty protobuf message what a RecordedEvent says."""
    message.event_id = value.event_id
    message.stream = value.stream
    message.version = value.version
    message.type = value.type
    message.payload = value.payload
    fill_wire_instant(message.occurred_at, value.occurred_at)
    fill_wire_instant(message.recorded_at, value.recorded_at)
    if value.case_id is not None:
        message.case_id = value.case_id
    fill_wire_actor(message.actor, value.actor)
    message.legal_basis = value.legal_basis
    if value.caused_by is not None:
        fill_wire_caused_by(message.caused_by, value.caused_by)
    message.correlation_id = value.correlation_id
    message.idempotency_key = value.idempotency_key
    message.origin = value.origin  # type: ignore[assignment]
    message.traceparent = value.traceparent
    message.division = value.division


def from_wire_recorded_event(message: pb.RecordedEvent) -> types.RecordedEvent:
    """The RecordedEvent that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("occurred_at"):
        raise Malformed("huiyin.envelope.v1.RecordedEvent.occurred_at is missing")
    if not message.HasField("recorded_at"):
        raise Malformed("huiyin.envelope.v1.RecordedEvent.recorded_at is missing")
    if not message.HasField("actor"):
        raise Malformed("huiyin.envelope.v1.RecordedEvent.actor is missing")
    return _make_recorded_event(
        event_id=message.event_id,
        stream=message.stream,
        version=message.version,
        type=message.type,
        payload=message.payload,
        occurred_at=from_wire_instant(message.occurred_at),
        recorded_at=from_wire_instant(message.recorded_at),
        case_id=message.case_id if message.HasField("case_id") else None,
        actor=from_wire_actor(message.actor),
        legal_basis=message.legal_basis,
        caused_by=from_wire_caused_by(message.caused_by) if message.HasField("caused_by") else None,
        correlation_id=message.correlation_id,
        idempotency_key=message.idempotency_key,
        origin=_origin_of.get(message.origin, _no_origin),
        traceparent=message.traceparent,
        division=message.division,
    )


def to_wire_actor(value: types.Actor) -> pb.Actor:
    """The protobuf message of a Actor."""
    message = pb.Actor()
    fill_wire_actor(message, value)
    return message


def fill_wire_actor(message: pb.Actor, value: types.Actor) -> None:
    """Give an empty protobuf message what a Actor says."""
    message.unit_id = value.unit_id
    message.role = value.role
    message.pseudonym = value.pseudonym


def from_wire_actor(message: pb.Actor) -> types.Actor:
    """The Actor that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_actor(
        unit_id=message.unit_id,
        role=message.role,
        pseudonym=message.pseudonym,
    )


def to_wire_caused_by(value: types.CausedBy) -> pb.CausedBy:
    """The protobuf message of a CausedBy."""
    message = pb.CausedBy()
    fill_wire_caused_by(message, value)
    return message


def fill_wire_caused_by(message: pb.CausedBy, value: types.CausedBy) -> None:
    """Give an empty protobuf message what a CausedBy says."""
    message.service = value.service
    message.position = value.position


def from_wire_caused_by(message: pb.CausedBy) -> types.CausedBy:
    """The CausedBy that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_caused_by(
        service=message.service,
        position=message.position,
    )
