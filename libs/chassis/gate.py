"""Whether a service may write. Shut while its ledger is being compared with its stream, and while lines are missing.

A line that is appended after an older backup was restored takes the place of one that others have already read:
two truths, and no recovery. So nothing that appends runs before the bus was asked, nor while it knows more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

STARTING = "the ledger is being compared with its stream"
SETTLING = "lines were put back from the bus; read models are being folded again"


class Gate:
    """Shut at first. `why` says what for; None while it is open."""

    def __init__(self) -> None:
        self.why: str | None = STARTING
        self._opened = asyncio.Event()
        self._shut = asyncio.Event()
        self._shut.set()

    def open(self) -> None:
        """Writing may begin, or go on."""
        self.why = None
        self._shut.clear()
        self._opened.set()

    def shut(self, why: str) -> None:
        """Nothing more is to be written; what is in flight is ended."""
        self.why = why
        self._opened.clear()
        self._shut.set()

    async def until_shut(self) -> None:
        """Return when it is shut."""
        await self._shut.wait()

    async def while_open(self, run: Callable[[], Awaitable[None]]) -> None:
        """Wait for the gate, then run; cancelled when the gate is shut. Errors of `run` come through."""
        await self._opened.wait()
        work = asyncio.ensure_future(run())
        shutting = asyncio.ensure_future(self._shut.wait())
        try:
            await asyncio.wait({work, shutting}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
        finally:
            shutting.cancel()
            work.cancel()
            await asyncio.gather(work, shutting, return_exceptions=True)
