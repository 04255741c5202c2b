"""The connection on which a process writes: taken from the pool for a while, not for every call."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final

import asyncpg

from ledger.limits import ACQUIRE_TIMEOUT_S

HOLD_S: Final = 0.2
"""Given back so long after its last use. Taking and returning one costs as much as a small append."""


class Held:
    """One connection of a pool, for one user at a time."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool
        self._db: Any = None
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self) -> Any:
        """The connection, until `rest` or `drop`."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._db is not None and not self._alive():
            await self._give_back()
        if self._db is None:
            self._db = await self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S)
        return self._db

    def rest(self) -> None:
        """Not needed at the moment. The last one of a pool goes back at once: others may wait for it."""
        if self._db is None:
            return
        if self._pool.get_idle_size() == 0 and self._pool.get_size() >= self._pool.get_max_size():
            self._expire()
        else:
            self._timer = asyncio.get_running_loop().call_later(HOLD_S, self._expire)

    async def drop(self) -> None:
        """It may be broken: nobody shall use it again."""
        if self._db is not None:
            with suppress(asyncpg.InterfaceError):
                self._db.terminate()
            await self._give_back()

    def _alive(self) -> bool:
        """A connection that broke has left the pool by itself, and then answers nothing at all."""
        try:
            return not self._db.is_closed()
        except asyncpg.InterfaceError:
            return False

    def _expire(self) -> None:
        self._timer = None
        task = asyncio.get_running_loop().create_task(self._give_back())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _give_back(self) -> Coroutine[Any, Any, None]:
        """Ours no longer from this moment on; back in the pool once this was awaited."""
        db, self._db = self._db, None
        return self._release(db)

    async def _release(self, db: Any) -> None:
        with suppress(Exception):  # A pool that was closed meanwhile has it already.
            await self._pool.release(db)
