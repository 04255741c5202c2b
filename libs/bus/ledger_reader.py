"""A reader without a bus: hands over the lines of a ledger in the same process. For tests and simulations."""

from __future__ import annotations

import asyncio

from bus.backoff import Backoff, reason
from bus.delivery import Delivery, Handle
from ledger.ports import Ledger

BATCH = 256
WAIT_S = 0.25
"""The ledger's wake-up is a hint; this is how late a line can be if the hint is lost."""


class LedgerReader:
    """See bus.delivery.Reader. Nothing is acknowledged: it remembers how far it came, and so does the consumer."""

    def __init__(self, ledger: Ledger, after: int = 0) -> None:
        self._ledger = ledger
        self._after = after
        self.trouble: str | None = None

    async def run(self, handle: Handle) -> None:
        """Until cancelled. What failed is handed over again after a pause."""
        backoff = Backoff()
        while True:
            try:
                if not await self.bring(handle):
                    await self._ledger.wait_beyond(self._after, WAIT_S)
            except Exception as error:
                self.trouble = reason(error)
                await backoff.pause()
            else:
                self.trouble = None
                backoff.reset()
                await asyncio.sleep(0)

    async def bring(self, handle: Handle) -> int:
        """One batch, for simulations that decide themselves who moves next; how many lines there were."""
        lines = await self._ledger.read(self._after, BATCH)
        if lines:
            await handle([Delivery(line.position, line.bytes, line.hash) for line in lines])
            self._after = lines[-1].position
        return len(lines)

    async def owed(self) -> int | None:
        """What the ledger has beyond what was brought."""
        return max(0, (await self._ledger.head())[0] - self._after)
