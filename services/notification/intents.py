"""Notices that became due and were not handed over yet, as the ledger wrote them down together with their cause."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol


class Due(NamedTuple):
    """A notice that is due, and the first line of the append that made it so."""

    notice_key: str
    position: int


class Intents(Protocol):
    """The port."""

    async def due(self, limit: int, *, without: Collection[str]) -> Sequence[Due]:
        """The oldest that are open, some left out."""

    async def done(self, notice_keys: Sequence[str], at: datetime) -> None:
        """Never again. Saying it twice changes nothing."""

    async def open(self) -> int:
        """How many are open."""


class PostgresIntents:
    """The table `intents` beside the ledger."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    async def due(self, limit: int, *, without: Collection[str]) -> Sequence[Due]:
        rows = await self._pool.fetch(
            "SELECT key, position FROM intents WHERE done_at IS NULL AND key <> ALL ($2::text[])"
            " ORDER BY position, key LIMIT $1",
            limit,
            list(without),
        )
        return [Due(row["key"], row["position"]) for row in rows]

    async def done(self, notice_keys: Sequence[str], at: datetime) -> None:
        await self._pool.execute("SELECT intents_done($1, $2)", list(notice_keys), at)

    async def open(self) -> int:
        count: int = await self._pool.fetchval("SELECT count(*) FROM intents WHERE done_at IS NULL")
        return count
