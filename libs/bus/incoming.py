"""An event on its way into another service, and what that service does with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bus.delivery import Delivery
from huiyin.codec import decode, decode_envelope
from huiyin.envelope.v1.envelope import RecordedEvent
from ledger.lines import Append
from ledger.ports import Session


@dataclass(frozen=True, slots=True)
class Incoming:
    """A verified, decoded event of another service. `traceparent` is the consumer span's, a child of the event's."""

    source: str
    position: int
    hash: bytes
    recorded: RecordedEvent
    event: Any
    traceparent: str = ""
    bytes: bytes = field(default=b"", repr=False)
    """The ledger line as it was recorded."""

    @property
    def key(self) -> str:
        """What is kept in order: the case if there is one, else the stream."""
        return key_of(self.recorded)


React = Callable[[Session, Sequence[Incoming]], Awaitable[Sequence[Append]]]
"""Projects by SQL through the session and returns own appends. Called again from the start after any failure,
with a new session, perhaps with fewer events: whatever it does outside the session it does twice."""


class Span(Protocol):
    """One consumer span."""

    traceparent: str

    def end(self, error: BaseException | None) -> None:
        """The event was applied (None), or was not."""


class Telemetry(Protocol):
    """Makes spans. Nothing here knows OpenTelemetry."""

    def consume(self, name: str, traceparent: str) -> Span:
        """Begin the span of one event, child of its traceparent."""


class Item:
    """A delivery while it is worked on: the decoded event, or why there is none."""

    __slots__ = ("delivery", "error", "incoming", "key", "span")

    def __init__(self, source: str, delivery: Delivery, telemetry: Telemetry | None) -> None:
        self.delivery = delivery
        self.incoming: Incoming | None = None
        self.error: Exception | None = None
        self.span: Span | None = None
        self.key = f"{source}-position-{delivery.position}"
        try:
            recorded = decode_envelope(delivery.bytes)
            self.key = key_of(recorded)
            event = decode(recorded.type, recorded.payload)
        except Exception as error:  # Whatever the bytes hold, it must not stop what follows.
            self.error = error
            return
        traceparent = recorded.traceparent
        if telemetry is not None:
            self.span = telemetry.consume(recorded.type.rpartition(".")[2], traceparent)
            traceparent = self.span.traceparent
        self.incoming = Incoming(
            source, delivery.position, delivery.hash, recorded, event, traceparent, delivery.bytes
        )

    @property
    def cause(self) -> tuple[str, int] | None:
        """The line of another ledger that this event answers."""
        cause = self.incoming.recorded.caused_by if self.incoming else None
        return (cause.service, cause.position) if cause else None

    def decoded(self) -> Incoming:
        """The event. Raises what decoding raised."""
        if self.incoming is None:
            raise self.error or ValueError("not decoded")
        return self.incoming

    def close(self, error: BaseException | None) -> None:
        """End the span, once."""
        if self.span is not None:
            self.span.end(error)
            self.span = None


def key_of(recorded: RecordedEvent) -> str:
    """The case if there is one, else the stream."""
    return recorded.case_id or recorded.stream
