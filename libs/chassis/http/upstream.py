"""Passing requests on over kept-alive connections: what a gateway needs of HTTP/1.1, and no more.

A general client costs a millisecond a request, as much as everything else that a short command needs here.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import httptools

Headers: TypeAlias = Sequence[tuple[bytes, bytes]]

IDLE_LIMIT_S = 3.0
"""An unused connection is not trusted for longer: the service (uvicorn) hangs up after 5 s."""

CONNECT_LIMIT_S = 5.0
"""The service runs on this machine; one that is being restarted refuses at once."""


class UpstreamError(Exception):
    """There is no answer; whether the request arrived is not known."""


@dataclass(slots=True)
class Answer:
    """What the service said."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


class Upstream:
    """One service. As many connections as there are requests at the same time; they are used again."""

    def __init__(self, base: str, limit_s: float) -> None:
        address = urlsplit(base)
        self._host, self._port = address.hostname or "", address.port or 80
        self._name = address.netloc.encode()
        self._limit_s = limit_s
        self._idle: deque[_Connection] = deque()

    async def request(self, method: bytes, target: bytes, headers: Headers, body: bytes) -> Answer:
        """The answer, whole. `headers` without those of the connection. Raises UpstreamError."""
        head = [b"%b %b HTTP/1.1\r\nhost: %b\r\n" % (method, target, self._name)]
        head += [b"%b: %b\r\n" % header for header in headers]
        head.append(b"content-length: %d\r\n\r\n" % len(body) if body or method != b"GET" else b"\r\n")
        connection = self._taken() or await self._opened()
        try:
            async with asyncio.timeout(self._limit_s):
                answer = await connection.ask(b"".join([*head, body]), bodiless=method == b"HEAD")
        except TimeoutError as error:
            raise UpstreamError("no answer in time") from error
        finally:
            if connection.reusable:
                connection.idle_since = asyncio.get_running_loop().time()
                self._idle.append(connection)
            else:
                connection.close()
        return answer

    def close(self) -> None:
        """Hang up."""
        while self._idle:
            self._idle.pop().close()

    def _taken(self) -> _Connection | None:
        """The connection used last, so that those no longer needed grow old."""
        oldest = asyncio.get_running_loop().time() - IDLE_LIMIT_S
        while self._idle and self._idle[0].idle_since < oldest:
            self._idle.popleft().close()
        while self._idle:
            connection = self._idle.pop()
            if connection.reusable:
                return connection
        return None

    async def _opened(self) -> _Connection:
        try:
            async with asyncio.timeout(CONNECT_LIMIT_S):
                _, connection = await asyncio.get_running_loop().create_connection(
                    _Connection, self._host, self._port
                )
        except OSError as error:  # TimeoutError is one.
            raise UpstreamError(str(error)) from error
        return connection


class _Connection(asyncio.Protocol):
    """One request at a time."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self.reusable = False
        """Whether nothing is under way on it, and nothing went wrong."""
        self._transport: Any  # asyncio.Transport; uvloop's own is not declared as one.
        self._waiting: asyncio.Future[Answer] | None = None
        self._bodiless = False
        self._parser: Any
        self._answer = Answer()
        self._parts: list[bytes] = []

    async def ask(self, request: bytes, *, bodiless: bool) -> Answer:
        """Send the request and wait for its answer. Raises UpstreamError."""
        self.reusable = False
        self._bodiless = bodiless
        self._parser = httptools.HttpResponseParser(self)
        self._answer, self._parts = Answer(), []
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiting

    def close(self) -> None:
        """Hang up."""
        self.reusable = False
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, AttributeError):
            self._fail("not an answer in HTTP/1.1")
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self._fail("the service hung up")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Of the parser."""
        self._answer.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Of the parser. The answer to HEAD has a length and no body; the next one needs a parser of its own."""
        if self._bodiless:
            self.on_message_complete()

    def on_body(self, part: bytes) -> None:
        """Of the parser."""
        self._parts.append(part)

    def on_message_complete(self) -> None:
        """Of the parser."""
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.done():
            return
        self._answer.status = self._parser.get_status_code()
        self._answer.body = b"".join(self._parts)
        self.reusable = self._parser.should_keep_alive()
        waiting.set_result(self._answer)

    def _fail(self, why: str) -> None:
        self.reusable = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_exception(UpstreamError(why))
