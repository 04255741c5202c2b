"""Who opens the gate of a service: after the bus was asked what it holds, and after a recovery was settled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from chassis.gate import SETTLING, Gate

FIRST_ANSWER_LIMIT_S = 5.0
"""The bus may be lost, and petitions are received all the same: a bus that is silent so long is not waited for."""

PAUSE_S = 0.1
SETTLE_PAUSE_S = 1.0


class Gatekeeper:
    """Opens and shuts one gate. `ask` is the reconciler's first question; `settle` folds read models again where a
    recovery has moved the service's positions, and may be called again after it failed.
    """

    def __init__(
        self, gate: Gate, ask: Callable[[], Awaitable[None]], settle: Callable[[], Awaitable[None]]
    ) -> None:
        self._gate = gate
        self._ask = ask
        self._settle = settle
        self._whole = asyncio.Event()
        self._whole.set()
        self.looked = asyncio.Event()
        """Set when the bus has answered, or was not waited for any longer."""

    def told(self, why: str | None) -> None:
        """What the reconciler tells: the ledger lacks lines, and why that is known; or None: it has them all."""
        if why is None:
            self._whole.set()
        else:
            self._whole.clear()
            self._gate.shut(why)

    async def run(self) -> None:
        """Until cancelled."""
        await self._first()
        while True:
            await self._whole.wait()
            await self._settled()
            if self._whole.is_set():
                self._gate.open()
            self.looked.set()
            await self._gate.until_shut()

    async def _first(self) -> None:
        try:
            async with asyncio.timeout(FIRST_ANSWER_LIMIT_S):
                while not await self._asked():
                    await asyncio.sleep(PAUSE_S)
        except TimeoutError:
            pass  # It may have lost its store, too: the ledger is the record.
        if not self._whole.is_set():
            self.looked.set()

    async def _asked(self) -> bool:
        try:
            await self._ask()
        except Exception:  # The bus or the database does not answer yet.
            return False
        return True

    async def _settled(self) -> None:
        while True:
            try:
                await self._settle()
                return
            except Exception as error:  # A neighbour, or the database, does not answer; the kind is enough.
                self._gate.shut(f"{SETTLING}: {type(error).__name__}: {error}")
                await asyncio.sleep(SETTLE_PAUSE_S)
