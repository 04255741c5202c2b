"""The vault on PostgreSQL, through its own role, over a pool of one connection, as the embedded default has it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from ledger.migrations import MigrationSet, apply
from ledger.pool import open_pool
from ledger.roles import SETTINGS, Role
from vault.conformance import A_DAY_LATER, NOON, VaultConformance, refers_to_nothing
from vault.errors import (
    ItemDamaged,
    ItemMissing,
    KekUnknown,
    KeyDamaged,
    KeyFileMissing,
    KeyMissing,
    KeyShredded,
)
from vault.key_file import KeyFile
from vault.postgres import ROLE_SETTINGS, SCHEMA_FOLDER, PostgresStore, PostgresVault, open_vault
from vault.store import KeyRow, Known
from vault.vault import Vault

ROLE = Role("vault_conformance", "only-for-this-test", {**SETTINGS, **ROLE_SETTINGS})
ITEMS = "SELECT * FROM vault.items ORDER BY case_id, item, n"
KEYS = "SELECT * FROM vault.vault_keys ORDER BY case_id, key_version"


@pytest.fixture
async def owner(fresh_database: str) -> AsyncIterator[asyncpg.Connection]:
    """The superuser, with the schema in place; can do what no service can."""
    await apply(fresh_database, [MigrationSet("vault", SCHEMA_FOLDER, {"role": ROLE.name})], [ROLE])
    connection = await asyncpg.connect(fresh_database)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def _pool_of_one(dsn: str) -> AsyncIterator[Any]:
    parts = urlsplit(dsn)
    host = parts.netloc.rpartition("@")[2]
    as_role = parts._replace(netloc=f"{ROLE.name}:{ROLE.password}@{host}")
    pool = await open_pool(urlunsplit(as_role), size=1)
    try:
        yield pool
    finally:
        await pool.close()


@pytest.fixture
async def pool(owner: asyncpg.Connection, fresh_database: str) -> AsyncIterator[Any]:
    async with _pool_of_one(fresh_database) as pool:
        yield pool


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    return tmp_path / "vault-keys.json"


@pytest.fixture
async def vault(pool: Any, key_path: Path) -> PostgresVault:
    return await open_vault(pool, key_path, at=NOON)


@pytest.fixture
def rotate(key_path: Path) -> Callable[[], None]:
    def add() -> None:
        KeyFile(key_path).rotate(at=NOON)

    return add


class TestPostgresVault(VaultConformance):
    pass


async def _as_thief(owner: asyncpg.Connection, statement: str) -> None:
    """Past all triggers, as somebody with the database's own rights could."""
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        assert not (await owner.execute(statement)).endswith(" 0")


# Rights and rows


async def test_nothing_readable_is_stored(vault: Vault, owner: asyncpg.Connection) -> None:
    await vault.seal("c1", {"name": "canary-name", "text": "canary-text " * 500}, at=NOON)
    stored = repr(await owner.fetch(ITEMS)) + repr(await owner.fetch(KEYS))
    assert "c1" in stored
    assert "canary" not in stored


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vault.items SET ciphertext = '\\x00'",
        "UPDATE vault.items SET commitment = '\\x00'",
        "UPDATE vault.vault_keys SET case_id = 'c2'",
        "UPDATE vault.vault_keys SET wrapped_key = '\\x00', kek_id = 'k', algorithm = 'a', shredded_at = NULL",
        "DELETE FROM vault.vault_keys",
    ],
)
async def test_what_was_sealed_or_shredded_cannot_be_changed(
    vault: Vault, pool: Any, owner: asyncpg.Connection, statement: str
) -> None:
    await vault.seal_many([("c1", {"name": "张某"}), ("c0", {"name": "张某"})], at=NOON)
    await vault.shred("c0", at=NOON)
    with pytest.raises(asyncpg.RestrictViolationError):
        await owner.execute(statement)
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.RestrictViolationError)):
        await pool.execute(statement)


