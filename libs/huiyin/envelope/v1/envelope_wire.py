"""Conversions for huiyin.envelope.v1. Generated from huiyin/envelope/v1/envelope.proto by `make proto`; edit that file."""

from __future__ import annotations

from huiyin.envelope.v1 import envelope as types
from huiyin.envelope.v1 import envelope_pb2 as pb
from huiyin.instants import from_wire_instant, to_wire_instant
from huiyin.malformed import Malformed


def to_wire_recorded_event(value: types.RecordedEvent) -> pb.RecordedEvent:
    """The protobuf message of a RecordedEvent."""
    return pb.RecordedEvent(
        event_id=value.event_id,
        stream=value.stream,
        version=value.version,
        type=value.type,
        payload=value.payload,
        occurred_at=to_wire_instant(value.occurred_at),
        recorded_at=to_wire_instant(value.recorded_at),
        case_id=value.case_id,
        actor=to_wire_actor(value.actor),
        legal_basis=value.legal_basis,
        caused_by=None if value.caused_by is None else to_wire_caused_by(value.caused_by),
        correlation_id=value.correlation_id,
        idempotency_key=value.idempotency_key,
        origin=value.origin.value,
        traceparent=value.traceparent,
        division=value.division,
    )


def from_wire_recorded_event(message: pb.RecordedEvent) -> types.RecordedEvent:
    """The RecordedEvent that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("occurred_at"):
        raise Malformed("huiyin.envelope.v1.RecordedEvent.occurred_at is missing")
    if not message.HasField("recorded_at"):
        raise Malformed("huiyin.envelope.v1.RecordedEvent.recorded_at is missing")
    if not message.HasField("actor"):
        raise Malformed("huiyin.envelope.v1.RecordedEvent.actor is missing")
    return types.RecordedEvent(
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
        origin=types.Origin(message.origin),
        traceparent=message.traceparent,
        division=message.division,
    )


def to_wire_actor(value: types.Actor) -> pb.Actor:
    """The protobuf message of a Actor."""
    return pb.Actor(
        unit_id=value.unit_id,
        role=value.role,
        pseudonym=value.pseudonym,
    )


def from_wire_actor(message: pb.Actor) -> types.Actor:
    """The Actor that a protobuf message holds; raises Malformed if a part is missing."""
    return types.Actor(
        unit_id=message.unit_id,
        role=message.role,
        pseudonym=message.pseudonym,
    )


def to_wire_caused_by(value: types.CausedBy) -> pb.CausedBy:
    """The protobuf message of a CausedBy."""
    return pb.CausedBy(
        service=value.service,
        position=value.position,
    )


def from_wire_caused_by(message: pb.CausedBy) -> types.CausedBy:
    """The CausedBy that a protobuf message holds; raises Malformed if a part is missing."""
    return types.CausedBy(
        service=message.service,
        position=message.position,
    )
