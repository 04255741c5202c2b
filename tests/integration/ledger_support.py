"""Ledgers on a real PostgreSQL, for tests: one database for a module, one schema for a test."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from ledger.limits import RETRY_FOR_S
from ledger.migrations import apply, ledger_set
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.roles import AUDITOR, Role

SERVICE = "testing"
PASSWORD = "only-for-tests"


def as_role(dsn: str, role: str) -> str:
    """The same database, as another role."""
    parts = urlsplit(dsn)
    return urlunsplit(parts._replace(netloc=f"{role}:{PASSWORD}@{parts.netloc.rpartition('@')[2]}"))


@dataclass(frozen=True)
class Place:
    """A ledger's schema in a database."""

    owner_dsn: str
    schema: str

    @property
    def dsn(self) -> str:
        """As the service."""
        return as_role(self.owner_dsn, SERVICE)

    @property
    def auditor_dsn(self) -> str:
        """As the auditor."""
        return as_role(self.owner_dsn, AUDITOR)

    @asynccontextmanager
    async def replica(
        self, size: int = 2, *, dsn: str | None = None, retry_for_s: float = RETRY_FOR_S
    ) -> AsyncIterator[PostgresLedger]:
        """One process' ledger, with a pool of its own."""
        pool = await open_pool(dsn or self.dsn, size=size)
        try:
            yield PostgresLedger(pool, SERVICE, self.schema, retry_for_s=retry_for_s)
        finally:
            pool.terminate()

    async def as_owner(self, sql: str, *values: Any) -> Any:
        """Rows of a statement run with every right there is; {schema} is filled in."""
        db = await asyncpg.connect(self.owner_dsn)
        try:
            return await db.fetch(sql.replace("{schema}", self.schema), *values)
        finally:
            await db.close()


async def new_place(owner_dsn: str) -> Place:
    """An empty ledger in a schema of its own."""
    schema = f"testing_{secrets.token_hex(6)}"
    sets = [ledger_set(SERVICE, "test-installation", schema=schema, role=SERVICE)]
    await apply(owner_dsn, sets, [Role(SERVICE, PASSWORD)], auditor_password=PASSWORD)
    return Place(owner_dsn, schema)
