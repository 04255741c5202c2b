"""The PostgreSQL roles: one owner that nobody logs in as, one role a service, one auditor who only reads."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg

OWNER = "huiyin_owner"
"""Owns schemas, tables and functions. It cannot log in; migrations act as it."""

AUDITOR = "huiyin_auditor"
"""Reads every ledger, writes nothing."""

SETTINGS: Mapping[str, str] = {
    # A writer that is paused inside a transaction loses it after this time, and with it the head row.
    "idle_in_transaction_session_timeout": "2s",
    # Waiting longer for a row means that somebody is paused; fail and try again.
    "lock_timeout": "2s",
    # No statement of a service is long; rebuilds and checks go in batches.
    "statement_timeout": "30s",
    # A cut connection is noticed within 15 s: 5 + 2 x 5.
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "15000",
    # Acknowledged means on disk.
    "synchronous_commit": "on",
    # Instants are stored and shown in UTC by machines; only the edges know Asia/Shanghai.
    "timezone": "UTC",
}
"""Per session, and therefore for every client that logs in as the role."""

AUDITOR_SETTINGS: Mapping[str, str] = {
    **SETTINGS,
    "default_transaction_read_only": "on",
    # An auditor may read a whole ledger in one go.
    "statement_timeout": "10min",
    "idle_in_transaction_session_timeout": "10min",
}

ROLE_ATTEMPTS = 20
ROLE_PAUSE_S = 0.05
"""Roles belong to the whole cluster: two databases being set up at once may collide for an instant."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role that logs in. Without a password it is left to pg_hba (a local, trusted cluster)."""

    name: str
    password: str | None = field(default=None, repr=False)
    settings: Mapping[str, str] = field(default_factory=lambda: SETTINGS)


async def ensure_owner(db: asyncpg.Connection[Any]) -> None:
    """The owner exists, may create schemas here, and the current user may act as it."""
    await _create(db, OWNER, "NOLOGIN")
    await _settled(db, f"GRANT {OWNER} TO CURRENT_USER")
    database = await db.fetchval("SELECT quote_ident(current_database())")
    await _settled(db, f"GRANT CREATE ON DATABASE {database} TO {OWNER}")


async def ensure_role(db: asyncpg.Connection[Any], role: Role) -> None:
    """The role exists with its password and settings; it owns nothing and inherits nothing."""
    await _create(db, role.name, "LOGIN NOINHERIT")
    if role.password is not None:
        literal = await db.fetchval("SELECT quote_literal($1::text)", role.password)
        await _settled(db, f"ALTER ROLE {role.name} PASSWORD {literal}")
    stored = await db.fetchval("SELECT rolconfig FROM pg_roles WHERE rolname = $1", role.name)
    wanted = {f"{name}={value}" for name, value in role.settings.items()}
    if not wanted <= {_same_case(item) for item in stored or ()}:
        for name, value in role.settings.items():
            await _settled(db, f"ALTER ROLE {role.name} SET {name} = '{value}'")


def _same_case(item: str) -> str:
    name, _, value = item.partition("=")
    return f"{name.lower()}={value}"


async def _create(db: asyncpg.Connection[Any], name: str, options: str) -> None:
    if not await db.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
        # Another process may be quicker; the role is then what we wanted.
        with suppress(asyncpg.DuplicateObjectError, asyncpg.UniqueViolationError):
            await _settled(db, f"CREATE ROLE {name} {options}")


async def _settled(db: asyncpg.Connection[Any], statement: str) -> None:
    """Run a statement on a shared catalogue; "tuple concurrently updated" only means: again."""
    for attempt in range(ROLE_ATTEMPTS):
        try:
            await db.execute(statement)
            return
        except asyncpg.InternalServerError:
            if attempt == ROLE_ATTEMPTS - 1:
                raise
            await asyncio.sleep(ROLE_PAUSE_S)
