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
from starlette.types import Receive, Scope, Send

from chassis.http.edge import MAX_BODY_BYTES
from chassis.http.paths import ALL_STATUS, status_path
from chassis.http.problems import RETRY_AFTER_S, http_problem, problem, unforeseen
from chassis.http.upstream import Answer, Upstream, UpstreamError

NOT_PASSED_ON = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"transfer-encoding",
        b"te",
        b"trailer",
        b"upgrade",
        b"host",
        b"content-length",
        b"expect",
        b"date",
    }
)
"""Headers of one connection (RFC 9110 §7.6.1), and what each server writes for itself."""

BODILESS = frozenset({204, 304})

OPENAPI = "/openapi.json"


class Gateway:
    """Passes requests on to the services and answers for those that are being restarted."""

    def __init__(self, feeds: Mapping[str, str], http: httpx.AsyncClient, *, limit_s: float) -> None:
        self._feeds = feeds
        self._http = http
        self._services = {name.encode(): Upstream(base, limit_s) for name, base in feeds.items()}
        self._own = Starlette(
            routes=[
                Route("/healthz", self._health, methods=["GET"]),
                Route(ALL_STATUS, self._status, methods=["GET"]),
                Route(OPENAPI, self._openapi, methods=["GET"]),
            ],
            exception_handlers={HTTPException: http_problem, Exception: unforeseen_answer},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request: the application."""
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        service = self._services.get(path.split(b"/", 2)[1]) if scope["type"] == "http" else None
        if service is None:
            await self._own(scope, receive, send)
            return
        try:
            answer = await self._forwarded(service, path, scope, receive)
        except UpstreamError:
            await _restarting()(scope, receive, send)
        except _TooLarge:
            text = f"A request has at most {MAX_BODY_BYTES} bytes."
            await problem(413, "body-too-large", "请求内容过大。", text)(scope, receive, send)
        except _Gone:
            return
        else:
            await _pass_on(answer, send)

    def close(self) -> None:
        """Hang up on the services."""
        for service in self._services.values():
            service.close()

    async def _forwarded(self, service: Upstream, path: bytes, scope: Scope, receive: Receive) -> Answer:
        query: bytes = scope["query_string"]
        headers = [header for header in scope["headers"] if header[0] not in NOT_PASSED_ON]
        body = await _body(receive)
        target = b"%b?%b" % (path, query) if query else path
        return await service.request(scope["method"].encode(), target, headers, body)

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


class _TooLarge(Exception):
    """More arrived than a request may hold."""


class _Gone(Exception):
    """Whoever asked has hung up."""


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise _Gone
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY_BYTES:
            raise _TooLarge
        more = message.get("more_body", False)
    return b"".join(parts)


async def _pass_on(answer: Answer, send: Send) -> None:
    headers = [header for header in answer.headers if header[0] not in NOT_PASSED_ON]
    if answer.status not in BODILESS:
        headers.append((b"content-length", b"%d" % len(answer.body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


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


async def unforeseen_answer(request: Request, error: Exception) -> JSONResponse:
    """The answer to what nobody foresaw."""
    return unforeseen(request, error)
