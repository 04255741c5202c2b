"""A ledger line as a bus message. A pure function, so that a rebuilt stream equals the lost one.

The data is the line's bytes as they are. The headers are CloudEvents 1.0 in binary content mode
(NATS protocol binding: attributes as headers with the prefix `ce-`), the line's position, its chain hash
and the trace context. Headers that begin with `Nats-` belong to the transport: they name the batch a message
happened to travel in, and nobody may depend on them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from google.protobuf.message import DecodeError

from bus.subjects import NOWHERE, subject
from huiyin.envelope.v1.envelope_pb2 import RecordedEvent
from ledger.lines import Line

ENVELOPE = "huiyin.envelope.v1.RecordedEvent"
POSITION_HEADER = "huiyin-position"
CHAIN_HEADER = "huiyin-chain"
TRANSPORT_PREFIX = "nats-"

_EMPTY = RecordedEvent()
_SECONDS_REMEMBERED = 4096


class Message(NamedTuple):
    """What the relay publishes: text headers in a fixed order, none of them with a line break."""

    subject: str
    headers: Mapping[str, str]
    data: bytes


def message(line: Line) -> Message:
    """The one message of a line. Equal lines give equal messages, on every machine, for ever.

    A line whose bytes are no envelope is still published, with what the ledger knows about it:
    the ledger is the record, and one unreadable line must not keep the following ones back.
    """
    envelope = _envelope(line.bytes)
    service = line.stream.partition("-")[0]
    type_name = _text(envelope.type or line.type)
    headers = {
        "ce-specversion": "1.0",
        "ce-type": type_name,
        "ce-id": _text(envelope.event_id) or f"{service}-{line.position}",
        "ce-source": f"/huiyin/{service}",
        "ce-time": _time(envelope, line),
    }
    if envelope.case_id:
        headers["ce-subject"] = _text(envelope.case_id)
    headers["ce-dataschema"] = ENVELOPE
    headers["ce-datacontenttype"] = "application/protobuf"
    headers[POSITION_HEADER] = str(line.position)
    headers[CHAIN_HEADER] = line.hash.hex()
    if envelope.traceparent:
        headers["traceparent"] = _text(envelope.traceparent)
    return Message(subject(service, type_name, envelope.division or NOWHERE), headers, line.bytes)


def reproducible(headers: Mapping[str, str] | None) -> dict[str, str]:
    """The headers of a received message without the transport's own, for comparing with `message`."""
    return {
        str(name): value for name, value in (headers or {}).items() if not name.lower().startswith("nats-")
    }


def _envelope(data: bytes) -> RecordedEvent:
    try:
        return RecordedEvent.FromString(data)
    except DecodeError:
        return _EMPTY


def _text(value: str) -> str:
    """Header values are visible ASCII: no line break can add a header, no other text can be garbled."""
    if value.isascii() and value.isprintable():
        return value
    return value.encode("ascii", "backslashreplace").decode().translate(_CONTROLS)


_CONTROLS = dict.fromkeys((*range(32), 127), "?")


def _time(envelope: RecordedEvent, line: Line) -> str:
    """RFC 3339 in UTC with microseconds, the resolution of recorded_at."""
    if envelope.HasField("recorded_at"):
        stamp = envelope.recorded_at
        return f"{_second(stamp.seconds)}.{stamp.nanos // 1000:06d}Z"
    moment = line.recorded_at
    return f"{_second(int(moment.timestamp()))}.{moment.microsecond:06d}Z"


@lru_cache(maxsize=_SECONDS_REMEMBERED)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
