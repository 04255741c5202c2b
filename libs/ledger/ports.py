"""The ports of a ledger. PostgreSQL and the in-memory ledger keep the same promises (one suite tests both)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from ledger.lines import Append, Appended, IdempotencyKey, InboxMove, Line, Row


class Ledger(Protocol):
    """One service's ledger."""

    service: str

    async def append(self, append: Append) -> Appended:
        """Write durably, together with whatever other appends wait at the same moment.

        Raises Conflict, KeyReused or Refused for this append alone; LedgerUnavailable when the database
        is away for long. Returns only after commit. An append without lines writes nothing.
        """

    async def known(self, key: IdempotencyKey) -> Appended | None:
        """What was recorded under this key, or None. Raises KeyReused when the body was another."""

    async def load(self, stream: str) -> Sequence[Line]:
        """All lines of a stream, by version."""

    async def since(self, stream: str, version: int) -> Sequence[Row]:
        """The rows of a stream from this version on, itself included, by version."""

    async def read(self, after: int, limit: int, stream: str | None = None) -> Sequence[Line]:
        """Lines with position > after, in order, at most limit; of one stream if given."""

    async def head(self) -> tuple[int, bytes]:
        """Position and hash of the last line; position 0 and the genesis hash when empty."""

    async def wait_beyond(self, position: int, timeout_s: float) -> None:
        """Return soon after the head passed position, or after the timeout. A hint, never a guarantee."""

    def session(self, *, begun: bool = True) -> AbstractAsyncContextManager[Session]:
        """One transaction for a reaction; commits when the block ends without an exception.

        Not `begun`: it begins with `begin()`. Where nobody calls that, `append` is the only statement that writes
        and a transaction of its own, committed when it returns: two round trips less.
        """

    async def position_of(self, source: str) -> int:
        """The consumer position on a source; 0 when nothing was consumed."""


class Session(Protocol):
    """One transaction: read, project, and, as the last statement, append."""

    async def begin(self) -> Any:
        """The asyncpg connection, for projections into the service's own tables; None in memory.

        From here on everything is one transaction; calling it again changes nothing.
        """

    async def load_many(self, streams: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        """The rows of several streams, by version, in one round trip. Absent streams have none."""

    async def position_of(self, source: str) -> int:
        """The consumer position on a source, inside this transaction."""

    async def append(self, appends: Sequence[Append], inbox: InboxMove | None = None) -> Sequence[Appended]:
        """The last statement before commit. All appends and the inbox move, or nothing.

        Raises InboxMoved, Conflict or Refused; the transaction is then of no use.
        """
