"""Dataclass ⇄ bytes. An event is encoded once, when it is decided; ever after its bytes are passed on as they are."""

from __future__ import annotations

from typing import Any

from google.protobuf.message import DecodeError

from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.envelope.v1.envelope_pb2 import RecordedEvent as WireRecordedEvent
from huiyin.envelope.v1.envelope_wire import from_wire_recorded_event, to_wire_recorded_event
from huiyin.malformed import Malformed
from huiyin.registry import DECODERS, ENCODERS
from huiyin.upcasts import UPCASTS, upcast

__all__ = [
    "Malformed",
    "decode",
    "decode_as_stored",
    "decode_envelope",
    "encode",
    "encode_envelope",
    "name_of",
    "type_of",
]


def type_of(event: Any) -> str:
    """The full protobuf name of an event: huiyin.routing.v1.CaseTransferred."""
    return ENCODERS[type(event)][0]


def name_of(kind: type) -> str:
    """The full protobuf name of a class of events."""
    return ENCODERS[kind][0]


def encode(event: Any) -> bytes:
    """The payload bytes of an event (deterministic: equal events give equal bytes)."""
    message = ENCODERS[type(event)][1](event)
    return message.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def decode_as_stored(type_name: str, payload: bytes) -> Any:
    """The event in the shape in which it was recorded. Raises Malformed for bytes that do not hold it."""
    codec = DECODERS.get(type_name)
    if codec is None:
        raise Malformed(
            f"unknown event type {type_name!r}: this program is older than the event, or it is foreign"
        )
    parse, convert = codec
    try:
        return convert(parse(payload))
    except (DecodeError, ValueError) as error:
        raise Malformed(f"{type_name}: {error}") from error


def decode(type_name: str, payload: bytes) -> Any:
    """The event in its newest shape. Raises Malformed for bytes that do not hold it."""
    event = decode_as_stored(type_name, payload)
    return upcast(event) if type(event) in UPCASTS else event


def encode_envelope(recorded: RecordedEvent) -> bytes:
    """The bytes of a ledger line."""
    return to_wire_recorded_event(recorded).SerializeToString(deterministic=True)


def decode_envelope(line: bytes) -> RecordedEvent:
    """The envelope of a ledger line; its payload stays encoded. Raises Malformed."""
    try:
        return from_wire_recorded_event(WireRecordedEvent.FromString(line))
    except DecodeError as error:
        raise Malformed(f"not a ledger line: {error}") from error
