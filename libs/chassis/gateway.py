"""One port before services in processes of their own: the same API as when one process serves them all."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chassis.http.edge import MAX_BODY_BYTES
from chassis.http.paths import ALL_STATUS, status_path
from chassis.http.problems import RETRY_AFTER_S, http_problem, problem, unforeseen

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
OF_THE_CONNECTION = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "host", "content-length", "content-encoding"}
)
"""Headers of one connection (RFC 9110 §7.6.1) or of the coding that was undone here: never passed on."""

OPENAPI = "/openapi.json"


class Gateway:
    """Passes requests on to the services and answers for those that are being restarted."""

    def __init__(self, feeds: Mapping[str, str], http: httpx.AsyncClient) -> None:
        self._feeds = feeds
        self._http = http

    def app(self) -> Starlette:
        """The application."""
        return Starlette(
            routes=[
                Route("/healthz", self._health, methods=["GET"]),
                Route(ALL_STATUS, self._status, methods=["GET"]),
                Route(OPENAPI, self._openapi, methods=["GET"]),
                Route("/{service}/{rest:path}", self._forward, methods=list(METHODS)),
            ],
            exception_handlers={HTTPException: http_problem, Exception: _unforeseen},
        )

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"state": "alive"})

    async def _status(self, request: Request) -> Response:
        """The status of every service asked for, each asked at the same time."""
        of = request.query_params.get("of")
        names = [name for name in self._feeds if not of or name in of.split(",")]
        asked = (self._http.get(self._feeds[name] + status_path(name)) for name in names)
        try:
            answers = await asyncio.gather(*asked)
            return JSONResponse([answer.raise_for_status().json() for answer in answers])
        except httpx.HTTPError:
            return _restarting()

    async def _openapi(self, _: Request) -> Response:
        """The services' documents as one, which is what one process for all of them says."""
        whole: dict[str, Any] = {}
        for base in self._feeds.values():
            try:
                answer = (await self._http.get(base + OPENAPI)).raise_for_status()
            except httpx.HTTPError:
                return _restarting()
            _merge(whole, answer.json())
        return JSONResponse(whole)

    async def _forward(self, request: Request) -> Response:
        base = self._feeds.get(request.path_params["service"])
        if base is None:
            raise HTTPException(404)
        body = await _body(request)
        headers = [(k, v) for k, v in request.headers.items() if k not in OF_THE_CONNECTION]
        query = f"?{request.url.query}" if request.url.query else ""
        try:
            answer = await self._http.request(
                request.method, base + request.url.path + query, content=body, headers=headers
            )
        except httpx.HTTPError:
            return _restarting()
        passed = {k: v for k, v in answer.headers.items() if k not in OF_THE_CONNECTION}
        return Response(answer.content, answer.status_code, passed)


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise HTTPException(413, f"A request has at most {MAX_BODY_BYTES} bytes.")
        parts.append(part)
    return b"".join(parts)


def _merge(whole: dict[str, Any], part: Mapping[str, Any]) -> None:
    for key, value in part.items():
        if isinstance(value, Mapping) and isinstance(whole.get(key), dict):
            _merge(whole[key], value)
        else:
            whole.setdefault(key, value)


def _restarting() -> JSONResponse:
    return problem(
        503,
        "service-restarting",
        "该项服务正在重新启动，请稍后重试。",
        "The service is being started again: try again.",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    return unforeseen(request, error)
