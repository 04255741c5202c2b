"""The registry of telemetry names: declared here before anything may use them."""

from __future__ import annotations

from typing import Final

SPAN_REQUEST: Final = "huiyin.http.request"
SPAN_CONSUME: Final = "huiyin.bus.consume"
SPAN_SEND: Final = "huiyin.notification.send"

ATTRIBUTE_SERVICE: Final = "huiyin.service"
ATTRIBUTE_SOURCE: Final = "huiyin.source"
ATTRIBUTE_POSITION: Final = "huiyin.position"
ATTRIBUTE_EVENT: Final = "huiyin.event"
ATTRIBUTE_ROUTE: Final = "http.route"
ATTRIBUTE_STATUS: Final = "http.response.status_code"

SPANS = {
    SPAN_REQUEST: "One HTTP request, from its first byte to its answer.",
    SPAN_CONSUME: "One event applied by a consuming service; child of the span that recorded it.",
    SPAN_SEND: "One notice handed over.",
}
ATTRIBUTES = {
    ATTRIBUTE_SERVICE: "The service that did the work.",
    ATTRIBUTE_SOURCE: "The service whose event is applied.",
    ATTRIBUTE_POSITION: "The event's position in its ledger.",
    ATTRIBUTE_EVENT: "The event's name.",
    ATTRIBUTE_ROUTE: "The route template, never the path: a path may hold a number that belongs to someone.",
    ATTRIBUTE_STATUS: "The HTTP status of the answer.",
}
