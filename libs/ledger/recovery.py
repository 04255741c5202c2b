"""Lines that a restored database lost, put back: positions and hashes exactly as before, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import asyncpg

from ledger.lines import Line
from ledger.roles import OWNER

PORTION = 2_000
"""Lines of one call: a megabyte or two, so that no value grows beyond what the driver likes."""

LIMIT_S = 600
"""Half a million lines; a service's own limits are for its short transactions."""


class RecoveryRefused(Exception):
    """The lines do not continue this ledger. Nothing at all was changed."""


@dataclass(frozen=True, slots=True)
class KnownKey:
    """An idempotency key as far as the lines tell it: not the body it came with."""

    principal: str
    operation: str
    key: str
    first_position: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What stood beside the lost lines, as far as the lines tell it."""

    keys: Sequence[KnownKey] = ()
    serials: Mapping[str, int] = field(default_factory=dict)
    """Register -> the highest serial that one of the lines bears."""
    due: Mapping[str, int] = field(default_factory=dict)
    """Intent -> the position of the line that made it due."""
    done: Mapping[str, datetime] = field(default_factory=dict)
    """Intent -> when the ledger says that it was carried out."""
    inbox: Mapping[str, int] = field(default_factory=dict)
    """Source -> up to where its events were certainly answered, the answers being in the ledger."""


async def reinsert(
    db: asyncpg.Connection[Any],
    schema: str,
    after: int,
    lines: Sequence[Line],
    *,
    books: Books,
    at: datetime,
) -> None:
    """Put the lines back after the head, which must be at `after`, and the books with them; one transaction.

    PostgreSQL computes every hash; one that differs from the line's undoes all. `db` belongs to whoever migrates
    the database. Raises RecoveryRefused, or the driver's errors.
    """
    try:
        async with db.transaction():
            await db.execute(f"SET LOCAL ROLE {OWNER}")
            await db.execute(f"SET LOCAL statement_timeout = '{LIMIT_S}s'")
            position = after
            for begin in range(0, len(lines), PORTION):
                position = await _insert(db, schema, position, lines[begin : begin + PORTION])
            await _keep_books(db, schema, (after + 1, position), books, at)
    except (
        asyncpg.ObjectNotInPrerequisiteStateError,
        asyncpg.DataError,
        asyncpg.IntegrityConstraintViolationError,
    ) as error:
        raise RecoveryRefused(str(error)) from error


async def _insert(db: Any, schema: str, after: int, lines: Sequence[Line]) -> int:
    position: int = await db.fetchval(
        f"SELECT {schema}.recover_lines($1, $2, $3, $4, $5, $6, $7)",
        after,
        [line.stream for line in lines],
        [line.version for line in lines],
        [line.type for line in lines],
        [line.bytes for line in lines],
        [line.hash for line in lines],
        [line.recorded_at for line in lines],
    )
    return position


async def _keep_books(db: Any, schema: str, ends: tuple[int, int], books: Books, at: datetime) -> None:
    slots = ", ".join(f"${n}" for n in range(1, 17))
    await db.execute(
        f"SELECT {schema}.recover_books({slots})",
        *ends,
        at,
        [each.principal for each in books.keys],
        [each.operation for each in books.keys],
        [each.key for each in books.keys],
        [each.first_position for each in books.keys],
        [each.lines for each in books.keys],
        *_columns(books.serials),
        *_columns(books.due),
        *_columns(books.done),
        *_columns(books.inbox),
    )


def _columns(pairs: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    return list(pairs), list(pairs.values())
