"""A rest after every transaction that was not full, so that under load the next one is larger.

Handing over at once whatever has arrived is right for one event. For thousands it makes thousands of transactions
of a few events each, and transactions, not events, are what costs. So whoever has just worked rests in proportion to
how long that took: on an idle machine a few milliseconds, on a busy one long enough for a group to gather. The fuller
the batch was, the shorter the rest, and after a full one there is none: more is waiting already. So the size of the
batches follows the load without a step. What comes after a quiet moment is worked on at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from bus.delivery import Delivery, Handle
from bus.lines import Lines
from ledger.lines import Line

REST = 4.0
"""So many times as long as the work: a consumer is at work for at most a fifth of the time, as long as that is enough."""

LONGEST_REST_S = 0.03
"""What one hop may add under load. A clerk waits so long at most for what another service has to see first."""

FULL = 256
"""Events of one transaction, as the readers hand them over, beyond which a larger one is hardly cheaper."""


class PacedReader:
    """A bus.delivery.Reader whose handler rests after batches that were not full; what follows waits."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    @property
    def trouble(self) -> str | None:
        """As the reader says."""
        trouble: str | None = self._reader.trouble
        return trouble

    async def run(self, handle: Handle) -> None:
        """Until cancelled."""
        await self._reader.run(paced(handle))

    async def owed(self) -> int | None:
        """As the reader says."""
        owed: int | None = await self._reader.owed()
        return owed


def paced(handle: Handle) -> Handle:
    """The handler, with a rest after each batch that was not full."""
    loop = asyncio.get_running_loop()

    async def handled(deliveries: Sequence[Delivery]) -> None:
        begin = loop.time()
        await handle(deliveries)
        longest = min(LONGEST_REST_S, REST * (loop.time() - begin))
        if (rest := longest * room(len(deliveries))) > 0:
            await asyncio.sleep(rest)

    return handled


def room(count: int) -> float:
    """The share of a full batch that was left empty."""
    return max(0.0, 1 - count / FULL)


class PacedLines:
    """A ledger as its relay reads it: after a short read that found something, the next one waits a little.

    An atomic batch, however small, costs the server as much as a hundred messages: it is kept in files of its own,
    synced one by one, until it is complete.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._found_at = 0.0
        self._room = 0.0

    async def read(self, after: int, limit: int) -> Sequence[Line]:
        """As the ledger. Whoever found some lines and asks again has published them meanwhile, and rests."""
        loop = asyncio.get_running_loop()
        if self._room > 0:
            await asyncio.sleep(self._room * min(LONGEST_REST_S, REST * (loop.time() - self._found_at)))
        lines = await self._lines.read(after, limit)
        self._found_at, self._room = loop.time(), room(len(lines)) if lines else 0.0
        return lines

    async def head(self) -> tuple[int, bytes]:
        """As the ledger."""
        return await self._lines.head()

    async def wait_beyond(self, position: int, timeout_s: float) -> None:
        """As the ledger."""
        await self._lines.wait_beyond(position, timeout_s)
