"""One consumer span per event, child of the span that recorded it."""

from __future__ import annotations

from contextlib import ExitStack

from chassis.telemetry import Telemetry
from chassis.telemetry_names import ATTRIBUTE_EVENT, ATTRIBUTE_SERVICE, ATTRIBUTE_SOURCE, SPAN_CONSUME


class _ConsumerSpan:
    def __init__(self, stack: ExitStack, traceparent: str) -> None:
        self._stack = stack
        self.traceparent = traceparent

    def end(self, error: BaseException | None) -> None:
        """The event was applied, or was not."""
        self._stack.close()


class ConsumerSpans:
    """Makes the spans of one consumer; see bus.incoming.Telemetry."""

    def __init__(self, telemetry: Telemetry, service: str, source: str) -> None:
        self._telemetry = telemetry
        self._attributes = {ATTRIBUTE_SERVICE: service, ATTRIBUTE_SOURCE: source}

    def consume(self, name: str, traceparent: str) -> _ConsumerSpan:
        """Begin the span of one event."""
        stack = ExitStack()
        _, child = stack.enter_context(
            self._telemetry.span(SPAN_CONSUME, traceparent, {**self._attributes, ATTRIBUTE_EVENT: name})
        )
        return _ConsumerSpan(stack, child)