async def test_seals_of_one_case_from_two_processes_make_one_key(
    vault: Vault, owner: asyncpg.Connection, fresh_database: str, key_path: Path
) -> None:
    async with _pool_of_one(fresh_database) as other:
        vaults = [vault, PostgresVault(other, KeyFile(key_path))]
        for case in range(10):
            case_id = f"c{case}"
            answers = await asyncio.gather(
                *(vaults[i % 2].seal(case_id, {"text": f"第{i // 2}稿"}, at=NOON) for i in range(8))
            )
            assert len({answer["text"].ref for answer in answers}) == 4
            assert len(await vault.open_(case_id, [answer["text"].ref for answer in answers])) == 4
    assert len(await owner.fetch(KEYS)) == 10
    assert len(await owner.fetch(ITEMS)) == 40


async def test_batches_that_meet_do_not_wait_for_each_other_for_ever(
    vault: Vault, fresh_database: str, key_path: Path
) -> None:
    async with _pool_of_one(fresh_database) as other:
        cases = [(f"c{i:03}", {"name": "张某"}) for i in range(200)]
        for _ in range(3):  # New at first, then again.
            one, two = await asyncio.gather(
                vault.seal_many(cases, at=NOON),
                PostgresVault(other, KeyFile(key_path)).seal_many(cases[::-1], at=NOON),
            )
            assert one == two[::-1]


async def test_connections_that_are_cut_are_survived(vault: Vault, owner: asyncpg.Connection) -> None:
    cut = 0

    async def cut_them() -> None:
        nonlocal cut
        for _ in range(20):
            cut += await owner.fetchval(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = $1",
                ROLE.name,
            )
            await asyncio.sleep(0.01)

    async def seal_them() -> None:
        for i in range(60):
            await vault.seal("c1", {"text": f"第{i}稿"}, at=NOON)
            await vault.seal(f"d{i}", {"text": "文"}, at=NOON)

    await asyncio.gather(cut_them(), seal_them())
    assert cut
    assert len(await owner.fetch(ITEMS)) == 120
    assert len(await owner.fetch(KEYS)) == 61


async def test_a_closed_pool_is_an_error_at_once(vault: Vault, pool: Any) -> None:
    await pool.close()
    with pytest.raises(asyncpg.InterfaceError):
        await vault.seal("c1", {"name": "张某"}, at=NOON)


# Thieves and losses


@pytest.mark.parametrize(
    "theft",
    [
        "UPDATE vault.items SET ciphertext = (SELECT ciphertext FROM vault.items WHERE case_id = 'c2')",
        "UPDATE vault.items SET ciphertext = (SELECT ciphertext FROM vault.items WHERE item = 'text')",
        "UPDATE vault.items SET commitment = (SELECT commitment FROM vault.items WHERE item = 'text')",
        "UPDATE vault.items SET ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)",
    ],
)
async def test_ciphertext_and_commitments_cannot_be_cut_and_pasted(
    vault: Vault, owner: asyncpg.Connection, theft: str
) -> None:
    await vault.seal_many([("c1", {"name": "张某", "text": "文"}), ("c2", {"name": "李某"})], at=NOON)
    await _as_thief(owner, theft + " WHERE case_id = 'c1' AND item = 'name'")
    assert await vault.open_("c1", ["c1/text/1"])
    with pytest.raises(ItemDamaged, match="c1/name/1"):
        await vault.open_("c1", ["c1/name/1"])


async def test_a_key_cannot_be_cut_and_pasted_to_another_case(
    vault: Vault, owner: asyncpg.Connection
) -> None:
    await vault.seal_many([("c1", {"name": "张某"}), ("c2", {"name": "李某"})], at=NOON)
    await _as_thief(
        owner,
        "UPDATE vault.vault_keys k SET wrapped_key = o.wrapped_key FROM vault.vault_keys o"
        " WHERE k.case_id = 'c1' AND o.case_id = 'c2'",
    )
    with pytest.raises(KeyDamaged, match="c1"):
        await vault.open_("c1", ["c1/name/1"])


