"""One consumer span per event, child of the span that recorded it."""

from __future__ import annotations

from opentelemetry.trace import Span

from chassis.telemetry import Telemetry
from chassis.telemetry_names import ATTRIBUTE_EVENT, ATTRIBUTE_SERVICE, ATTRIBUTE_SOURCE, SPAN_CONSUME


class _ConsumerSpan:
    __slots__ = ("_span", "traceparent")

    def __init__(self, span: Span, traceparent: str) -> None:
        self._span = span
        self.traceparent = traceparent

    def end(self, error: BaseException | None) -> None:
        """The event was applied, or was not."""
        self._span.end()


class ConsumerSpans:
    """Makes the spans of one consumer; see bus.incoming.Telemetry."""

    def __init__(self, telemetry: Telemetry, service: str, source: str) -> None:
        self._telemetry = telemetry
        self._attributes = {ATTRIBUTE_SERVICE: service, ATTRIBUTE_SOURCE: source}

    def consume(self, name: str, traceparent: str) -> _ConsumerSpan:
        """Begin the span of one event."""
        attributes = {**self._attributes, ATTRIBUTE_EVENT: name}
        return _ConsumerSpan(*self._telemetry.begin(SPAN_CONSUME, traceparent, attributes))
