"""A rest after every small transaction, so that under load the next one is larger.

Handing over at once whatever has arrived is right for one event. For thousands it makes thousands of transactions
of one event each, and transactions, not events, are what costs. So whoever has just worked rests in proportion to
how long that took: on an idle machine a few milliseconds, on a busy one long enough for a group to gather. What
comes after a quiet moment is worked on at once.
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

RELAY_REST_S = 0.01
"""Between two batches of the relay that are not full. Each costs the server an fsync."""

ENOUGH = 32
"""Events of one transaction beyond which a larger one is hardly cheaper: then there is no rest."""


class PacedReader:
    """A bus.delivery.Reader whose handler rests after small batches; what it has not been given yet waits."""

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
    """The handler, with a rest after each small batch."""
    loop = asyncio.get_running_loop()

    async def handled(deliveries: Sequence[Delivery]) -> None:
        begin = loop.time()
        await handle(deliveries)
        if len(deliveries) < ENOUGH:
            await asyncio.sleep(min(LONGEST_REST_S, REST * (loop.time() - begin)))

    return handled


class PacedLines:
    """A ledger as its relay reads it: after a short read that found something, the next one waits a little."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._not_before = 0.0

    async def read(self, after: int, limit: int) -> Sequence[Line]:
        """As the ledger, at most some hundred times a second."""
        loop = asyncio.get_running_loop()
        rest = self._not_before - loop.time()
        if rest > 0:
            await asyncio.sleep(rest)
        lines = await self._lines.read(after, limit)
        if 0 < len(lines) < ENOUGH:
            self._not_before = loop.time() + RELAY_REST_S
        return lines

    async def head(self) -> tuple[int, bytes]:
        """As the ledger."""
        return await self._lines.head()

    async def wait_beyond(self, position: int, timeout_s: float) -> None:
        """As the ledger."""
        await self._lines.wait_beyond(position, timeout_s)
