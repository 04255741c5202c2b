"""The embedded PostgreSQL keeps its data, its address and its silence, whatever was left behind."""

import asyncio
import contextlib
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import psutil
import psycopg
import pytest

from chassis.embedded import processes
from chassis.embedded.account import Account, for_postgres
from chassis.embedded.errors import ServerDidNotStart
from chassis.embedded.postgres import EmbeddedPostgres
from tests.conftest import PrivatePostgres
from tests.servers import eventually, listening, owner

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands PostgreSQL to another user")


async def value(dsn: str, query: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_data_and_address_survive_a_stop_and_a_start(private_postgres: PrivatePostgres) -> None:
    server = await private_postgres()
    dsn = server.dsn
    await value(dsn, "CREATE TABLE t AS SELECT '回音' AS said")
    await server.stop()
    assert not server.alive()
    assert server.pid is None
    assert await server.start() == dsn
    assert await value(dsn, "SELECT said FROM t") == "回音"


async def test_starting_twice_and_stopping_twice_changes_nothing(private_postgres: PrivatePostgres) -> None:
    server = await private_postgres()
    pid = server.pid
    assert await server.start() == server.dsn
    assert server.pid == pid
    await server.stop()
    await server.stop()


async def test_it_is_durable_utf8_and_sorts_by_code_point(private_postgres: PrivatePostgres) -> None:
    server = await private_postgres(fsync=True)
    for setting, expected in [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("jit", "off"),
        ("server_encoding", "UTF8"),
        ("listen_addresses", "127.0.0.1"),
    ]:
        assert await value(server.dsn, f"SHOW {setting}") == expected, setting
    locale = "SELECT datlocale FROM pg_database WHERE datname = current_database()"
    assert await value(server.dsn, locale) == "C.UTF-8"
    ordered = "SELECT string_agg(x, '' ORDER BY x) FROM unnest('{a,B,阿,é}'::text[]) x"
    assert await value(server.dsn, ordered) == "Baé阿"


async def test_the_dsn_opens_with_psycopg_and_from_another_process(postgres_dsn: str) -> None:
    with psycopg.connect(postgres_dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    ask = "import sys, psycopg; print(psycopg.connect(sys.argv[1]).execute('SELECT 2').fetchone()[0])"
    command = [sys.executable, "-c", ask, postgres_dsn]
    assert await asyncio.to_thread(subprocess.check_output, command) == b"2\n"


async def test_nobody_gets_in_without_the_password(postgres_dsn: str) -> None:
    secret = urlsplit(postgres_dsn).password or ""
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(postgres_dsn.replace(secret, "guess"))


async def test_a_postmaster_left_behind_is_ended_and_its_data_served(
    private_postgres: PrivatePostgres,
) -> None:
    left_behind = await private_postgres()
    await value(left_behind.dsn, "CREATE TABLE t AS SELECT 1 AS n")
    old = left_behind.pid
    new = EmbeddedPostgres(left_behind.state.path, fsync=False)
    try:
        dsn = await new.start()
        assert not left_behind.alive()
        assert new.pid != old
        assert await value(dsn, "SELECT n FROM t") == 1
    finally:
        await new.stop()


async def test_a_lock_file_with_a_reused_process_id_does_not_stop_the_start(
    private_postgres: PrivatePostgres,
) -> None:
    server = await private_postgres()
    data = server.state.path / "postgres" / "data"
    account = for_postgres(data)
    said = (data / "postmaster.pid").read_text().splitlines()
    await server.stop()
    # A stranger of the same user has the old id now; PostgreSQL alone would take it for a running server.
    with sleeping(account) as stranger:
        (data / "postmaster.pid").write_text("\n".join([str(stranger.pid), *said[1:]]) + "\n")
        if account is not None:
            os.chown(data / "postmaster.pid", account.uid, account.gid)
        assert await value(await server.start(), "SELECT 1") == 1
        assert stranger.poll() is None, "the stranger must be left alone"


async def test_an_interrupted_initdb_is_thrown_away(state_path: Path) -> None:
    half_made = state_path / "postgres" / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    server = EmbeddedPostgres(state_path, fsync=False)
    try:
        assert await value(await server.start(), "SELECT 1") == 1
        assert not half_made.exists()
    finally:
        await server.stop()


async def test_a_start_given_up_during_initdb_leaves_no_process(state_path: Path) -> None:
    fresh = state_path / "postgres" / "data.new"
    start = asyncio.create_task(EmbeddedPostgres(state_path, fsync=False).start())
    await eventually(lambda: processes.using("postgres", fresh) != [])
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    assert processes.using("postgres", fresh) == []
    assert not (state_path / "postgres" / "password").exists()


async def test_a_taken_port_is_refused_if_it_was_asked_for_and_replaced_if_not(
    private_postgres: PrivatePostgres,
) -> None:
    server = await private_postgres()
    old = server.port
    await server.stop()
    with listening(old):
        with pytest.raises(ServerDidNotStart, match=f"port {old}"):
            await EmbeddedPostgres(server.state.path, port=old, fsync=False).start()
        await server.start()
        assert server.port != old
        assert await value(server.dsn, "SELECT 1") == 1


async def test_a_start_that_fails_shows_the_end_of_the_log_and_leaves_no_process(
    private_postgres: PrivatePostgres,
) -> None:
    server = await private_postgres()
    await server.stop()
    (server.state.path / "postgres" / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServerDidNotStart, match="incompatible"):
        await server.start()
    assert server.pid is None


async def test_what_a_petitioner_wrote_never_reaches_the_log(private_postgres: PrivatePostgres) -> None:
    server = await private_postgres()
    connection = await asyncpg.connect(server.dsn)
    try:
        await connection.execute("CREATE TABLE t (x text UNIQUE); INSERT INTO t VALUES ('金丝雀张某')")
        for statement in (
            "INSERT INTO t VALUES ('金丝雀张某')",
            "SELECT '金丝雀张某'::text::integer",
            "DO $$ BEGIN RAISE WARNING '金丝雀张某'; RAISE EXCEPTION '金丝雀张某'; END $$",
        ):
            with pytest.raises(asyncpg.PostgresError, match=r"金丝雀张某|t_x_key"):
                await connection.execute(statement)
    finally:
        await connection.close()
    log = (server.state.path / "logs" / "postgres.log").read_text()
    assert "ready to accept connections" in log
    assert "金丝雀" not in log


@root_only
async def test_as_root_the_server_is_another_user_without_any_capability(
    private_postgres: PrivatePostgres,
) -> None:
    server = await private_postgres()
    assert server.pid is not None
    for process in [psutil.Process(server.pid), *psutil.Process(server.pid).children()]:
        assert 0 not in process.uids()
        assert 0 not in process.gids()
        if sys.platform == "linux":
            assert capabilities(process.pid) == 0


@root_only
async def test_below_a_closed_directory_only_passing_through_is_kept(state_path: Path) -> None:
    closed = state_path / "closed"
    closed.mkdir(mode=0o700)
    server = EmbeddedPostgres(closed / "state", fsync=False)
    try:
        assert await value(await server.start(), "SELECT 1") == 1
        assert server.pid is not None
        assert 0 not in psutil.Process(server.pid).uids()
        assert capabilities(server.pid) in {1 << 1, 1 << 2}  # CAP_DAC_OVERRIDE or CAP_DAC_READ_SEARCH
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert closed.stat().st_gid == 0
    finally:
        await server.stop()


@root_only
async def test_an_ordinary_user_runs_everything_as_himself(state_path: Path) -> None:
    account = for_postgres(state_path / "none")
    assert account is not None
    os.chown(state_path, account.uid, account.gid)
    with owner(state_path, account=account) as stack:
        assert await value(stack.dsn, "SELECT 1") == 1
        users = {psutil.Process(pid).uids().real for pid in (stack.postgres, stack.nats)}
        assert users == {account.uid}
        stack.process.communicate()  # Closes its input: it ends in good order.
        assert stack.process.returncode == 0
    assert not processes.alive(stack.postgres)
    assert not processes.alive(stack.nats)


@contextlib.contextmanager
def sleeping(account: Account | None) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has nothing to do with us, of the same user as PostgreSQL."""
    with subprocess.Popen(["/bin/sleep", "600"], user=account.uid if account else None) as process:
        try:
            yield process
        finally:
            process.kill()


def capabilities(pid: int) -> int:
    """The effective capabilities of a process as a bit set (proc_pid_status(5))."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("CapEff")), 16)
