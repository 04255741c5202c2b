"""The official library alone: messages that are ready are serialized, and bytes are parsed into messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.codec import encode, encode_envelope
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.envelope.v1.envelope_pb2 import RecordedEvent as WireEnvelope
from huiyin.notification.v1.events_pb2 import NoticePrepared as WireNotice


def prepared(event: Any, envelope: RecordedEvent) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Encoding and decoding of these two, ready to be called."""
    payload, outer = WireNotice.FromString(encode(event)), WireEnvelope.FromString(encode_envelope(envelope))
    line = outer.SerializeToString(deterministic=True)

    def to_bytes() -> bytes:
        outer.payload = payload.SerializeToString(deterministic=True)
        return outer.SerializeToString(deterministic=True)

    def from_bytes() -> Any:
        return WireNotice.FromString(WireEnvelope.FromString(line).payload)

    return to_bytes, from_bytes
