"""The embedded PostgreSQL: one cluster in the state directory, one postmaster as our child.

Below ``postgres/``, which belongs to whom the server runs as: ``data/`` is the cluster; ``data.new/`` is
one whose making was interrupted and is thrown away. A crash needs no hand: PostgreSQL recovers when it is
started again.
"""

import asyncio
import os
import signal
from pathlib import Path

import asyncpg

from chassis.embedded.account import Account, for_postgres
from chassis.embedded.children import START_LIMIT_S, Child, end_leftovers
from chassis.embedded.errors import ServerDidNotStart
from chassis.embedded.ports import LOOPBACK, any_free, is_free
from chassis.embedded.postgres_cluster import make_cluster
from chassis.embedded.postgres_settings import SUPERUSER, server_arguments
from chassis.embedded.programs import postgres_program
from chassis.embedded.state import StateDirectory

READY_POLL_S = 0.02
"""How often a starting server is asked; asking means reading one line of a file."""

PORT_ATTEMPTS = 5
"""A free port can be lost between choosing and binding it; losing five in a row has another reason."""

_STATUS_LINE = 7
"""Line 8 of postmaster.pid says "starting", "ready" or "stopping" (src/include/utils/pidfile.h)."""

_PASSABLE = 0o710
"""The state directory's mode when the server is another user: its group may pass through, not look around."""


class EmbeddedPostgres:
    """A PostgreSQL in ``state``; the caller owns the state directory.

    ``port`` None: the one used last time if it is free, else a free one; given: that one or an error.
    ``fsync`` is for tests alone: without it the machine's crash, not the server's, loses data.
    """

    name = "postgres"

    def __init__(self, state: Path | StateDirectory, *, port: int | None = None, fsync: bool = True) -> None:
        self.state = state if isinstance(state, StateDirectory) else StateDirectory(state)
        self._wanted = port
        self._port: int | None = None
        self._fsync = fsync
        self._child: Child | None = None
        self._home = self.state.path / "postgres"
        self._data = self._home / "data"

    async def start(self) -> str:
        """Start it, making the cluster the first time; returns the superuser's DSN once it answers.

        Starting a running one returns its DSN. Raises an EmbeddedError.
        """
        if self.alive():
            return self.dsn
        account = self._prepare_home()
        await end_leftovers("postgres", self._data, signal.SIGQUIT)
        # Whoever wrote it is gone, and its id may by now be another's, which would stop our server from
        # starting.
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        if not self._data.exists():
            await make_cluster(self._data, self._password(), log=self._log, account=account, sync=self._fsync)
        await self._start_on_some_port(account)
        return self.dsn

    async def stop(self) -> None:
        """Fast shutdown: sessions are ended, everything is written. Stopping twice changes nothing."""
        if self._child is not None:
            await self._child.stop(signal.SIGINT)
            self._child = None

    @property
    def dsn(self) -> str:
        """The superuser's DSN, for asyncpg and libpq, usable by every process that can read the state
        directory.
        """
        return f"postgresql://{SUPERUSER}:{self._password()}@{LOOPBACK}:{self.port}/postgres"

    @property
    def port(self) -> int:
        """The port it listens on, or will listen on; known after the first start."""
        port = self._port or self._wanted or self.state.ports.last(self.name)
        if port is None:
            raise RuntimeError("the embedded PostgreSQL has no port before its first start")
        return port

    @property
    def pid(self) -> int | None:
        """The postmaster's process id while it runs."""
        return self._child.pid if self._child is not None and self._child.alive() else None

    def alive(self) -> bool:
        """Whether the postmaster runs."""
        return self._child is not None and self._child.alive()

    async def exited(self) -> int:
        """Wait until the postmaster has ended; returns its exit code."""
        return await self._child.exited() if self._child is not None else 0

    def describe(self) -> dict[str, object]:
        """For ``runtime.json``: no password; ``secrets/postgres`` has it."""
        return {"pid": self.pid, "port": self.port, "log": str(self._log)}

    @property
    def _log(self) -> Path:
        return self.state.folder("logs") / "postgres.log"

    def _password(self) -> str:
        return self.state.secret("postgres")

    def _prepare_home(self) -> Account | None:
        """The server's folder, belonging to the user it will run as; nothing outside it changes hands."""
        account = for_postgres(self._data)
        self.state.folder("postgres")
        if account is not None:
            os.chown(self._home, account.uid, account.gid)
            os.chown(self.state.path, -1, account.gid)
            self.state.path.chmod(_PASSABLE)
        return account

    async def _start_on_some_port(self, account: Account | None) -> None:
        fixed = self._wanted
        for attempt in range(PORT_ATTEMPTS):
            port = fixed or (self.state.ports.choose(self.name) if attempt == 0 else any_free())
            if fixed and not is_free(fixed):
                raise ServerDidNotStart(f"PostgreSQL cannot listen on port {fixed}: something else does.")
            try:
                await self._start_on(port, account)
            except ServerDidNotStart:
                if fixed or is_free(port):
                    raise
                continue
            self.state.ports.remember(self.name, port)
            return
        raise ServerDidNotStart(f"PostgreSQL lost {PORT_ATTEMPTS} free ports in a row to others.")

    async def _start_on(self, port: int, account: Account | None) -> None:
        child = Child.start(
            "PostgreSQL",
            [postgres_program("postgres"), *server_arguments(self._data, port, fsync=self._fsync)],
            log=self._log,
            folder=self._data,
            on_parent_death=signal.SIGQUIT,
            account=account,
        )
        try:
            await self._ready(child, port)
        except BaseException:
            await child.stop(signal.SIGQUIT)
            raise
        self._child, self._port = child, port

    async def _ready(self, child: Child, port: int) -> None:
        """Wait until our own child, not another server on this port, says it is ready, and answers."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + START_LIMIT_S
        while self._status(child.pid) != "ready":
            if not child.alive():
                raise child.did_not_start(f"ended with code {child.exit_code}")
            if loop.time() > deadline:
                raise child.did_not_start(f"was not ready within {START_LIMIT_S:.0f} s")
            await asyncio.sleep(READY_POLL_S)
        try:
            connection = await asyncpg.connect(
                host=LOOPBACK,
                port=port,
                user=SUPERUSER,
                password=self._password(),
                database="postgres",
                ssl=False,
            )
        except (OSError, asyncpg.PostgresError) as error:
            raise child.did_not_start(f"is ready but refuses us ({error})") from error
        await connection.close()

    def _status(self, pid: int) -> str:
        """What the server with this process id says about itself in its lock file; empty if nothing yet."""
        try:
            lines = (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        return lines[_STATUS_LINE].strip() if len(lines) > _STATUS_LINE and lines[0] == str(pid) else ""
