"""pydantic: the same two dataclasses as one JSON document, through one TypeAdapter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.notification.v1.events import NoticePrepared


@dataclass(frozen=True, slots=True)
class Document:
    """An envelope (its payload empty) and the event itself."""

    envelope: RecordedEvent
    event: NoticePrepared


def prepared(event: Any, envelope: RecordedEvent) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Encoding and decoding of these two, ready to be called."""
    adapter = TypeAdapter(Document)
    values = {name: getattr(envelope, name) for name in RecordedEvent.__slots__}
    document = Document(RecordedEvent(**{**values, "payload": b""}), event)
    text = adapter.dump_json(document)
    return lambda: adapter.dump_json(document), lambda: adapter.validate_json(text)
