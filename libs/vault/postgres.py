"""The vault in PostgreSQL: schema `vault`, see `schema/001_vault.sql`."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import asyncpg

from vault import statements
from vault.errors import KekUnknown, KeyFileMissing, VaultBusy
from vault.key_file import KeyFile
from vault.refs import Ref
from vault.sealing import FIRST_KEY_VERSION
from vault.store import ItemMark, ItemRow, KeyRow, Known
from vault.vault import Vault

SCHEMA_FOLDER: Final = Path(__file__).parent / "schema"
"""Numbered SQL files for the migration runner; their placeholder {role} is the vault's login role."""

ROLE_SETTINGS: Final[Mapping[str, str]] = {
    # A plan made while the tables were small reads all of them when they are large, until the next ANALYZE
    # (seen: 20 ms instead of 0.5 for an `open_` after an import of 30,000 cases). Planning costs 0.1 ms.
    "plan_cache_mode": "force_custom_plan",
}
"""What the vault's login role needs beside the limits that all roles have."""

PATIENCE_S: Final = 30.0
"""Covers a restart of PostgreSQL (seconds) and most failovers (15 s); after that the caller is told."""

PAUSE_S: Final = 0.1
"""Between two tries while the database is away: a server that comes back is not stormed."""

AWAY: Final = (
    OSError,  # With it TimeoutError and every ConnectionError.
    asyncpg.PostgresConnectionError,
    asyncpg.InternalClientError,
    asyncpg.InterfaceError,  # The connection ended under a call. Bad arguments are one too: see `_run`.
    asyncpg.OperatorInterventionError,  # Shutting down, crashed, starting, statement cancelled.
    asyncpg.InsufficientResourcesError,  # Disk full, too many connections, out of memory.
    asyncpg.TransactionRollbackError,  # Deadlock, serialisation.
    asyncpg.LockNotAvailableError,
)
"""Errors after which the same statement may work in a moment; each may safely have worked already."""

_T = TypeVar("_T")


class PostgresVault(Vault):
    """The vault over an asyncpg pool of the vault's role (a pool of one connection will do) and a key file."""

    def __init__(self, pool: "asyncpg.Pool[Any]", key_file: KeyFile) -> None:
        super().__init__(PostgresStore(pool), key_file)


async def open_vault(pool: "asyncpg.Pool[Any]", path: Path, *, at: datetime) -> PostgresVault:
    """The vault ready for use; the key file is made if, and only if, nothing was ever sealed.

    `KeyFileMissing` or `KekUnknown` if sealed content exists that this file cannot open.
    """
    in_use = await PostgresStore(pool).kek_ids()
    if in_use and not path.exists():
        raise KeyFileMissing(
            f"there is no key file at {path}, but sealed content exists that only it opens: "
            "put it back from its backup"
        )
    key_file = KeyFile.create(path, at=at)
    if strange := in_use.difference(key_file.kek_ids):
        raise KekUnknown(f"the key file {path} does not hold {min(strange)}: put back the file that does")
    return PostgresVault(pool, key_file)


