"""A connection kept at hand: taken from the pool for a while, not for every call."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Final

import asyncpg

from ledger.limits import ACQUIRE_TIMEOUT_S

HOLD_S: Final = 0.2
"""Looked at so often, and given back when nobody took it in between. Taking a connection from the pool and
returning it costs as much as a small append, or twice a small query."""


class Held:
    """At most one connection of a pool rests here. Who takes it has it alone; others take another of the pool."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool
        self._resting: Any = None
        self._used = False
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self) -> Any:
        """A connection, until `rest`, `give_back` or `drop`. Raises TimeoutError if the pool has none for long."""
        db, self._resting = self._resting, None
        if db is not None:
            if _alive(db):
                return db
            await self.give_back(db)
        return await self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S)

    def rest(self, db: Any) -> None:
        """Not needed at the moment. The last one of a pool goes back at once: others may wait for it."""
        exhausted = self._pool.get_idle_size() == 0 and self._pool.get_size() >= self._pool.get_max_size()
        if self._resting is not None or exhausted:
            self._later(db)
            return
        self._resting, self._used = db, True
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(HOLD_S, self._look)

    async def give_back(self, db: Any) -> None:
        """Back in the pool, which looks after a connection that did not end what it was doing."""
        with suppress(Exception):  # A pool that was closed meanwhile has it already.
            await self._pool.release(db)

    async def drop(self, db: Any) -> None:
        """It may be broken: nobody shall use it again."""
        with suppress(asyncpg.InterfaceError):
            db.terminate()
        await self.give_back(db)

    def _look(self) -> None:
        """One timer, however often it is taken."""
        self._timer = None
        db, used = self._resting, self._used
        self._used = False
        if db is None:
            return  # Whoever has it will set the timer.
        if used:
            self._timer = asyncio.get_running_loop().call_later(HOLD_S, self._look)
        else:
            self._resting = None
            self._later(db)

    def _later(self, db: Any) -> None:
        task = asyncio.get_running_loop().create_task(self.give_back(db))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _alive(db: Any) -> bool:
    """A connection that broke has left the pool by itself, and then answers nothing at all."""
    try:
        return not db.is_closed()
    except asyncpg.InterfaceError:
        return False
