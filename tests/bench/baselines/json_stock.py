"""The `eventsourcing` library: a domain event through its Mapper with the JSON transcoder as it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import DatetimeAsISO, DecimalAsStr, JSONTranscoder, Mapper, UUIDAsHex

from huiyin.envelope.v1.envelope import RecordedEvent


class NoticeRecorded(DomainEvent):
    """The event with its envelope; what the stock transcoder does not know (dates) is text."""

    content: dict[str, Any]
    envelope: dict[str, Any]
    recorded_at: datetime


def prepared(event: Any, envelope: RecordedEvent) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Encoding and decoding of these two, ready to be called."""
    transcoder = JSONTranscoder()
    for transcoding in (UUIDAsHex(), DecimalAsStr(), DatetimeAsISO()):
        transcoder.register(transcoding)
    mapper: Mapper[UUID] = Mapper(transcoder)
    content = asdict(event) | {"happened_on": "2025-08-18", "due_on": "2025-10-17"}
    content |= {"kind": int(event.kind), "disclosed_refs": list(event.disclosed_refs)}
    around = asdict(envelope) | {"origin": int(envelope.origin)}
    del around["payload"]
    made = NoticeRecorded(
        originator_id=UUID(envelope.event_id),
        originator_version=envelope.version,
        timestamp=envelope.occurred_at,
        content=content,
        envelope=around,
        recorded_at=envelope.recorded_at,
    )
    stored = mapper.to_stored_event(made)
    return lambda: mapper.to_stored_event(made), lambda: mapper.to_domain_event(stored)
