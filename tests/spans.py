"""A collector of traces on the loopback address: what a platform exports, as it would reach an operator."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Span:
    """One exported span; ids in hex as in a traceparent, `parent` empty for a root."""

    name: str
    trace_id: str
    span_id: str
    parent: str
    attributes: Mapping[str, Any]
    process: str


@dataclass
class Collector:
    """What has arrived so far. `environment` makes a platform send every one of its traces here, at once."""

    environment: Mapping[str, str]
    bodies: list[bytes] = field(default_factory=list)

    def spans(self, trace_id: str) -> dict[str, Span]:
        """The spans of one trace, by span id."""
        return {span.span_id: span for body in list(self.bodies) for span in _spans(body, trace_id)}


def _spans(body: bytes, trace_id: str) -> Iterator[Span]:
    for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
        process = {each.key: each.value.string_value for each in resource.resource.attributes}["service.name"]
        for scope in resource.scope_spans:
            for span in scope.spans:
                if span.trace_id.hex() == trace_id:
                    attributes = {each.key: each.value.string_value for each in span.attributes}
                    yield Span(
                        span.name,
                        trace_id,
                        span.span_id.hex(),
                        span.parent_span_id.hex(),
                        attributes,
                        process,
                    )


@contextmanager
def collector() -> Iterator[Collector]:
    """A running collector."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    environment = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{server.server_address[1]}",
        "OTEL_BSP_SCHEDULE_DELAY": "100",
        "HUIYIN_TRACE_RATIO": "1",
    }
    try:
        yield Collector(environment, bodies)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