async def test_an_item_with_its_key_moved_to_another_case_does_not_open(
    vault: Vault, owner: asyncpg.Connection
) -> None:
    await vault.seal_many([("c1", {"name": "张某"}), ("c2", {"text": "文"})], at=NOON)
    await _as_thief(owner, "UPDATE vault.items SET case_id = 'c2' WHERE case_id = 'c1'")
    with pytest.raises(ItemDamaged, match="c2/name/1"):
        await vault.open_("c2", ["c2/name/1"])


async def test_a_lost_key_row_is_named_and_never_replaced(vault: Vault, owner: asyncpg.Connection) -> None:
    await vault.seal("c1", {"name": "张某"}, at=NOON)
    (lost,) = await owner.fetch(KEYS)
    await _as_thief(owner, "DELETE FROM vault.vault_keys")
    with pytest.raises(KeyMissing, match="c1"):
        await vault.open_("c1", ["c1/name/1"])
    with pytest.raises(KeyMissing, match="c1"):
        await vault.seal("c1", {"text": "文"}, at=NOON)
    await owner.execute("INSERT INTO vault.vault_keys VALUES ($1, $2, $3, $4, $5, $6, $7)", *lost.values())
    assert await vault.open_("c1", ["c1/name/1"])


async def test_a_lost_key_file_is_a_clear_error_and_none_is_made(
    vault: Vault, pool: Any, key_path: Path
) -> None:
    await vault.seal("c1", {"name": "张某"}, at=NOON)
    key_path.unlink()
    with pytest.raises(KeyFileMissing, match="put it back"):
        await open_vault(pool, key_path, at=NOON)
    assert not key_path.exists()


async def test_another_installations_key_file_is_refused(vault: Vault, pool: Any, key_path: Path) -> None:
    await vault.seal("c1", {"name": "张某"}, at=NOON)
    KeyFile.create(key_path.with_name("other.json"), at=NOON)
    with pytest.raises(KekUnknown, match="does not hold kek-"):
        await open_vault(pool, key_path.with_name("other.json"), at=NOON)


# Erasing, with a crash between the steps


class Crash(Exception):
    """The process ended here."""


class CrashingStore(PostgresStore):
    """Ends after the key is erased, before the ciphertext is removed."""

    async def remove_items_of(self, case_id: str) -> int:
        raise Crash


@pytest.mark.parametrize("by", ["shred", "sweep"])
async def test_a_crash_between_the_steps_of_shred_converges(
    vault: Vault, pool: Any, owner: asyncpg.Connection, key_path: Path, by: str
) -> None:
    await vault.seal_many([("c1", {"name": "张某", "text": "文"}), ("c2", {"name": "李某"})], at=NOON)
    with pytest.raises(Crash):
        await Vault(CrashingStore(pool), KeyFile(key_path)).shred("c1", at=NOON)
    with pytest.raises(KeyShredded):
        await vault.open_("c1", ["c1/name/1"])
    if by == "shred":
        await vault.shred("c1", at=A_DAY_LATER)
    else:
        assert await vault.sweep(refers_to_nothing, at=NOON) == 2
    assert [row["case_id"] for row in await owner.fetch(ITEMS)] == ["c2"]
    with pytest.raises(KeyShredded):
        await vault.open_("c1", ["c1/name/1"])


async def test_a_shredded_key_leaves_a_tombstone_without_key_bytes(
    vault: Vault, owner: asyncpg.Connection
) -> None:
    await vault.seal("c1", {"name": "张某"}, at=NOON)
    await vault.shred("c1", at=A_DAY_LATER)
    (row,) = await owner.fetch(KEYS)
    assert (row["wrapped_key"], row["kek_id"], row["shredded_at"]) == (None, None, A_DAY_LATER)
    await vault.shred("c1", at=NOON)
    assert await owner.fetch(KEYS) == [row]


async def test_ciphertext_that_comes_in_just_after_a_shred_does_not_stay(
    vault: Vault, pool: Any, owner: asyncpg.Connection, key_path: Path
) -> None:
    class SlowStore(PostgresStore):
        async def known(self, case_ids: Collection[str]) -> Known:
            known = await super().known(case_ids)
            await vault.shred("c1", at=NOON)
            return known

    await vault.seal("c1", {"name": "张某"}, at=NOON)
    with pytest.raises(KeyShredded):
        await Vault(SlowStore(pool), KeyFile(key_path)).seal("c1", {"text": "文"}, at=NOON)
    assert await owner.fetch(ITEMS) == []


