"""An event on its way into another service, and what that service does with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from google.protobuf.message import DecodeError

from bus.delivery import Delivery
from huiyin.codec import Malformed, decode
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.envelope.v1.envelope_pb2 import RecordedEvent as WireRecordedEvent
from huiyin.envelope.v1.envelope_wire import from_wire_recorded_event
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
    """A delivery while it is worked on: the decoded event, or why there is none.

    Of an event that is ignored only the envelope is looked at, and of that only what keeps events in order.
    """

    __slots__ = ("cause", "delivery", "error", "ignored", "incoming", "key", "span")

    def __init__(
        self, source: str, delivery: Delivery, telemetry: Telemetry | None, ignores: Collection[str] = ()
    ) -> None:
        self.delivery = delivery
        self.incoming: Incoming | None = None
        self.error: Exception | None = None
        self.ignored = False
        """Whether the service does nothing about it."""
        self.span: Span | None = None
        self.key = f"{source}-position-{delivery.position}"
        self.cause: tuple[str, int] | None = None
        """The line of another ledger that this event answers."""
        try:
            wire = WireRecordedEvent.FromString(delivery.bytes)
            self.key = wire.case_id or wire.stream
            self.ignored = wire.type in ignores
            if not self.ignored:
                recorded = from_wire_recorded_event(wire)
                event = decode(recorded.type, recorded.payload)
            if wire.HasField("caused_by"):
                self.cause = wire.caused_by.service, wire.caused_by.position
        except DecodeError as error:
            self.error = Malformed(f"not a ledger line: {error}")
            return
        except Exception as error:  # Whatever the bytes hold, it must not stop what follows.
            self.error = error
            return
        traceparent = wire.traceparent
        if telemetry is not None:
            self.span = telemetry.consume(wire.type.rpartition(".")[2], traceparent)
            traceparent = self.span.traceparent
        if not self.ignored:
            self.incoming = Incoming(
                source, delivery.position, delivery.hash, recorded, event, traceparent, delivery.bytes
            )

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
