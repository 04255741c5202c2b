"""How far the consumers of one service have come, so that an event can wait for its cause."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bus.backoff import Backoff

PositionOf = Callable[[str], Awaitable[int]]

WAIT_S = 0.25
"""Between two looks at the database; consumers of the same process wake one another at once."""


class Progress:
    """Positions by source, as known in this process. Share one among all consumers of a service.

    Waiting cannot end in a circle: a cause is recorded before what it causes, every ledger is applied in its own
    order, and a consumer applies everything before the event that waits; so some consumer can always go on.
    """

    def __init__(self) -> None:
        self._reached: dict[str, int] = {}
        self._changed = asyncio.Event()

    def moved(self, source: str, position: int) -> None:
        """A position was committed."""
        if position > self._reached.get(source, 0):
            self._reached[source] = position
            self._changed.set()
            self._changed = asyncio.Event()

    def reached(self, source: str, position: int) -> bool:
        """Whether it is known here; False may mean that another process knows."""
        return self._reached.get(source, 0) >= position

    async def until(self, source: str, position: int, position_of: PositionOf) -> None:
        """Return once the position is reached, here or in another process. Ask for the rest with a time limit."""
        backoff = Backoff(longest_s=WAIT_S)
        while not self.reached(source, position):
            changed = self._changed
            self.moved(source, await position_of(source))
            if self.reached(source, position):
                return
            pause = asyncio.ensure_future(backoff.pause())
            news = asyncio.ensure_future(changed.wait())
            try:
                await asyncio.wait({pause, news}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                pause.cancel()
                news.cancel()
