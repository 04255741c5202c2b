"""Tracing at the edges: one trace from the request that received a case to the notice about it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import getrandbits, random
from typing import Any

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_ON, ParentBased
from opentelemetry.trace import INVALID_SPAN, NonRecordingSpan, Span, SpanContext, TraceFlags
from opentelemetry.trace.propagation import set_span_in_context

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
RATIO = "HUIYIN_TRACE_RATIO"
DEFAULT_RATIO = 0.01
"""One trace in a hundred is exported: enough to see the shape of the load, cheap enough to leave on."""


def traceparent_of(context: SpanContext) -> str:
    """The W3C traceparent header of a span."""
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"


def parse_traceparent(text: str) -> SpanContext | None:
    """The remote span that a traceparent names; None if it names none (W3C Trace Context, level 1, §3.2)."""
    parts = text.split("-")
    if len(parts) != 4 or len(parts[1]) != 32 or len(parts[2]) != 16:
        return None
    try:
        trace_id, span_id, flags = int(parts[1], 16), int(parts[2], 16), int(parts[3], 16)
    except ValueError:
        return None
    context = SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags))
    return context if context.is_valid else None


class Telemetry:
    """The tracer of one process. Without an endpoint spans are made, passed on and dropped.

    Whether a trace is exported is decided once, at its root, and travels in its flags. Of the others only the ids are
    made here: the SDK takes 40 µs even for a span that records nothing, and a case has a hundred of them.
    """

    def __init__(
        self, service: str, exporter: SpanExporter | None = None, ratio: float | None = None
    ) -> None:
        self._ratio = float(os.environ.get(RATIO, DEFAULT_RATIO)) if ratio is None else ratio
        self._provider = TracerProvider(
            resource=Resource.create({"service.name": f"huiyin-{service}"}), sampler=ParentBased(ALWAYS_ON)
        )
        exporter = exporter or _configured_exporter()
        if exporter is not None:
            self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("huiyin")

    @contextmanager
    def span(
        self, name: str, traceparent: str = "", attributes: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Span, str]]:
        """A span below `traceparent` (or the root of a new trace), and the traceparent for what follows from it."""
        span, child = self.begin(name, traceparent, attributes)
        try:
            yield span, child
        finally:
            span.end()

    def begin(
        self, name: str, traceparent: str, attributes: Mapping[str, Any] | None = None
    ) -> tuple[Span, str]:
        """As `span`; the caller ends it."""
        parent = parse_traceparent(traceparent)
        if not (parent.trace_flags.sampled if parent else random() < self._ratio):
            trace_id = parent.trace_id if parent else getrandbits(128) or 1
            return INVALID_SPAN, f"00-{trace_id:032x}-{getrandbits(64) or 1:016x}-00"
        context = set_span_in_context(NonRecordingSpan(parent) if parent else INVALID_SPAN)
        span = self._tracer.start_span(name, context=context, attributes=attributes)
        return span, traceparent_of(span.get_span_context())

    def shutdown(self) -> None:
        """Export what is left."""
        self._provider.shutdown()


def _configured_exporter() -> SpanExporter | None:
    if not os.environ.get(ENDPOINT):
        return None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter()
