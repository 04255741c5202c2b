"""Around every request: its size, its span, what the caller has already seen, and the last resort for errors."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.host import Host
from chassis.http.caller import AFTER
from chassis.http.headers import header
from chassis.http.problems import problem, unforeseen
from chassis.telemetry import Telemetry
from chassis.telemetry_names import ATTRIBUTE_ROUTE, ATTRIBUTE_STATUS, SPAN_REQUEST

MAX_BODY_BYTES = 8 * 1024 * 1024
"""A batch of imported cases with their texts; a single petition is a hundredth of it."""

AFTER_LIMIT_S = 5.0
AFTER_STEP_S = 0.01
AFTER_ASK_S = 0.25
"""Between two questions to the database: it may be another process of this service that applied them."""

READING = frozenset({"GET", "HEAD", "OPTIONS"})
HARMLESS = re.compile(r"/[a-z]+/v1/(reconciliations|projections/[^/]+/rebuilds|summaries)")
"""What is posted and yet appends nothing to a ledger."""

SHUT_AGAIN_S = 5
"""A gate is shut for moments at a start, or until an operator acts."""

_CASE = re.compile(r"/cases/([^/]+)")
MOST_DIGITS = 18
"""Of a position: it fits into 64 bits."""


class _TooLarge(HTTPException):
    """More arrived than a request may hold. An HTTPException: FastAPI lets no other pass while it reads a body."""

    def __init__(self) -> None:
        super().__init__(413, f"A request has at most {MAX_BODY_BYTES} bytes.")


class _Malformed(Exception):
    """Huiyin-After cannot be read."""


class _Shut(Exception):
    """The service must not write now; the message says why."""


class _NotThereYet(Exception):
    """What the caller has seen elsewhere did not arrive here in time."""


class _Parked(Exception):
    """What the caller has seen elsewhere arrived here, and waits for an operator."""


class Edge:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, hosts: Mapping[str, Host], telemetry: Telemetry) -> None:
        self._app = app
        self._hosts = hosts
        self._telemetry = telemetry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._telemetry.span(SPAN_REQUEST, header(scope, b"traceparent")) as (span, traceparent):
            state = scope.setdefault("state", {})
            state["traceparent"], state["seen"] = traceparent, ()
            answer = _Answer(send, traceparent)
            await self._serve(scope, _limited(receive), answer, state)
            span.set_attribute(ATTRIBUTE_ROUTE, getattr(scope.get("route"), "path", "unknown"))
            span.set_attribute(ATTRIBUTE_STATUS, answer.status)

    async def _serve(self, scope: Scope, receive: Receive, answer: _Answer, state: dict[str, Any]) -> None:
        try:
            if int(header(scope, b"content-length") or 0) > MAX_BODY_BYTES:
                raise _TooLarge
            self._expect_open(scope)
            state["seen"] = await self._what_the_caller_saw(scope["path"], header(scope, AFTER))
            await self._app(scope, receive, answer)
        except _Malformed:
            text = "Huiyin-After is service:position, several separated by commas."
            await problem(400, "after-malformed", "Huiyin-After 格式有误。", text)(scope, receive, answer)
        except _Shut as why:
            text = f"Nothing is recorded at present, nothing was recorded now: {why}. Try again later."
            again = {"Retry-After": str(SHUT_AGAIN_S)}
            await problem(
                503, "ledger-shut", "台账正在核对，暂不受理写入，请稍后重试。", text, headers=again
            )(scope, receive, answer)
        except _NotThereYet as late:
            text = f"{late} has not arrived here yet: try again."
            again = {"Retry-After": "1"}
            await problem(503, "not-there-yet", "尚未收到您所依据的记录，请稍后重试。", text, headers=again)(
                scope, receive, answer
            )
        except _Parked:
            text = "An event of this case waits for an operator here: try again later."
            again = {"Retry-After": "5"}
            await problem(503, "event-parked", "此件有搁置事件待处理，请稍后重试。", text, headers=again)(
                scope, receive, answer
            )
        except _TooLarge as error:
            await problem(413, "body-too-large", "请求内容过大。", error.detail)(scope, receive, answer)
        except (
            Exception
        ) as error:  # The last resort: a server error without a word of what was being handled.
            response = unforeseen(Request(scope), error)
            if not answer.begun:
                await response(scope, receive, answer)

    def _expect_open(self, scope: Scope) -> None:
        host = self._hosts.get(scope["path"].split("/")[1])
        if host is None or host.gate.why is None or scope["method"] in READING:
            return
        if HARMLESS.fullmatch(scope["path"]) is None:
            raise _Shut(host.gate.why)

    async def _what_the_caller_saw(self, path: str, header: str) -> tuple[tuple[str, int], ...]:
        """Huiyin-After: answer only when those positions are applied here, so that callers read their writes.

        Only what was applied is returned: a position that nobody reached must never become the cause of an
        event, because whoever follows both ledgers would wait for it for ever.
        """
        host = self._hosts.get(path.split("/")[1])
        deadline = asyncio.get_running_loop().time() + AFTER_LIMIT_S
        seen = []
        for part in filter(None, header.split(",")):
            source, _, position = part.strip().partition(":")
            if not position.isdecimal() or len(position) > MOST_DIGITS:
                raise _Malformed
            if host is None or source not in host.service.listens or not int(position):
                continue  # It does not concern this service.
            if not await _applied(host, source, int(position), deadline):
                raise _NotThereYet(part.strip())
            seen.append((source, int(position)))
        # A position passes parked events by. Whoever has seen one must neither be shown less nor be refused for it.
        if host is not None and seen and (case := _CASE.search(path)) and await host.parked(case[1]):
            raise _Parked
        return tuple(seen)


async def _applied(host: Host, source: str, position: int, deadline: float) -> bool:
    """Whether the service applies so much of a source in time, be it in this process or in another."""
    loop = asyncio.get_running_loop()
    asked = loop.time()
    while host.position_of(source) < position:
        if loop.time() > deadline:
            return False
        await asyncio.sleep(AFTER_STEP_S)
        if loop.time() - asked > AFTER_ASK_S:
            asked = loop.time()
            with contextlib.suppress(Exception):  # Then the deadline decides.
                if await host.applied(source) >= position:
                    return True
    return True


class _Answer:
    """Passes the answer on, with its trace, and remembers its status."""

    def __init__(self, send: Send, traceparent: str) -> None:
        self._send = send
        self._traceparent = traceparent.encode()
        self.status = 0
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            self.status = message["status"]
            message["headers"] = [*message["headers"], (b"traceparent", self._traceparent)]
        await self._send(message)


def _limited(receive: Receive) -> Receive:
    """Counts what arrives: a request without a length is held to the same limit."""
    arrived = 0

    async def counted() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > MAX_BODY_BYTES:
            raise _TooLarge
        return message

    return counted
