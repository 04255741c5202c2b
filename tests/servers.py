"""Real servers for tests: where their state lives, how to wait for what happens by itself, an owner to
kill.
"""

import asyncio
import contextlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from chassis.embedded import trampoline
from chassis.embedded.account import Account

PATIENCE_S = 60.0
"""How long a test waits for what must happen; only a failing test waits that long."""

POLL_S = 0.02

OWNER = """
import asyncio, json, sys
from chassis.embedded.nats import EmbeddedNats
from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.state import StateDirectory
from chassis.embedded.supervisor import Supervisor

async def main():
    with StateDirectory(sys.argv[1]).own("wall") as state:
        postgres, nats = EmbeddedPostgres(state, fsync=False), EmbeddedNats(state, fsync=False)
        async with Supervisor(state, [postgres, nats]):
            said = {"postgres": postgres.pid, "nats": nats.pid, "dsn": postgres.dsn, "url": nats.url}
            print(json.dumps(said), flush=True)
            await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""
"""A process that owns a state directory and runs both servers until its standard input is closed."""


@dataclass
class Owner:
    """A running OWNER and what it said."""

    process: subprocess.Popen[str]
    postgres: int
    nats: int
    dsn: str
    url: str


@contextlib.contextmanager
def state_path() -> Iterator[Path]:
    """An empty state directory that an unprivileged PostgreSQL can reach (pytest's own are closed to
    others).
    """
    path = Path(tempfile.mkdtemp(prefix="huiyin-test-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def owner(state: Path, *, account: Account | None = None) -> Iterator[Owner]:
    """An OWNER of ``state``, as another user if given; killed at the end if it is still there."""
    command = [sys.executable, "-c", OWNER, str(state)]
    if account is not None:
        command = [
            sys.executable,
            trampoline.__file__,
            "0",
            "0",
            str(account.uid),
            str(account.gid),
            *command,
        ]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/")
    try:
        assert process.stdout is not None
        yield Owner(process, **json.loads(process.stdout.readline() or "{}"))
    finally:
        process.kill()
        process.communicate()


@contextlib.contextmanager
def listening(port: int) -> Iterator[None]:
    """Somebody else on this port of the loopback address."""
    with socket.socket() as taken:
        # A finished connection of ours may linger on it.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        yield


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until it holds; fails the test if it does not."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await asyncio.sleep(POLL_S)


async def connected(dsn: Callable[[], str]) -> asyncpg.Connection:
    """A connection to a PostgreSQL that is being started again."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                return await asyncpg.connect(dsn())
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(POLL_S)


def database_dsn(dsn: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{database}"))


@contextlib.asynccontextmanager
async def database(dsn: str, name: str) -> AsyncIterator[str]:
    """A new empty database on the server of ``dsn``; dropped at the end, whoever is still connected."""
    await _execute(dsn, f'CREATE DATABASE "{name}"')
    try:
        yield database_dsn(dsn, name)
    finally:
        await _execute(dsn, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
