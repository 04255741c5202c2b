"""The columns of a line against its envelope: they are copies, and a copy can be falsified."""

from __future__ import annotations

from google.protobuf.message import DecodeError

from huiyin.envelope.v1.envelope_pb2 import RecordedEvent
from huiyin.instants import to_wire_instant
from ledger.lines import Line


def disagreement(line: Line) -> str | None:
    """What a column says that the bytes do not, or None."""
    try:
        recorded = RecordedEvent.FromString(line.bytes)
    except DecodeError:
        return "the bytes are no envelope"
    if recorded.stream != line.stream:
        return f"stream {line.stream!r}, in the bytes {recorded.stream!r}"
    if recorded.version != line.version:
        return f"version {line.version}, in the bytes {recorded.version}"
    if recorded.type != line.type:
        return f"type {line.type!r}, in the bytes {recorded.type!r}"
    if recorded.recorded_at != to_wire_instant(line.recorded_at):
        return f"recorded_at {line.recorded_at.isoformat()}, in the bytes another"
    return None