class PostgresStore:
    """`Store` in PostgreSQL, one statement a call, each its own transaction."""

    def __init__(self, pool: "asyncpg.Pool[Any]") -> None:
        self._pool = pool

    async def write(
        self, keys: Sequence[KeyRow], items: Sequence[ItemRow], again: Sequence[Ref], at: datetime
    ) -> set[Ref]:
        key_columns = _columns(
            5, ((k.case_id, k.key_version, k.algorithm, k.kek_id, k.wrapped_key) for k in keys)
        )
        item_columns = _columns(11, (_flat(row) for row in items))
        rows = await self._fetch(statements.WRITE, at, *key_columns, *item_columns, *_columns(3, again))
        return {Ref(*row) for row in rows}

    async def known(self, case_ids: Collection[str]) -> Known:
        rows = await self._fetch(statements.KNOWN, list(case_ids))
        return Known(_keys(rows), [_mark(row) for row in rows if row["item"] is not None])

    async def fetch(self, refs: Sequence[Ref]) -> tuple[Sequence[KeyRow], Sequence[ItemRow]]:
        rows = await self._fetch(statements.FETCH, *_columns(3, refs))
        items = [
            ItemRow(_mark(row), row["item_key_version"], row["item_algorithm"], row["ciphertext"])
            for row in rows
            if row["item"] is not None
        ]
        return _keys(rows), items

    async def erase_keys(self, case_id: str, at: datetime) -> None:
        await self._execute(statements.ERASE_KEYS, case_id, at, FIRST_KEY_VERSION)

    async def remove_items_of(self, case_id: str) -> int:
        return await self._execute(statements.REMOVE_ITEMS_OF, case_id)

    async def shredded_with_items(self, limit: int) -> Sequence[str]:
        return [row[0] for row in await self._fetch(statements.SHREDDED_WITH_ITEMS, limit)]

    async def unsettled(
        self, before: datetime, items: Collection[str] | None, after: Ref | None, limit: int
    ) -> Sequence[Ref]:
        names = None if items is None else list(items)
        start = after or ("", "", 0)
        return [Ref(*row) for row in await self._fetch(statements.UNSETTLED, before, names, *start, limit)]

    async def settle(self, refs: Sequence[Ref]) -> None:
        await self._execute(statements.SETTLE, *_columns(3, refs))

    async def remove_unsettled(self, refs: Sequence[Ref], before: datetime) -> int:
        return await self._execute(statements.REMOVE_UNSETTLED, *_columns(3, refs), before)

    async def kek_ids(self) -> set[str]:
        return {row[0] for row in await self._fetch(statements.KEK_IDS)}

    async def wrapped_otherwise(self, kek_id: str, after: tuple[str, int], limit: int) -> Sequence[KeyRow]:
        return _keys(await self._fetch(statements.WRAPPED_OTHERWISE, kek_id, *after, limit))

    async def rewrap(self, old: Sequence[KeyRow], new: Sequence[KeyRow]) -> int:
        rows = (
            (n.case_id, n.key_version, o.wrapped_key, n.algorithm, n.kek_id, n.wrapped_key)
            for o, n in zip(old, new, strict=True)
        )
        return await self._execute(statements.REWRAP, *_columns(6, rows))

    async def _fetch(self, statement: str, *arguments: object) -> list[Any]:
        return await self._run(lambda connection: connection.fetch(statement, *arguments))

    async def _execute(self, statement: str, *arguments: object) -> int:
        """Run it; the number of rows it touched, from a command tag like `DELETE 3`."""
        tag: str = await self._run(lambda connection: connection.execute(statement, *arguments))
        return int(tag.rpartition(" ")[2])

    async def _run(self, work: Callable[[Any], Awaitable[_T]]) -> _T:
        """One statement on one connection, again while the database is away; then `VaultBusy`."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    try:
                        async with self._pool.acquire() as connection:
                            return await work(connection)
                    except AWAY as error:
                        if isinstance(error, ValueError) or self._pool.is_closing():
                            raise
                    await asyncio.sleep(PAUSE_S)
        except TimeoutError:
            raise VaultBusy("the vault's database did not answer in time") from None


def _columns(width: int, rows: Iterable[Sequence[object]]) -> list[list[object]]:
    """Rows as columns, for unnest; as many empty columns if there are no rows."""
    columns: list[list[object]] = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]


def _flat(row: ItemRow) -> tuple[object, ...]:
    mark = row.mark
    return (
        *mark.ref,
        row.key_version,
        row.algorithm,
        row.ciphertext,
        mark.commitment_algorithm,
        mark.commitment,
        mark.fingerprint_algorithm,
        mark.fingerprint,
        row.under_new_key,
    )


def _keys(rows: Iterable[Any]) -> list[KeyRow]:
    """Each key once; a join repeats it for each item, and leaves it out where its row is lost."""
    keys = {
        (row["case_id"], row["key_version"]): KeyRow(
            row["case_id"], row["key_version"], row["algorithm"], row["kek_id"], row["wrapped_key"]
        )
        for row in rows
        if row["case_id"] is not None
    }
    return list(keys.values())


def _mark(row: Any) -> ItemMark:
    return ItemMark(
        Ref(row["item_case"], row["item"], row["n"]),
        row["commitment_algorithm"],
        row["commitment"],
        row["fingerprint_algorithm"],
        row["fingerprint"],
    )
