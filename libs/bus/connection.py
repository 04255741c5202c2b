"""One NATS connection that comes back for ever: the client's own reconnecting, and a new client where it gave up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError

from bus.subjects import inbox_prefix

CONNECT_TIMEOUT_S = 5.0
"""A server under load answers a handshake within a second; a half-open network not at all."""

PING_INTERVAL_S = 5.0
"""With MAX_PINGS_OUTSTANDING a half-open connection is noticed after 15 s; the client's default is 4 minutes."""

MAX_PINGS_OUTSTANDING = 2
RECONNECT_WAIT_S = 0.25
"""Between two attempts at the same server: a restarted server is found at once, a dead one costs nothing."""

FOR_EVER = -1
REFUSED_PAUSE_S = 1.0
"""Between two new clients, where the server turned one away for good (password being changed, for example)."""

WATCH_S = 0.2
"""How often a wait for an answer looks whether the connection that will bring it is still the same."""

T = TypeVar("T")
Report = Callable[[Exception], Awaitable[None]]
"""Told of every error that no caller waits for: permission violations, lost connections."""


async def _silent(_error: Exception) -> None:
    """The default report: the states of relay and reconciler tell enough."""


async def connect(
    servers: str | Sequence[str],
    *,
    user: str | None = None,
    password: str | None = None,
    name: str | None = None,
    report: Report = _silent,
) -> Client:
    """A connected client with the user's own inbox. Waits for the server as long as it takes.

    `user` None means a server without users (tests, examples): the inbox is then named after `name`.
    """
    return await nats.connect(
        servers if isinstance(servers, str) else list(servers),
        user=user,
        password=password,
        name=name or user,
        inbox_prefix=inbox_prefix(user or name or "anyone"),
        error_cb=report,
        connect_timeout=CONNECT_TIMEOUT_S,
        ping_interval=PING_INTERVAL_S,
        max_outstanding_pings=MAX_PINGS_OUTSTANDING,
        reconnect_time_wait=RECONNECT_WAIT_S,
        max_reconnect_attempts=FOR_EVER,
    )


class ConnectionLost(Exception):
    """The connection went away while an answer was awaited: it will not come any more."""


async def while_connected(client: Client, answer: Awaitable[T]) -> T:
    """Await an answer that comes by this connection, and give up as soon as the connection is another one.

    Without this a request that a dying server swallowed is waited for until its timeout. Raises ConnectionLost.
    """
    connects = client.stats["reconnects"]
    task = asyncio.ensure_future(answer)
    try:
        while not task.done():
            if not client.is_connected or client.stats["reconnects"] != connects:
                raise ConnectionLost("the connection to the bus was lost")
            await asyncio.wait((task,), timeout=WATCH_S)
        return task.result()
    finally:
        task.cancel()


class Connection:
    """Hands out one live client. Where the client closed itself for good, a new one takes its place."""

    def __init__(self, open_client: Callable[[], Awaitable[Client]]) -> None:
        self._open = open_client
        self._client: Client | None = None
        self._opening = asyncio.Lock()

    async def client(self) -> Client:
        """The client, which may be reconnecting right now; never a closed one."""
        if self._client is not None and not self._client.is_closed:
            return self._client
        async with self._opening:
            while self._client is None or self._client.is_closed:
                try:
                    self._client = await self._open()
                except (NatsError, OSError):
                    await asyncio.sleep(REFUSED_PAUSE_S)
            return self._client

    async def close(self) -> None:
        """End it. `client()` would open a new one."""
        if self._client is not None and not self._client.is_closed:
            await self._client.close()
        self._client = None
