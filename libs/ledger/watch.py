"""Waiting for news of a ledger: at once for appends of this process, by polling for those of others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Watch:
    """Knows how far a ledger was seen. All who wait in a process share one poll at a time."""

    def __init__(self, position: Callable[[], Awaitable[int]], poll_s: float) -> None:
        self._position = position
        self._poll_s = poll_s
        self._seen = 0
        self._waiting = 0
        self._news: asyncio.Future[None] | None = None
        self._poll: asyncio.Task[None] | None = None

    def seen(self, position: int) -> None:
        """The head is at least there."""
        if position > self._seen:
            self._seen = position
            if self._news is not None:
                self._news.set_result(None)
                self._news = None

    async def beyond(self, position: int, timeout_s: float) -> None:
        """Return once the head was seen beyond the position, or after the timeout."""
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout_s
        self._waiting += 1
        try:
            while self._seen <= position and (left := until - loop.time()) > 0:
                self._news = self._news or loop.create_future()
                self._poll = self._poll or loop.create_task(self._look())
                await asyncio.wait((self._news,), timeout=left)
        finally:
            self._waiting -= 1

    async def _look(self) -> None:
        """One look an interval, as long as anybody waits."""
        try:
            while self._waiting:
                await asyncio.sleep(self._poll_s)
                self.seen(await self._position())
        finally:
            self._poll = None
