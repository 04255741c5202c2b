"""Revisit on a real PostgreSQL: from the opinion to the closing, over HTTP, with its list of tasks."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request

from bus.incoming import Incoming
from chassis.http import problems
from huiyin.common.v1.types import Sealed
from huiyin.envelope.v1.envelope import Origin
from huiyin.routing.v1.events import OpinionServed, Outcome
from ledger.envelopes import recorded
from revisit.main import SERVICE
from revisit.tasks import project
from tests.integration.office_support import TRACE, Bench, bench

SERVED = OpinionServed(
    case_id="c1",
    unit_id="housing",
    outcome=Outcome.SUPPORTED,
    opinion=Sealed(ref="c1/opinion/1", algorithm="sha256-salted-v1", commitment=b"\1" * 32),
    from_unit_id="petitions",
)


@pytest.fixture
async def revisit(fresh_database: str, tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench(SERVICE, fresh_database, tmp_path) as found:
        yield found


@pytest.fixture
async def http(revisit: Bench) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    problems.install(app)
    app.include_router(revisit.parts.router)

    @app.middleware("http")
    async def traced(request: Request, call_next: Any) -> Any:
        request.state.traceparent = TRACE
        return await call_next(request)

    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://revisit") as client:
        yield client


def of(unit: str) -> dict[str, str]:
    return {"Huiyin-Actor": f"{unit};officer;o1"}


async def tasks(http: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    answer = await http.get("/tasks", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["tasks"])


async def test_from_the_opinion_to_the_closing(revisit: Bench, http: httpx.AsyncClient) -> None:
    await revisit.hear("routing", SERVED)
    await revisit.hear_itself()
    (task,) = await tasks(http, unit="petitions", state="assigned")
    assert (task["due_on"], task["closable_after"]) == ("2025-08-25", None)

    own = await http.post("/cases/c1/record-call-back", json={"reach": "reached"}, headers=of("housing"))
    assert (own.status_code, own.json()["type"]) == (409, "urn:huiyin:rule:P5")
    call = await http.post("/cases/c1/record-call-back", json={"reach": "unreached"}, headers=of("petitions"))
    assert call.status_code == 200, call.text
    await revisit.hear_itself()
    (task,) = await tasks(http, state="called")
    assert (task["last_reach"], task["closing_ground"]) == ("unreached", "review_period_ended")
    assert task["closable_after"] == "2025-09-17"

    early = await http.post("/cases/c1/close-case", json={}, headers=of("petitions"))
    assert (early.status_code, early.json()["type"]) == (409, "urn:huiyin:rule:K7")
    said = {"reach": "reached", "reply_received": "yes", "promise_kept": "yes", "satisfied": "no"}
    for path, body in (("record-call-back", said), ("close-case", {}), ("close-case", {})):
        answer = await http.post(f"/cases/c1/{path}", json=body, headers=of("petitions"))
        assert answer.status_code == 200, answer.text
    await revisit.hear_itself()
    (task,) = await tasks(http, state="closed")
    assert (task["attempts"], task["closing_ground"]) == (2, "confirmed")
    assert await revisit.types() == ["RevisitAssigned", "CallBackRecorded", "CallBackRecorded", "CaseClosed"]


async def test_the_same_call_back_with_the_same_key_is_one_attempt(
    revisit: Bench, http: httpx.AsyncClient
) -> None:
    await revisit.hear("routing", SERVED)
    for _ in range(2):
        headers = of("petitions") | {"Idempotency-Key": "call-1"}
        await http.post("/cases/c1/record-call-back", json={"reach": "refused"}, headers=headers)
    assert await revisit.types() == ["RevisitAssigned", "CallBackRecorded"]


async def test_a_revisit_nobody_has_is_listed_until_another_unit_takes_it(
    revisit: Bench, http: httpx.AsyncClient
) -> None:
    await revisit.hear("routing", replace(SERVED, from_unit_id="housing"))
    await revisit.hear_itself()
    assert [task["case_id"] for task in await tasks(http, state="queued")] == ["c1"]
    own = await http.post("/cases/c1/take-revisit", json={}, headers=of("housing"))
    assert own.json()["type"] == "urn:huiyin:rule:P5"
    taken = await http.post("/cases/c1/take-revisit", json={}, headers=of("wangling"))
    assert taken.status_code == 200, taken.text
    await revisit.hear_itself()
    assert await tasks(http, state="queued") == []
    assert [task["unit_id"] for task in await tasks(http)] == ["wangling"]


async def test_imported_opinions_are_not_called_back_about(revisit: Bench) -> None:
    await revisit.hear("routing", SERVED, origin=Origin.IMPORT)
    assert await revisit.types() == []


async def test_the_list_goes_page_by_page_in_the_order_of_due_dates(
    revisit: Bench, http: httpx.AsyncClient
) -> None:
    for n in range(5):
        await revisit.hear("routing", *(replace(SERVED, case_id=f"c{n}{m}") for m in range(3)))
        revisit.clock.instant += timedelta(days=1)
    await revisit.hear_itself()
    seen: list[tuple[date, str]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await http.get("/tasks", params={"limit": 4, "cursor": cursor})).json()
        seen += [(task["due_on"], task["case_id"]) for task in page["tasks"]]
        cursor = page["next_cursor"]
    assert len(seen) == 15
    assert seen == sorted(set(seen))
    malformed = await http.get("/tasks", params={"cursor": "tomorrow~c1"})
    assert malformed.status_code == 400


async def test_rebuilding_the_list_gives_the_same_rows(revisit: Bench, http: httpx.AsyncClient) -> None:
    await revisit.hear("routing", SERVED, replace(SERVED, case_id="c2", from_unit_id="housing"))
    await http.post("/cases/c1/record-call-back", json={"reach": "unreached"}, headers=of("petitions"))
    await revisit.hear_itself()
    before = await tasks(http)
    await revisit.workplace.pool.execute("TRUNCATE tasks")
    lines = await revisit.workplace.ledger.read(0, 100)
    async with revisit.workplace.pool.acquire() as db, db.transaction():
        for line in lines:  # One at a time: how the lines are batched must not matter.
            found = recorded(line)
            await project(db, [Incoming("revisit", line.position, line.hash, found.envelope, found.event)])
    assert await tasks(http) == before
