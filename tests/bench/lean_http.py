"""An HTTP client that costs as little as one can: one connection, one request at a time, answers with a length."""

from __future__ import annotations

import asyncio
import json
from typing import Any

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length: "
SUCCESS = range(200, 300)


class LeanHttp(asyncio.Protocol):
    """One kept-alive connection to one server."""

    def __init__(self) -> None:
        self._transport: Any  # asyncio.Transport; uvloop's own is not declared as one.
        self._arrived = b""
        self._wanted = 0
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    @classmethod
    async def connect(cls, host: str, port: int) -> LeanHttp:
        """Open it."""
        _, protocol = await asyncio.get_running_loop().create_connection(cls, host, port)
        return protocol

    async def post(self, path: str, headers: str, body: bytes) -> tuple[int, Any]:
        """(status, answer read as JSON). `headers` are whole lines, each with its end. Raises ConnectionError."""
        head = f"POST {path} HTTP/1.1\r\nHost: huiyin\r\nContent-Type: application/json\r\n{headers}"
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        status, said = await self._answer
        return status, json.loads(said)

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Of asyncio.Protocol."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Of asyncio.Protocol."""
        self._arrived += data
        end = self._arrived.find(END_OF_HEAD)
        if end < 0:
            return
        if not self._wanted:
            at = self._arrived.lower().index(LENGTH) + len(LENGTH)
            self._wanted = end + len(END_OF_HEAD) + int(self._arrived[at : self._arrived.index(b"\r", at)])
        if len(self._arrived) >= self._wanted and self._answer is not None:
            answer, self._answer = self._answer, None
            answer.set_result(
                (int(self._arrived[9:12]), self._arrived[end + len(END_OF_HEAD) : self._wanted])
            )
            self._arrived, self._wanted = self._arrived[self._wanted :], 0

    def connection_lost(self, error: Exception | None) -> None:
        """Of asyncio.Protocol."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the server hung up"))
