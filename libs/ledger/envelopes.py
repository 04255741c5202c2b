"""Events with their context as new lines, and lines as recorded events. The one place that encodes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from google.protobuf.message import DecodeError

from huiyin.codec import Malformed, decode, decode_envelope, encode, encode_envelope, type_of
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.envelope.v1.envelope_pb2 import RecordedEvent as WireRecordedEvent
from huiyin.ids import uuid7
from ledger.context import Context
from ledger.lines import Line, NewLine

E = TypeVar("E")

TICK = timedelta(microseconds=1)
"""Between two events of one append, and between a cause and what it caused."""


@dataclass(frozen=True, slots=True)
class Recorded(Generic[E]):
    """An event as it stands in the ledger: its envelope, and the event in its newest shape."""

    position: int
    envelope: RecordedEvent
    event: E


class OccurredTooLate(ValueError):
    """An event cannot have occurred after it was recorded."""


def instant_after(now: datetime, *before: datetime | None) -> datetime:
    """Now, or the next microsecond after whatever must come before."""
    return max((now, *(at + TICK for at in before if at is not None)))


def envelopes_for(
    events: Iterable[Any], stream: str, version: int, recorded_at: datetime, context: Context
) -> list[RecordedEvent]:
    """The envelopes that follow `version` in a stream; the first at `recorded_at`, each next a tick later.

    Raises OccurredTooLate when the context says that it happened later than it is recorded.
    """
    return [
        _envelope(event, stream, version + n, recorded_at + n * TICK - TICK, context)
        for n, event in enumerate(events, start=1)
    ]


def line_for(envelope: RecordedEvent) -> NewLine:
    """The line that carries an envelope: encoded here, and nowhere again."""
    return NewLine(
        envelope.stream, envelope.version, envelope.type, encode_envelope(envelope), envelope.recorded_at
    )


def new_lines(
    events: Iterable[Any], stream: str, version: int, recorded_at: datetime, context: Context
) -> list[NewLine]:
    """Both at once."""
    return [line_for(each) for each in envelopes_for(events, stream, version, recorded_at, context)]


def _envelope(
    event: Any, stream: str, version: int, recorded_at: datetime, context: Context
) -> RecordedEvent:
    given = context.occurred_at
    occurred_at = (given(event) if callable(given) else given) or recorded_at
    if occurred_at > recorded_at:
        raise OccurredTooLate(f"{stream}: occurred at {occurred_at}, recorded at {recorded_at}")
    case_id, basis, division = context.case_id, context.legal_basis, context.division
    return RecordedEvent(
        event_id=uuid7(recorded_at),
        stream=stream,
        version=version,
        type=type_of(event),
        payload=encode(event),
        occurred_at=occurred_at,
        recorded_at=recorded_at,
        case_id=case_id(event) if callable(case_id) else case_id,
        actor=context.actor,
        legal_basis=basis(event) if callable(basis) else basis,
        caused_by=context.caused_by,
        correlation_id=context.correlation_id,
        idempotency_key="" if context.idempotency is None else context.idempotency.key,
        origin=context.origin,
        traceparent=context.traceparent,
        division=division(event) if callable(division) else division,
    )


def recorded(line: Line) -> Recorded[Any]:
    """A line as a recorded event, in its newest shape. Raises huiyin.codec.Malformed."""
    envelope = decode_envelope(line.bytes)
    return Recorded(line.position, envelope, decode(envelope.type, envelope.payload))


def event_of(line: Line) -> Any:
    """Only the event, in its newest shape: what a fold needs. Raises huiyin.codec.Malformed."""
    try:
        envelope = opened(line.bytes)
    except Malformed as error:
        raise Malformed(f"{line.stream} {line.version}: {error}") from error
    return decode(envelope.type, envelope.payload)


def opened(line: bytes) -> WireRecordedEvent:
    """The envelope as it travels: for who needs little of it. Raises huiyin.codec.Malformed."""
    try:
        return WireRecordedEvent.FromString(line)
    except DecodeError as error:
        raise Malformed(f"not a ledger line: {error}") from error
