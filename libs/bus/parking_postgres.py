"""Parking in the consuming service's own schema, inside the transaction of the effect."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bus.parking import Lot, Parked
from ledger.migrations import MigrationSet
from ledger.ports import Session

SCHEMA_FOLDER = Path(__file__).parent / "schema"

_COLUMNS = "source, position, key, hash, bytes, poison, reason, parked_at"


def parking_set(service: str, *, schema: str | None = None, role: str | None = None) -> MigrationSet:
    """The migrations of a service's parking; apply them after its ledger's."""
    names = {"schema": schema or service, "role": role or service}
    return MigrationSet(f"parking.{names['schema']}", SCHEMA_FOLDER, names)


class PostgresParking:
    """Parking in tables. `pool` is the service's own (an asyncpg pool); sessions bring their connection."""

    def __init__(self, pool: Any, schema: str) -> None:
        self._pool = pool
        self._schema = schema

    @asynccontextmanager
    async def within(self, session: Session) -> AsyncIterator[Lot]:
        """The lot on the session's connection; the session's transaction decides."""
        yield _PostgresLot(session, self._schema)

    async def count(self) -> int:
        """How many wait."""
        return int(await self._pool.fetchval(f"SELECT count(*) FROM {self._schema}.parked"))

    async def listing(self, key: str | None = None) -> Sequence[Parked]:
        """What waits, by key and arrival."""
        rows = await self._pool.fetch(
            f"SELECT {_COLUMNS} FROM {self._schema}.parked WHERE key = $1 OR $1 IS NULL ORDER BY key, arrival",
            key,
        )
        return [Parked(*row) for row in rows]


class _PostgresLot:
    def __init__(self, session: Any, schema: str) -> None:
        self._session = session
        self._schema = schema

    async def blocked(self, keys: Collection[str]) -> set[str]:
        """A key that has nothing waiting cannot be locked; as soon as one has, the lock needs the transaction."""
        sql = f"SELECT key FROM {self._schema}.parked_keys WHERE key = ANY($1::text[]) ORDER BY key FOR SHARE"
        while rows := await self._session.fetch(sql, list(keys)):
            if self._session.begun:
                break
            await self._session.begin()
        return {row[0] for row in rows}

    async def park(self, events: Sequence[Parked]) -> None:
        connection = await self._session.begin()
        keys = {event.key: event.parked_at for event in events}
        await connection.execute(
            f"INSERT INTO {self._schema}.parked_keys (key, since)"
            " SELECT * FROM unnest($1::text[], $2::timestamptz[]) ON CONFLICT DO NOTHING",
            list(keys),
            list(keys.values()),
        )
        await connection.executemany(
            f"INSERT INTO {self._schema}.parked ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
            " ON CONFLICT DO NOTHING",
            [(e.source, e.position, e.key, e.hash, e.bytes, e.poison, e.reason, e.parked_at) for e in events],
        )

    async def count(self) -> int:
        rows = await self._session.fetch(f"SELECT count(*) FROM {self._schema}.parked")
        return int(rows[0][0])

    async def first(self, key: str) -> Parked | None:
        connection = await self._session.begin()
        await connection.execute(f"SELECT 1 FROM {self._schema}.parked_keys WHERE key = $1 FOR UPDATE", key)
        row = await connection.fetchrow(
            f"SELECT {_COLUMNS} FROM {self._schema}.parked WHERE key = $1 ORDER BY arrival LIMIT 1", key
        )
        return Parked(*row) if row else None

    async def remove(self, source: str, position: int) -> None:
        connection = await self._session.begin()
        key = await connection.fetchval(
            f"DELETE FROM {self._schema}.parked WHERE source = $1 AND position = $2 RETURNING key",
            source,
            position,
        )
        await connection.execute(
            f"DELETE FROM {self._schema}.parked_keys k WHERE key = $1"
            f" AND NOT EXISTS (SELECT FROM {self._schema}.parked p WHERE p.key = k.key)",
            key,
        )
