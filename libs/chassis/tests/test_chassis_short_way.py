"""Commands that go the short way are answered as the framework would answer them, to the byte."""

from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import BaseModel, ConfigDict
from starlette.types import Receive, Scope, Send

from chassis.http.caller import Caller, anyone, officer
from chassis.http.commands import CaseId, Recorded, RecordedEventView
from chassis.http.problems import install
from chassis.http.short_way import ShortWay, commands_of
from chassis.http.texts import UnitId, Words
from ledger.lines import Conflict
from ledger.refusal import Refusal

CLERK = {"huiyin-actor": "po1;clerk;c-1"}
JSON = {"content-type": "application/json"}
ROAD = "/routing/v1/cases/c-1/transfer-case"


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
    to_unit_id: UnitId
    words: Words = ""


class Answer(BaseModel):
    said: str
    by: str
    key: str | None


def _router() -> APIRouter:
    router = APIRouter()

    @router.post("/cases", status_code=201)
    async def receive(body: Body, caller: Annotated[Caller, Depends(anyone)]) -> Answer:
        key = caller.idempotency.operation if caller.idempotency else None
        return Answer(said=body.words, by=caller.actor.role, key=key)

    @router.post("/cases/{case_id}/transfer-case")
    async def transfer(case_id: CaseId, body: Body, caller: Annotated[Caller, Depends(officer)]) -> Recorded:
        match body.to_unit_id:
            case "late":
                raise Refusal("too-late", "已过期限。", "It is too late.")
            case "taken":
                raise Conflict("somebody was faster")
            case "broken":
                raise RuntimeError("a defect")
        events = [RecordedEventView(type=body.words, version=len(caller.actor.unit_id))]
        return Recorded(case_id=case_id, events=events, position="routing:7")

    @router.post("/cases/{case_id}/searches")
    async def search(
        case_id: CaseId,
        body: Body,
        caller: Annotated[Caller, Depends(officer)],
        page: Annotated[int, Query()],
    ) -> Recorded:
        return Recorded(case_id=case_id, events=[], position=f"routing:{page}")

    return router


class Ways:
    """One application twice, with and without the short way."""

    def __init__(self) -> None:
        self.short, self.long = self._made(short=True), self._made(short=False)
        self.passed_on = 0

    def _made(self, *, short: bool) -> Any:
        app, router = FastAPI(), _router()
        install(app)
        app.include_router(router, prefix="/routing/v1")
        if short:
            app.add_middleware(_Counting, ways=self)
            app.add_middleware(ShortWay, routers={"/routing/v1": router}, handlers=app.exception_handlers)

        async def traced(scope: Scope, receive: Receive, send: Send) -> None:
            scope["state"] = {"traceparent": "", "seen": ()}
            await app(scope, receive, send)

        return traced

    async def both(self, method: str, path: str, **request: Any) -> tuple[httpx.Response, httpx.Response]:
        """The answers of the short way and of the framework."""
        answers = []
        for app in (self.short, self.long):
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://huiyin") as http:
                answers.append(await http.request(method, path, **request))
        return answers[0], answers[1]


class _Counting:
    """Behind the short way: what reaches the framework."""

    def __init__(self, app: Any, ways: Ways) -> None:
        self._app, self._ways = app, ways

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._ways.passed_on += 1
        await self._app(scope, receive, send)


@pytest.fixture
def ways() -> Ways:
    return Ways()


def _assert_same(one: httpx.Response, other: httpx.Response) -> None:
    assert one.status_code == other.status_code
    assert one.headers.multi_items() == other.headers.multi_items()
    assert one.content == other.content


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        (ROAD, {"to_unit_id": "u1", "words": "路灯"}, CLERK),
        (ROAD, {"to_unit_id": "u1"}, CLERK | {"idempotency-key": "k-1"}),
        ("/routing/v1/cases", {"to_unit_id": "u1", "words": "\n"}, {"idempotency-key": "k-1"}),
        ("/routing/v1/cases", {"to_unit_id": "u1"}, CLERK),
        (ROAD, {"to_unit_id": "late"}, CLERK),
        (ROAD, {"to_unit_id": "taken"}, CLERK),
        (ROAD, {"to_unit_id": "u1"}, {}),
        (ROAD, {"to_unit_id": "u1"}, {"huiyin-actor": "po1"}),
        (ROAD, {"to_unit_id": "u1"}, CLERK | {"idempotency-key": "k" * 201}),
    ],
)
async def test_what_is_as_declared_is_answered_without_the_framework_and_as_by_it(
    ways: Ways, path: str, body: dict[str, str], headers: dict[str, str]
) -> None:
    _assert_same(*await ways.both("POST", path, json=body, headers=headers))
    assert ways.passed_on == 0


@pytest.mark.parametrize(
    ("method", "path", "request_"),
    [
        ("POST", ROAD, {"json": {"to_unit_id": "u1", "more": 1}}),
        ("POST", ROAD, {"json": {"to_unit_id": "u/1", "words": "x" * 201}}),
        ("POST", ROAD, {"content": rb'{"to_unit_id": "u1", "words": "\ud800"}', "headers": JSON}),
        ("POST", ROAD, {"json": None}),
        ("POST", ROAD, {"json": []}),
        ("POST", ROAD, {"content": b"", "headers": JSON}),
        ("POST", ROAD, {"content": b"{", "headers": JSON}),
        ("POST", ROAD, {"content": b"\xff", "headers": JSON}),
        ("POST", ROAD, {"content": b"[" * 100_000, "headers": JSON}),
        ("POST", ROAD, {"content": b'{"to_unit_id": "u1"}'}),
        ("POST", ROAD, {"content": b'{"to_unit_id": "u1"}', "headers": {"content-type": "text/plain"}}),
        (
            "POST",
            ROAD,
            {
                "content": b'{"to_unit_id": "u1"}',
                "headers": {"content-type": "application/json; charset=utf-8"},
            },
        ),
        ("POST", "/routing/v1/cases/a%20b/transfer-case", {"json": {"to_unit_id": "u1"}}),
        ("POST", "/routing/v1/cases/{case_id}/transfer-case", {"json": {"to_unit_id": "u1"}}),
        ("POST", "/routing/v1/cases//transfer-case", {"json": {"to_unit_id": "u1"}}),
        ("POST", "/routing/v1/cases/c-1/unheard-of", {"json": {"to_unit_id": "u1"}}),
        ("POST", "/routing/v1/cases/c-1/searches?page=3", {"json": {"to_unit_id": "u1"}}),
        ("POST", "/routing/v1/cases/c-1/searches", {"json": {"to_unit_id": "u1"}}),
        ("PUT", ROAD, {"json": {"to_unit_id": "u1"}}),
        ("GET", ROAD, {}),
    ],
)
async def test_what_is_not_as_declared_is_left_to_the_framework_whole(
    ways: Ways, method: str, path: str, request_: dict[str, Any]
) -> None:
    request = {**request_, "headers": {**request_.get("headers", {}), **CLERK}}
    _assert_same(*await ways.both(method, path, **request))
    assert ways.passed_on == 1


async def test_a_defect_is_nobody_s_answer_here(ways: Ways) -> None:
    for answer in await ways.both("POST", ROAD, json={"to_unit_id": "broken"}, headers=CLERK):
        assert answer.status_code == 500


def test_only_routes_of_the_usual_shape_go_the_short_way() -> None:
    assert [command.route.name for command in commands_of(_router())] == ["receive", "transfer"]
