"""The HTTP application of one or more hosted services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Response

from bus.feed import CONTENT_TYPE, DEFAULT_LIMIT, feed_page
from chassis.host import Host
from chassis.http.edge import Edge
from chassis.http.operator import operator_routes
from chassis.http.paths import ALL_STATUS, prefix
from chassis.http.problems import PROBLEMS, install
from chassis.http.short_way import ShortWay
from chassis.telemetry import Telemetry

TITLE = "回音 Huiyin"


def make_app(hosts: Sequence[Host], telemetry: Telemetry) -> FastAPI:
    """The application; every service under its own prefix."""
    app = FastAPI(
        title=TITLE,
        version="1",
        description="信访事项的接收、转送、办理、督办、回访与告知。Public petitions and complaints: every case gets an answer.",
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=PROBLEMS,
    )
    install(app)
    by_name = {host.service.name: host for host in hosts}
    for host in hosts:
        path = prefix(host.service.name)
        tag = f"{host.service.zh} {host.service.name}"
        app.include_router(_common(host), prefix=path, tags=[tag])
        app.include_router(operator_routes(host), prefix=path, tags=[tag])
        app.include_router(host.parts.router, prefix=path, tags=[tag])
    routers = {prefix(host.service.name): host.parts.router for host in hosts}
    app.add_middleware(ShortWay, routers=routers, handlers=app.exception_handlers)
    app.add_middleware(Edge, hosts=by_name, telemetry=telemetry)

    @app.get(ALL_STATUS, include_in_schema=False)
    async def status(of: Annotated[str, Query(max_length=200)] = "") -> list[dict[str, Any]]:
        """运行状况汇总 The status of every service, or of those named in `of`, separated by commas."""
        return [
            await host.status()
            for name, host in by_name.items()
            if name in (of.split(",") if of else by_name)
        ]

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
