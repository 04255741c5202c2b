"""What the sending half needs of a ledger: to read its lines. Nothing on the bus can write one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ledger.lines import Line


class Lines(Protocol):
    """The reading part of ledger.ports.Ledger."""

    async def read(self, after: int, limit: int) -> Sequence[Line]:
        """Lines with position > after, in order, at most limit."""

    async def head(self) -> tuple[int, bytes]:
        """Position and hash of the last line; position 0 and the genesis hash when empty."""

    async def wait_beyond(self, position: int, timeout_s: float) -> None:
        """Return soon after the head passed position, or after the timeout. A hint, never a guarantee."""
