"""Numbered SQL files, each applied once and for ever: what was applied must not be changed afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg

from ledger.roles import AUDITOR, AUDITOR_SETTINGS, OWNER, Role, ensure_owner, ensure_role

SCHEMA_FOLDER = Path(__file__).parent / "schema"
"""The SQL of a ledger: applied once for each service."""

LOCK = 0x6875_6979_696E  # "huiyin": the advisory lock under which one process at a time migrates a database.
CONNECT_S = 15.0
"""A server that does not answer a connection for so long is reported, not waited for."""

_FILE = re.compile(r"^(\d{3})_[a-z0-9_]+\.sql$")
_IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
_INSTALLATION = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

HISTORY = """
CREATE SCHEMA IF NOT EXISTS huiyin;
CREATE TABLE IF NOT EXISTS huiyin.migrations (
    set        text        NOT NULL,
    number     integer     NOT NULL,
    file       text        NOT NULL,
    sha256     bytea       NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (set, number)
);
"""


class MigrationError(Exception):
    """The SQL files and what was applied earlier do not fit together; nothing was changed."""


@dataclass(frozen=True, slots=True)
class MigrationSet:
    """A folder of files NNN_name.sql, applied under a name, with {placeholders} filled in.

    Placeholder values go into the SQL as they are: identifiers, or text without quotes.
    """

    name: str
    folder: Path
    placeholders: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applied:
    """A file that was applied now."""

    set: str
    number: int
    file: str


def ledger_set(
    service: str, installation: str, *, schema: str | None = None, role: str | None = None
) -> MigrationSet:
    """The ledger of a service in the schema and for the role of the same name (or as given)."""
    names = {"service": service, "schema": schema or service, "role": role or service, "auditor": AUDITOR}
    for what, name in names.items():
        if not _IDENTIFIER.match(name):
            raise MigrationError(f"{what} {name!r}: use a-z, 0-9 and _, beginning with a letter")
    if not _INSTALLATION.match(installation):
        raise MigrationError(
            f"installation {installation!r}: use letters, digits, '.', '_' and '-', at most 64"
        )
    return MigrationSet(f"ledger.{names['schema']}", SCHEMA_FOLDER, {**names, "installation": installation})


async def apply(
    superuser_dsn: str,
    sets: Sequence[MigrationSet],
    roles: Iterable[Role] = (),
    *,
    auditor_password: str | None = None,
) -> Sequence[Applied]:
    """Bring a database up to date; safe to repeat, and when several processes do it at once.

    Roles are created first (with their passwords and limits), then the sets in the order given, each file in a
    transaction of its own. Raises MigrationError when an applied file was changed or is missing.
    """
    db = await asyncpg.connect(superuser_dsn, timeout=CONNECT_S)
    try:
        await db.execute("SELECT pg_advisory_lock($1)", LOCK)
        await ensure_owner(db)
        await ensure_role(db, Role(AUDITOR, auditor_password, AUDITOR_SETTINGS))
        for role in roles:
            await ensure_role(db, role)
        await db.execute("SET client_min_messages = warning")
        await db.execute(HISTORY)
        return [done for each in sets for done in await _apply_set(db, each)]
    finally:
        await db.close(timeout=CONNECT_S)


async def _apply_set(db: asyncpg.Connection[Any], each: MigrationSet) -> Sequence[Applied]:
    rows = await db.fetch("SELECT number, file, sha256 FROM huiyin.migrations WHERE set = $1", each.name)
    before = {row["number"]: row for row in rows}
    files = _files(each)
    if missing := before.keys() - files.keys():
        raise MigrationError(
            f"{each.name}: {before[min(missing)]['file']} was applied but is not there any more"
        )
    done: list[Applied] = []
    for number, path in files.items():
        if number not in before:
            await _apply_file(db, each, number, path)
            done.append(Applied(each.name, number, path.name))
        elif before[number]["sha256"] != _digest(path):
            raise MigrationError(f"{each.name}: {path.name} was changed after it was applied; add a new file")
    return done


async def _apply_file(db: asyncpg.Connection[Any], each: MigrationSet, number: int, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sql = _PLACEHOLDER.sub(lambda found: each.placeholders.get(found[1], found[0]), text)
    async with db.transaction():
        await db.execute(f"SET LOCAL ROLE {OWNER}")
        try:
            await db.execute(sql)
        except asyncpg.PostgresError as error:
            raise MigrationError(f"{each.name}: {path.name}: {error}") from error
        await db.execute("RESET ROLE")
        await db.execute(
            "INSERT INTO huiyin.migrations (set, number, file, sha256) VALUES ($1, $2, $3, $4)",
            each.name, number, path.name, _digest(path),
        )  # fmt: skip


def _digest(path: Path) -> bytes:
    return sha256(path.read_bytes()).digest()


def _files(each: MigrationSet) -> Mapping[int, Path]:
    """Number -> file, in order. Numbers begin at 1 and have no gaps."""
    found = sorted(path for path in each.folder.iterdir() if path.suffix == ".sql")
    files: dict[int, Path] = {}
    for expected, path in enumerate(found, start=1):
        match = _FILE.match(path.name)
        if match is None or int(match[1]) != expected:
            raise MigrationError(
                f"{each.name}: {path.name}: expected a file called {expected:03d}_<name>.sql"
            )
        files[expected] = path
    if not files:
        raise MigrationError(f"{each.name}: no SQL files in {each.folder.name}")
    return files
