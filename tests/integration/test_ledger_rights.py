"""Who may do what to a ledger in PostgreSQL, and how its schema comes to be."""

import asyncio
import secrets
import shutil
from pathlib import Path

import asyncpg
import pytest

from ledger.audit import check
from ledger.migrations import SCHEMA_FOLDER, Applied, MigrationError, MigrationSet, apply, ledger_set
from ledger.roles import SETTINGS, Role
from ledger.samples import one
from tests.integration.ledger_support import PASSWORD, SERVICE, Place, as_role, new_place

TABLES = ("ledger", "head", "origin", "idempotency", "inbox", "registers", "intents")
WRITES = (
    "INSERT INTO {table} SELECT * FROM {table}",
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "ALTER TABLE {table} ADD more int",
    "DROP TABLE {table}",
)


@pytest.fixture(scope="module")
async def place(database: str) -> Place:
    """A ledger with a few lines."""
    place = await new_place(database)
    async with place.replica() as ledger:
        for n in range(3):
            await ledger.append(one(f"testing-case-{n}", intents=(f"mail-{n}",)))
    return place


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("write", WRITES)
async def test_the_service_itself_cannot_write_its_tables(place: Place, table: str, write: str) -> None:
    column = {"ledger": "bytes", "head": "position", "origin": "genesis"}.get(table, "position")
    column = {"idempotency": "lines", "registers": "serial"}.get(table, column)
    db = await asyncpg.connect(place.dsn)
    try:
        await db.fetch(f"SELECT * FROM {place.schema}.{table}")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await db.execute(write.format(table=f"{place.schema}.{table}", column=column))
    finally:
        await db.close()


async def test_the_auditor_reads_lines_and_writes_nothing(place: Place) -> None:
    db = await asyncpg.connect(place.auditor_dsn)
    try:
        assert len(await db.fetch(f"SELECT * FROM {place.schema}.ledger")) == 3
        assert len(await db.fetch(f"SELECT * FROM {place.schema}.lines_after(1, 10)")) == 2
        assert await db.fetch(f"SELECT * FROM {place.schema}.broken_links(0, 10)") == []
        await db.execute("SET default_transaction_read_only = off")
        for statement in ("DELETE FROM {s}.ledger", "UPDATE {s}.head SET position = 1"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await db.execute(statement.format(s=place.schema))
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await db.execute(f"SELECT {place.schema}.intents_done('{{mail-0}}', now())")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await db.fetch(f"SELECT * FROM {place.schema}.idempotency")
    finally:
        await db.close()


async def test_another_service_cannot_read_or_append(place: Place) -> None:
    await apply(place.owner_dsn, [], [Role("stranger", PASSWORD)])
    db = await asyncpg.connect(as_role(place.owner_dsn, "stranger"))
    try:
        for statement in ("SELECT * FROM {s}.ledger", "SELECT * FROM {s}.lines_after(0, 1)"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await db.fetch(statement.format(s=place.schema))
    finally:
        await db.close()


async def test_every_session_of_a_service_has_its_limits(place: Place) -> None:
    db = await asyncpg.connect(place.dsn)
    try:
        assert await db.fetchval("SHOW idle_in_transaction_session_timeout") == "2s"
        assert await db.fetchval("SHOW lock_timeout") == "2s"
        assert await db.fetchval("SHOW synchronous_commit") == SETTINGS["synchronous_commit"]
    finally:
        await db.close()


async def test_applying_twice_changes_nothing(place: Place) -> None:
    sets = [ledger_set(SERVICE, "test-installation", schema=place.schema, role=SERVICE)]
    assert await apply(place.owner_dsn, sets, [Role(SERVICE, PASSWORD)]) == []
    async with place.replica() as ledger:
        assert await check(ledger, columns=None) == (None, 3)


async def test_processes_that_apply_at_once_apply_once(database: str) -> None:
    sets = [ledger_set(SERVICE, "test-installation", schema=f"testing_{secrets.token_hex(6)}", role=SERVICE)]
    done = await asyncio.gather(*(apply(database, sets, [Role(SERVICE, PASSWORD)]) for _ in range(5)))
    assert sorted(len(each) for each in done) == [0, 0, 0, 0, len(list(SCHEMA_FOLDER.glob("*.sql")))]


@pytest.fixture
def more(tmp_path: Path) -> MigrationSet:
    """A set of another package."""
    (tmp_path / "001_table.sql").write_text(
        "CREATE SCHEMA {schema};\nCREATE TABLE {schema}.cases (case_id text PRIMARY KEY DEFAULT '{}');\n"
        "GRANT USAGE ON SCHEMA {schema} TO {role};\nGRANT ALL ON {schema}.cases TO {role};\n"
    )
    schema = f"more_{secrets.token_hex(6)}"
    return MigrationSet(schema, tmp_path, {"schema": schema, "role": SERVICE})


async def test_other_packages_bring_their_own_files(place: Place, more: MigrationSet) -> None:
    assert await apply(place.owner_dsn, [more]) == [Applied(more.name, 1, "001_table.sql")]
    (more.folder / "002_column.sql").write_text("ALTER TABLE {schema}.cases ADD state text;\n")
    assert await apply(place.owner_dsn, [more]) == [Applied(more.name, 2, "002_column.sql")]
    db = await asyncpg.connect(place.dsn)
    try:
        await db.execute(f"INSERT INTO {more.name}.cases VALUES (DEFAULT, 'received')")
    finally:
        await db.close()


async def test_a_file_that_was_changed_after_it_was_applied_is_refused(
    place: Place, more: MigrationSet
) -> None:
    await apply(place.owner_dsn, [more])
    (more.folder / "001_table.sql").write_text("SELECT 1;\n")
    with pytest.raises(MigrationError, match=r"001_table\.sql was changed"):
        await apply(place.owner_dsn, [more])


async def test_a_file_that_vanished_is_missed(place: Place, more: MigrationSet) -> None:
    (more.folder / "002_nothing.sql").write_text("SELECT 1;\n")
    await apply(place.owner_dsn, [more])
    (more.folder / "002_nothing.sql").unlink()
    with pytest.raises(MigrationError, match=r"002_nothing\.sql was applied but is not there"):
        await apply(place.owner_dsn, [more])


async def test_a_file_that_fails_leaves_nothing_behind(place: Place, more: MigrationSet) -> None:
    (more.folder / "002_bad.sql").write_text("CREATE TABLE {schema}.half (); SELECT 1 / 0;\n")
    with pytest.raises(MigrationError, match=r"002_bad\.sql: division by zero"):
        await apply(place.owner_dsn, [more])
    (more.folder / "002_bad.sql").write_text("CREATE TABLE {schema}.half ();\n")
    assert len(await apply(place.owner_dsn, [more])) == 1


async def test_numbers_have_no_gaps(place: Place, tmp_path: Path) -> None:
    shutil.copy(SCHEMA_FOLDER / "001_tables.sql", tmp_path / "002_tables.sql")
    with pytest.raises(MigrationError, match="001_<name>"):
        await apply(place.owner_dsn, [MigrationSet("gap", tmp_path)])


@pytest.mark.parametrize("name", ["", "1intake", "in-take", 'x"; DROP SCHEMA y; --', "Intake"])
def test_a_name_that_is_no_plain_identifier_is_refused(name: str) -> None:
    with pytest.raises(MigrationError):
        ledger_set(SERVICE, "test", schema=name or "1")
    with pytest.raises(MigrationError):
        ledger_set(name, "test")
    with pytest.raises(MigrationError):
        ledger_set(SERVICE, "it's")
