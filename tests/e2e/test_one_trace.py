"""One trace from the HTTP request that received a case to the notice file about it."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx
import pytest

from bus.subjects import checked
from huiyin.client.platform import SERVICES
from huiyin.codec import decode_envelope
from huiyin.envelope.v1.envelope import RecordedEvent
from tests.servers import PATIENCE_S
from tests.spans import Span

if TYPE_CHECKING:
    from tests.e2e.conftest import Traced

REQUEST, CONSUME, SEND = "huiyin.http.request", "huiyin.bus.consume", "huiyin.notification.send"
PETITION = {
    "channel": "web",
    "receiver_unit_id": "po1",
    "title": "路灯",
    "text": "路灯坏了。",
    "petitioner": {"name": "张某", "contact": "000-0000-0000"},
}


async def events_of(dsn: str, case_id: str) -> dict[tuple[str, int], RecordedEvent]:
    """Every event about a case, in every service, by service and position."""
    database = await asyncpg.connect(dsn)
    try:
        found = {}
        for service in map(checked, SERVICES):
            query = f"SELECT position, bytes FROM {service}.ledger WHERE stream LIKE '%' || $1 || '%'"
            for position, data in await database.fetch(query, case_id):
                found[service, position] = decode_envelope(data)
        return found
    finally:
        await database.close()


async def spans_that_settle(traced: Traced, trace_id: str, wanted: set[str]) -> dict[str, Span]:
    """The trace's spans, once those that the ledgers name have all been exported."""
    async with asyncio.timeout(PATIENCE_S):
        while not wanted <= (found := traced.collected.spans(trace_id)).keys():
            await asyncio.sleep(0.1)
    return found


def split(traceparent: str) -> tuple[str, str]:
    """Trace id and span id."""
    _, trace_id, span_id, _ = traceparent.split("-")
    return trace_id, span_id


@pytest.mark.parametrize("given", [True, False], ids=["the caller has a trace", "the caller has none"])
async def test_one_trace_runs_from_the_request_to_the_notice(either: Traced, given: bool) -> None:
    caller = (token_hex(16), token_hex(8))
    headers = {"Huiyin-After": either.after}
    if given:
        headers["traceparent"] = f"00-{caller[0]}-{caller[1]}-01"
    async with httpx.AsyncClient(base_url=either.http, timeout=30, trust_env=False) as http:
        answer = await http.post("/intake/v1/cases", json=PETITION, headers=headers)
    assert answer.status_code == 201, answer.text
    trace_id, request_span = split(answer.headers["traceparent"])
    assert (trace_id == caller[0]) is given

    await either.running.until_idle()
    case_id = answer.json()["case_id"]
    events = await events_of(either.running.runtime["postgres"], case_id)
    assert {service for service, _ in events} >= {"intake", "oversight", "notification"}
    assert {split(event.traceparent)[0] for event in events.values()} == {trace_id}

    named = {split(event.traceparent)[1] for event in events.values()}
    spans = await spans_that_settle(either, trace_id, named)
    assert spans[request_span].name == REQUEST
    assert spans[request_span].parent == (caller[1] if given else "")
    for (service, _), event in events.items():
        expect_to_follow(service, event, events, spans, request_span)
    expect_notice(either, case_id, events, trace_id)


def expect_to_follow(
    service: str, event: RecordedEvent, events: dict[Any, RecordedEvent], spans: dict[str, Span], root: str
) -> None:
    """The span that recorded an event hangs below the span that recorded its cause."""
    span = spans[split(event.traceparent)[1]]
    if service == "intake":
        assert (span.name, span.span_id) == (REQUEST, root)
        return
    if event.caused_by is None:
        (prepared,) = [each for each in events.values() if each.type.endswith(".NoticePrepared")]
        assert event.type.endswith(".NoticeDelivered")
        assert (span.name, span.parent) == (SEND, split(prepared.traceparent)[1])
        return
    cause = events[event.caused_by.service, event.caused_by.position]
    assert span.name == CONSUME, event.type
    assert span.parent == split(cause.traceparent)[1], event.type
    assert span.attributes["huiyin.service"] == service
    assert span.attributes["huiyin.source"] == event.caused_by.service


def expect_notice(either: Traced, case_id: str, events: dict[Any, RecordedEvent], trace_id: str) -> None:
    """The notice file names the trace."""
    notices = [message_from_bytes(path.read_bytes()) for path in either.running.notices()]
    (notice,) = [each for each in notices if each["X-Huiyin-Case"] == case_id]
    assert split(notice["X-Huiyin-Trace"])[0] == trace_id
    assert notice["X-Huiyin-Trace"] in {event.traceparent for event in events.values()}
