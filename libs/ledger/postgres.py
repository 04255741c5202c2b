"""The ledger in PostgreSQL. It sees bytes, never events; tables and functions are in `schema/`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

import asyncpg

from ledger.batch import Answer, Prepared, answer
from ledger.call import arguments, call_of
from ledger.collector import Collector
from ledger.held import Held
from ledger.limits import ACQUIRE_TIMEOUT_S, POLL_S, RETRY_FOR_S
from ledger.lines import Append, Appended, IdempotencyKey, KeyReused, Line, NewLine, Row
from ledger.rows import COLUMNS, FOLDED, lines_of
from ledger.session import PostgresSession
from ledger.store import Lost
from ledger.trouble import judged
from ledger.watch import Watch


class PostgresLedger:
    """`ports.Ledger` over a pool of the service's role (`ledger.pool.open_pool`; two connections will do).

    Several processes may use the ledger of one service at once.
    """

    def __init__(
        self,
        pool: asyncpg.Pool[Any],
        service: str,
        schema: str | None = None,
        *,
        retry_for_s: float = RETRY_FOR_S,
    ) -> None:
        self.service = service
        self.schema = schema or service
        self._pool = pool
        self._held = Held(pool)
        self._writer = uuid4().hex
        self._collector = Collector(self, self._written, retry_for_s=retry_for_s)
        self._watch = Watch(self._position, POLL_S)
        self._append_sql = call_of(self.schema)
        self._load_sql = f"SELECT {COLUMNS} FROM {self.schema}.ledger WHERE stream = $1 ORDER BY version"
        self._since_sql = (
            f"SELECT {FOLDED} FROM {self.schema}.ledger WHERE stream = $1 AND version >= $2 ORDER BY version"
        )
        self._read_sql = (
            f"SELECT {COLUMNS} FROM {self.schema}.ledger WHERE position > $1 ORDER BY position LIMIT $2"
        )
        self._read_stream_sql = (
            f"SELECT {COLUMNS} FROM {self.schema}.ledger WHERE stream = $3 AND position > $1"
            " ORDER BY version LIMIT $2"  # Positions of a stream rise with its versions.
        )
        self._head_sql = f"SELECT position, hash FROM {self.schema}.head"

    async def append(self, append: Append) -> Appended:
        return await self._collector.append(append)

    async def load(self, stream: str) -> Sequence[Line]:
        return lines_of(await self._pool.fetch(self._load_sql, stream))

    async def since(self, stream: str, version: int) -> Sequence[Row]:
        db = await self._held.take()
        try:
            rows = await db.fetch(self._since_sql, stream, version)
        except BaseException:
            await self._held.give_back(db)
            raise
        self._held.rest(db)
        return list(map(tuple, rows))

    async def read(self, after: int, limit: int, stream: str | None = None) -> Sequence[Line]:
        if stream is None:
            return lines_of(await self._pool.fetch(self._read_sql, after, limit))
        return lines_of(await self._pool.fetch(self._read_stream_sql, after, limit, stream))

    async def head(self) -> tuple[int, bytes]:
        row = await self._pool.fetchrow(self._head_sql)
        return row["position"], row["hash"]

    async def genesis(self) -> bytes:
        """hash(0) of this ledger, as set up."""
        return await self._pool.fetchval(f"SELECT genesis FROM {self.schema}.origin")  # type: ignore[no-any-return]

    async def wait_beyond(self, position: int, timeout_s: float) -> None:
        await self._watch.beyond(position, timeout_s)

    @asynccontextmanager
    async def session(self, *, begun: bool = True) -> AsyncIterator[PostgresSession]:
        """One transaction. Commits at the end of the block; connection errors come as the driver's own."""
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
            async with PostgresSession(db, self.schema, self._append_sql, self._writer) as session:
                if begun:
                    await session.begin()
                yield session
            if session.last_position:
                self._written(session.last_position)

    async def position_of(self, source: str) -> int:
        sql = f"SELECT position FROM {self.schema}.inbox WHERE source = $1"
        return await self._pool.fetchval(sql, source) or 0

    async def known(self, key: IdempotencyKey) -> Appended | None:
        row = await self._pool.fetchrow(
            "SELECT d.body_sha256, d.first_position, d.lines, a.hash AS first_hash, z.hash AS last_hash"
            f" FROM {self.schema}.idempotency d JOIN {self.schema}.ledger a ON a.position = d.first_position"
            f" JOIN {self.schema}.ledger z ON z.position = d.first_position + d.lines - 1"
            " WHERE d.principal = $1 AND d.operation = $2 AND d.key = $3",
            key.principal, key.operation, key.key,
        )  # fmt: skip
        if row is None:
            return None
        if row["body_sha256"] != key.body_sha256:
            raise KeyReused(f"the idempotency key {key.key!r} was used with another body")
        return Appended(row["first_position"], row["lines"], row["last_hash"], True, row["first_hash"])

    async def intents_due(self, limit: int) -> Sequence[tuple[str, int]]:
        """(key, position) of side effects not yet carried out, oldest first."""
        rows = await self._pool.fetch(
            f"SELECT key, position FROM {self.schema}.intents WHERE done_at IS NULL ORDER BY position LIMIT $1",
            limit,
        )
        return [(row["key"], row["position"]) for row in rows]

    async def intents_done(self, keys: Sequence[str], at: datetime) -> int:
        """Mark side effects as carried out; how many were still open."""
        return await self._pool.fetchval(f"SELECT {self.schema}.intents_done($1, $2)", keys, at)  # type: ignore[no-any-return]

    async def forget_keys(self, before: datetime) -> int:
        """Forget idempotency keys recorded before then (never those of imports)."""
        return await self._pool.fetchval(f"SELECT {self.schema}.forget_keys($1)", before)  # type: ignore[no-any-return]

    # The bottom under the collector: collector.Store.

    async def write(self, group: Sequence[Prepared]) -> Answer:
        """One call of the append function; commits with it."""
        db = None
        try:
            values = arguments(group, self._writer, together=False)
            db = await self._held.take()
            row = await db.fetchrow(self._append_sql, *values)
        except Exception as error:
            meaning = judged(error, sent=db is not None)
            if db is not None:
                await (self._held.drop(db) if isinstance(meaning, Lost) else self._held.give_back(db))
            raise meaning from error
        except asyncio.CancelledError:
            if db is not None:
                await self._held.drop(db)
            raise
        self._held.rest(db)
        return answer(group, row)

    async def find(self, lines: Sequence[NewLine]) -> Appended | None:
        """Where exactly these lines stand, or None."""
        sql = (
            f"SELECT l.position, l.hash FROM {self.schema}.ledger l"
            " JOIN unnest($1::text[], $2::bigint[], $3::bytea[]) AS u(stream, version, bytes)"
            " ON l.stream = u.stream AND l.version = u.version AND l.bytes = u.bytes ORDER BY l.position"
        )
        try:
            rows = await self._pool.fetch(
                sql, [n.stream for n in lines], [n.version for n in lines], [n.bytes for n in lines]
            )
        except Exception as error:
            raise judged(error, sent=False) from error
        if len(rows) != len(lines):
            return None
        return Appended(rows[0]["position"], len(rows), rows[-1]["hash"], False, rows[0]["hash"])

    def _written(self, position: int) -> None:
        self._watch.seen(position)

    async def _position(self) -> int:
        try:
            return (await self.head())[0]
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
            return 0  # A hint is all that is promised; whoever waits reads for himself.