# Sweeping


async def test_what_is_swept_while_it_is_sealed_again_is_sealed_anew(
    vault: Vault, pool: Any, key_path: Path
) -> None:
    class SlowStore(PostgresStore):
        async def known(self, case_ids: Collection[str]) -> Known:
            known = await super().known(case_ids)
            await vault.sweep(refers_to_nothing, at=A_DAY_LATER)
            return known

    await vault.seal("c1", {"name": "张某"}, at=NOON)
    again = await Vault(SlowStore(pool), KeyFile(key_path)).seal("c1", {"name": "张某"}, at=NOON)
    assert (await vault.open_("c1", [again["name"].ref]))[again["name"].ref].decode() == "张某"


async def test_a_sweep_lets_others_have_the_only_connection_while_it_asks(vault: Vault, pool: Any) -> None:
    async def by_the_same_pool(refs: Sequence[str]) -> Collection[str]:
        return await pool.fetchval("SELECT $1::text[]", list(refs))  # type: ignore[no-any-return]

    await vault.seal("c1", {"name": "张某"}, at=NOON)
    assert await asyncio.wait_for(vault.sweep(by_the_same_pool, at=A_DAY_LATER), 20) == 0


async def test_what_was_swept_is_gone(vault: Vault, owner: asyncpg.Connection) -> None:
    await vault.seal("c1", {"name": "张某"}, at=NOON)
    assert await vault.sweep(refers_to_nothing, at=A_DAY_LATER) == 1
    assert await owner.fetch(ITEMS) == []
    with pytest.raises(ItemMissing):
        await vault.open_("c1", ["c1/name/1"])


# Rotation


async def test_a_rotation_changes_every_wrap_and_no_ciphertext(
    vault: Vault, owner: asyncpg.Connection, rotate: Callable[[], None]
) -> None:
    await vault.seal_many([(f"c{i}", {"name": "张某"}) for i in range(5)], at=NOON)
    items, keys = await owner.fetch(ITEMS), await owner.fetch(KEYS)
    rotate()
    assert await vault.rewrap() == 5
    assert await owner.fetch(ITEMS) == items
    wrapped = await owner.fetch(KEYS)
    assert not {row["wrapped_key"] for row in keys} & {row["wrapped_key"] for row in wrapped}
    assert not {row["kek_id"] for row in keys} & {row["kek_id"] for row in wrapped}
    assert await vault.open_("c1", ["c1/name/1"])


async def test_a_case_shredded_while_keys_are_rewrapped_stays_shredded(
    vault: Vault, pool: Any, key_path: Path, rotate: Callable[[], None]
) -> None:
    class SlowStore(PostgresStore):
        async def wrapped_otherwise(
            self, kek_id: str, after: tuple[str, int], limit: int
        ) -> Sequence[KeyRow]:
            rows = await super().wrapped_otherwise(kek_id, after, limit)
            await vault.shred("c1", at=NOON)
            return rows

    await vault.seal_many([("c1", {"name": "张某"}), ("c2", {"name": "李某"})], at=NOON)
    rotate()
    assert await Vault(SlowStore(pool), KeyFile(key_path)).rewrap() == 1
    with pytest.raises(KeyShredded):
        await vault.open_("c1", ["c1/name/1"])
    assert await vault.open_("c2", ["c2/name/1"])


async def test_the_time_of_the_first_seal_stays_and_the_last_is_kept(
    vault: Vault, owner: asyncpg.Connection
) -> None:
    async def times() -> tuple[datetime, datetime]:
        (row,) = await owner.fetch(ITEMS)
        return row["sealed_at"], row["wanted_at"]

    await vault.seal("c1", {"name": "张某"}, at=NOON)
    await vault.seal("c1", {"name": "张某"}, at=A_DAY_LATER)
    await vault.seal("c1", {"name": "张某"}, at=NOON)
    assert await times() == (NOON, A_DAY_LATER)
