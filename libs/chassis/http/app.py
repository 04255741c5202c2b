"""The HTTP application of one or more hosted services."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bus.feed import CONTENT_TYPE, DEFAULT_LIMIT, feed_page
from fastapi import APIRouter, FastAPI, Query, Request, Response

from chassis.host import Host
from chassis.http.caller import AFTER
from chassis.http.operator import operator_routes
from chassis.http.paths import prefix
from chassis.http.problems import install, problem, unforeseen
from chassis.telemetry import Telemetry
from chassis.telemetry_names import ATTRIBUTE_ROUTE, ATTRIBUTE_STATUS, SPAN_REQUEST

MAX_BODY_BYTES = 8 * 1024 * 1024
"""A batch of imported cases with their texts; a single petition is a hundredth of it."""

AFTER_LIMIT_S = 5.0
AFTER_STEP_S = 0.01
TITLE = "回音 Huiyin"

Next = Callable[[Request], Awaitable[Response]]


def make_app(hosts: Sequence[Host], telemetry: Telemetry) -> FastAPI:
    """The application; every service under its own prefix."""
    app = FastAPI(
        title=TITLE,
        version="1",
        description="信访事项的接收、转送、办理、督办、回访与告知。Public petitions and complaints: every case gets an answer.",
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    install(app)
    by_name = {host.service.name: host for host in hosts}
    for host in hosts:
        path = prefix(host.service.name)
        tag = f"{host.service.zh} {host.service.name}"
        app.include_router(_common(host), prefix=path, tags=[tag])
        app.include_router(operator_routes(host), prefix=path, tags=[tag])
        app.include_router(host.parts.router, prefix=path, tags=[tag])
    _add_middleware(app, by_name, telemetry)

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"state": "alive"}

    return app


def _common(host: Host) -> APIRouter:
    router = APIRouter()
    name = host.service.name

    @router.get("/feed", operation_id=f"{name}_feed", response_class=Response)
    async def feed(
        after: int = Query(default=0, ge=0),
        limit: int = Query(default=DEFAULT_LIMIT, ge=1),
        case: str | None = Query(default=None, max_length=64),
    ) -> Response:
        """台账 The ledger, read-only: bytes, positions, chain hashes."""
        ledger = host.workplace.ledger
        body = await feed_page(ledger, after, limit, case, genesis=await ledger.genesis())
        return Response(body, media_type=CONTENT_TYPE)

    @router.get("/status", operation_id=f"{name}_status")
    async def status() -> dict[str, Any]:
        """运行状况 Heads, positions, lags, and what is pending."""
        return await host.status()

    @router.get("/positions", operation_id=f"{name}_positions")
    async def positions() -> dict[str, int]:
        """消费位置 How far each source has been applied, durably."""
        return await host.positions()

    return router


def _add_middleware(app: FastAPI, hosts: dict[str, Host], telemetry: Telemetry) -> None:
    @app.middleware("http")
    async def edge(request: Request, call_next: Next) -> Response:
        if int(request.headers.get("content-length") or 0) > MAX_BODY_BYTES:
            return problem(
                413, "body-too-large", "请求内容过大。", f"A request has at most {MAX_BODY_BYTES} bytes."
            )
        with telemetry.span(SPAN_REQUEST, request.headers.get("traceparent", "")) as (span, traceparent):
            request.state.traceparent = traceparent
            late = await _wait_for_what_the_caller_saw(request, hosts)
            response = late or await _answered(request, call_next)
            route = request.scope.get("route")
            span.set_attribute(ATTRIBUTE_ROUTE, getattr(route, "path", "unknown"))
            span.set_attribute(ATTRIBUTE_STATUS, response.status_code)
        response.headers["traceparent"] = traceparent
        return response


async def _answered(request: Request, call_next: Next) -> Response:
    try:
        return await call_next(request)
    except Exception as error:  # The last resort: a server error without a word of what was being handled.
        return unforeseen(request, error)


async def _wait_for_what_the_caller_saw(request: Request, hosts: dict[str, Host]) -> Response | None:
    """Huiyin-After: the service answers only when it has applied those positions, so callers read their writes."""
    header = request.headers.get(AFTER)
    host = hosts.get(request.url.path.split("/")[1]) if header else None
    if not header or host is None:
        return None
    deadline = asyncio.get_running_loop().time() + AFTER_LIMIT_S
    for part in header.split(","):
        source, _, position = part.strip().partition(":")
        if not position.isdecimal() or (source not in host.service.listens and source != host.service.name):
            continue  # Malformed ones are refused where the caller is read; others do not concern this service.
        while source in host.service.listens and host.position_of(source) < int(position):
            if asyncio.get_running_loop().time() > deadline:
                return problem(
                    503,
                    "not-there-yet",
                    "尚未收到您所依据的记录，请稍后重试。",
                    f"{source} position {position} has not arrived here yet: try again.",
                    headers={"Retry-After": "1"},
                )
            await asyncio.sleep(AFTER_STEP_S)
    return None
