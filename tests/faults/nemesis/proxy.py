"""A TCP proxy that stands on one link and makes it bad: slow, half open, cut, reset, or hanging.

Like a real network it never loses bytes out of the middle of a living connection: what a black hole swallows is
kept, and travels on when the hole is healed, unless the connection was ended meanwhile. What it cannot imitate: the
kernel in between acknowledges segments, so keepalives and TCP_USER_TIMEOUT see nothing; only what the programs
themselves say to one another tells them that a link is half open.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

LOOPBACK = "127.0.0.1"
CHUNK = 65_536
_RST = struct.pack("ii", 1, 0)
"""SO_LINGER on, 0 s: close() sends RST."""

Address = tuple[str, int]
Accept = Literal["pass", "hang"]


@dataclass(slots=True)
class Mode:
    """How the link behaves. The default passes everything on at once."""

    latency_s: float = 0.0
    """Each way."""
    forth: bool = True
    """False: a black hole from the client to the server."""
    back: bool = True
    """False: a black hole from the server to the client: half open, as the client sees it."""
    cut_after: int | None = None
    """Reset a connection when so many more bytes came back through it: in the middle of an answer."""
    accept: Accept = "pass"
    """hang: new connections are accepted, and nobody ever answers them."""


@dataclass(slots=True, eq=False)
class _Pair:
    """One connection through the proxy."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter | None = None
    budget: int | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def reset(self) -> None:
        """End both ends with RST."""
        for writer in (self.client, self.server):
            if writer is not None:
                _linger_not(writer)
                writer.transport.abort()
        for task in self.tasks:
            task.cancel()


class Proxy:
    """One link. `target` is asked for each connection, so a server may come back elsewhere."""

    def __init__(self, name: str, target: Callable[[], Address]) -> None:
        self.name = name
        self.port = 0
        self.accepted = 0
        self._target = target
        self._mode = Mode()
        self._changed = asyncio.Event()
        self._pairs: set[_Pair] = set()
        self._hanging: set[_Pair] = set()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        """Listen; returns the port."""
        self._server = await asyncio.start_server(self._accepted, LOOPBACK, port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self.port

    async def close(self) -> None:
        """End everything."""
        if self._server is not None:
            self._server.close()
        self.reset()
        await asyncio.sleep(0)

    @property
    def connections(self) -> int:
        """Open ones, hanging ones included."""
        return len(self._pairs)

    def behave(self, mode: Mode) -> None:
        """From now on, for living connections too."""
        self._mode = mode
        for pair in self._pairs:
            pair.budget = mode.cut_after
        self._wake()

    def heal(self) -> None:
        """Pass everything on: also what was kept. Connections that were left hanging are reset."""
        self.behave(Mode())
        for pair in list(self._hanging):
            pair.reset()

    def reset(self) -> None:
        """End every connection with RST, as a firewall does that forgot them; what was kept is lost."""
        for pair in list(self._pairs):
            pair.reset()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def _accepted(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        self.accepted += 1
        pair = _Pair(client, budget=self._mode.cut_after)
        self._pairs.add(pair)
        task = asyncio.create_task(self._keep(reader, pair))
        pair.tasks.append(task)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep(self, reader: asyncio.StreamReader, pair: _Pair) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await self._serve(reader, pair)
        finally:
            self._pairs.discard(pair)
            self._hanging.discard(pair)
            for writer in (pair.client, pair.server):
                if writer is not None:
                    writer.close()

    async def _serve(self, reader: asyncio.StreamReader, pair: _Pair) -> None:
        if self._mode.accept == "hang":
            self._hanging.add(pair)
            await asyncio.get_running_loop().create_future()
        try:
            answers, server = await asyncio.open_connection(*self._target())
        except (OSError, LookupError):  # It is away, or nobody knows where it is.
            pair.reset()
            return
        pair.server = server
        for writer in (pair.client, server):
            _at_once(writer)
        both = [
            asyncio.create_task(self._pump(reader, server, pair, back=False)),
            asyncio.create_task(self._pump(answers, pair.client, pair, back=True)),
        ]
        pair.tasks += both
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pair: _Pair, *, back: bool
    ) -> None:
        """One direction, until its sender ends it. An end travels like data: a black hole keeps it."""
        with contextlib.suppress(OSError):
            while True:
                data = await reader.read(CHUNK)
                if self._mode.latency_s:
                    await asyncio.sleep(self._mode.latency_s)
                while not (self._mode.back if back else self._mode.forth):
                    await self._changed.wait()
                if not data:
                    return
                if back and pair.budget is not None:
                    data, cut = data[: pair.budget], len(data) >= pair.budget
                    pair.budget -= len(data)
                    writer.write(data)
                    if cut:
                        await asyncio.sleep(0)
                        pair.reset()
                        return
                else:
                    writer.write(data)
                await writer.drain()


def _linger_not(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        _socket(writer).setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST)


def _at_once(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        _socket(writer).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _socket(writer: asyncio.StreamWriter) -> socket.socket:
    found: socket.socket | None = writer.get_extra_info("socket")
    if found is None:
        raise OSError("closed")
    return found
