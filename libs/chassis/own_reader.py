"""A service reading its own ledger: the same promises as a reader of the bus, without the way there and back."""

from __future__ import annotations

import asyncio

from bus.delivery import Delivery, Handle
from ledger.ports import Ledger

BATCH = 256
IDLE_S = 1.0
"""The ledger wakes the reader itself; this only bounds the wait."""

PAUSE_S = 0.1
"""After a failure, before the same lines are handed over again."""


class OwnReader:
    """Hands over the ledger's lines from the consumer's position on."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.trouble: str | None = None

    async def run(self, handle: Handle) -> None:
        """Until cancelled."""
        position = await self._position()
        while True:
            try:
                lines = await self._ledger.read(position, BATCH)
                if lines:
                    await handle([Delivery(line.position, line.bytes, line.hash) for line in lines])
                    position = lines[-1].position
                else:
                    await self._ledger.wait_beyond(position, IDLE_S)
                self.trouble = None
            except asyncio.CancelledError:
                raise
            except Exception as error:
                self.trouble = f"{type(error).__name__}: {error}"
                await asyncio.sleep(PAUSE_S)
                position = await self._position()

    async def _position(self) -> int:
        while True:
            try:
                return await self._ledger.position_of(self._ledger.service)
            except Exception as error:
                self.trouble = f"{type(error).__name__}: {error}"
                await asyncio.sleep(PAUSE_S)

    async def owed(self) -> int | None:
        """Unknown: nothing but the ledger itself counts them."""
        return None
