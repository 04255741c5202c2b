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


class Frame(NamedTuple):
    """What the relay publishes. `block` is the headers as they travel, without the transport's."""

    subject: str
    block: bytes
    data: bytes


class Message(NamedTuple):
    """The same, for comparing and reading: text headers in a fixed order, none of them with a line break."""

    subject: str
    headers: Mapping[str, str]
    data: bytes


def frame(line: Line) -> Frame:
    """The one message of a line. Equal lines give equal messages, on every machine, for ever.

    A line whose bytes are no envelope is still published, with what the ledger knows about it:
    the ledger is the record, and one unreadable line must not keep the following ones back.
    """
    envelope = _envelope(line.bytes)
    service = line.stream.partition("-")[0]
    kind, event_id = envelope.type or line.type, envelope.event_id
    case_id, trace = envelope.case_id, envelope.traceparent
    together = f"{kind}{event_id}{case_id}{trace}"
    if not (together.isascii() and together.isprintable()):
        kind, event_id, case_id, trace = map(_text, (kind, event_id, case_id, trace))
    about = f"ce-subject: {case_id}\r\n" if case_id else ""
    traced = f"traceparent: {trace}\r\n" if trace else ""
    text = (
        f"ce-specversion: 1.0\r\nce-type: {kind}\r\nce-id: {event_id or f'{service}-{line.position}'}\r\n"
        f"ce-source: /huiyin/{service}\r\nce-time: {_time(envelope, line)}\r\n{about}"
        f"ce-dataschema: {ENVELOPE}\r\nce-datacontenttype: application/protobuf\r\n"
        f"{POSITION_HEADER}: {line.position}\r\n{CHAIN_HEADER}: {line.hash.hex()}\r\n{traced}"
    )
    return Frame(subject(service, kind, envelope.division or NOWHERE), text.encode(), line.bytes)


def message(line: Line) -> Message:
    """The message of a line with its headers told apart."""
    made = frame(line)
    rows = (row.partition(": ") for row in made.block.decode().split("\r\n")[:-1])
    return Message(made.subject, {name: value for name, _, value in rows}, made.data)


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
    stamp = envelope.recorded_at
    if (seconds := stamp.seconds) or envelope.HasField("recorded_at"):
        return f"{_second(seconds)}.{stamp.nanos // 1000:06d}Z"
    moment = line.recorded_at
    return f"{_second(int(moment.timestamp()))}.{moment.microsecond:06d}Z"


@lru_cache(maxsize=_SECONDS_REMEMBERED)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
