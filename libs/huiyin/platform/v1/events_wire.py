"""Conversions for huiyin.platform.v1. Generated from huiyin/platform/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from huiyin.platform.v1 import events as types
from huiyin.platform.v1 import events_pb2 as pb
from huiyin.quick import maker

_make_stream_rebuilt = maker(types.StreamRebuilt)
_make_event_parked = maker(types.EventParked)
_make_parked_events_retried = maker(types.ParkedEventsRetried)
_make_parked_event_skipped = maker(types.ParkedEventSkipped)


def to_wire_stream_rebuilt(value: types.StreamRebuilt) -> pb.StreamRebuilt:
    """The protobuf message of a StreamRebuilt."""
    message = pb.StreamRebuilt()
    fill_wire_stream_rebuilt(message, value)
    return message


def fill_wire_stream_rebuilt(message: pb.StreamRebuilt, value: types.StreamRebuilt) -> None:
    """Give an empty protobuf message what a StreamRebuilt says."""
    message.service = value.service
    message.damage = value.damage
    message.head = value.head


def from_wire_stream_rebuilt(message: pb.StreamRebuilt) -> types.StreamRebuilt:
    """The StreamRebuilt that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_stream_rebuilt(
        service=message.service,
        damage=message.damage,
        head=message.head,
    )


def to_wire_event_parked(value: types.EventParked) -> pb.EventParked:
    """The protobuf message of a EventParked."""
    message = pb.EventParked()
    fill_wire_event_parked(message, value)
    return message


def fill_wire_event_parked(message: pb.EventParked, value: types.EventParked) -> None:
    """Give an empty protobuf message what a EventParked says."""
    message.source = value.source
    message.position = value.position
    message.stream = value.stream
    message.reason = value.reason


def from_wire_event_parked(message: pb.EventParked) -> types.EventParked:
    """The EventParked that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_event_parked(
        source=message.source,
        position=message.position,
        stream=message.stream,
        reason=message.reason,
    )


def to_wire_parked_events_retried(value: types.ParkedEventsRetried) -> pb.ParkedEventsRetried:
    """The protobuf message of a ParkedEventsRetried."""
    message = pb.ParkedEventsRetried()
    fill_wire_parked_events_retried(message, value)
    return message


def fill_wire_parked_events_retried(
    message: pb.ParkedEventsRetried, value: types.ParkedEventsRetried
) -> None:
    """Give an empty protobuf message what a ParkedEventsRetried says."""
    message.source = value.source
    message.stream = value.stream
    message.count = value.count


def from_wire_parked_events_retried(message: pb.ParkedEventsRetried) -> types.ParkedEventsRetried:
    """The ParkedEventsRetried that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_parked_events_retried(
        source=message.source,
        stream=message.stream,
        count=message.count,
    )


def to_wire_parked_event_skipped(value: types.ParkedEventSkipped) -> pb.ParkedEventSkipped:
    """The protobuf message of a ParkedEventSkipped."""
    message = pb.ParkedEventSkipped()
    fill_wire_parked_event_skipped(message, value)
    return message


def fill_wire_parked_event_skipped(message: pb.ParkedEventSkipped, value: types.ParkedEventSkipped) -> None:
    """Give an empty protobuf message what a ParkedEventSkipped says."""
    message.source = value.source
    message.position = value.position
    message.stream = value.stream
    message.reason = value.reason


def from_wire_parked_event_skipped(message: pb.ParkedEventSkipped) -> types.ParkedEventSkipped:
    """The ParkedEventSkipped that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_parked_event_skipped(
        source=message.source,
        position=message.position,
        stream=message.stream,
        reason=message.reason,
    )
