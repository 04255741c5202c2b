"""The embedded NATS server with JetStream: one store in the state directory, one process as our child.

Below ``nats/``: ``server.json`` (rendered at every start, 0600, may hold passwords), ``jetstream/`` (the
store) and ``run/`` (where the server says which ports it got). The store may be lost: the ledgers are the
record.
"""

import shutil
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chassis.embedded.children import Child, end_leftovers
from chassis.embedded.errors import ServerDidNotStart
from chassis.embedded.files import write_json
from chassis.embedded.nats_ready import PICK_ONE, NatsPorts, ready
from chassis.embedded.nats_settings import server_config
from chassis.embedded.ports import LOOPBACK, is_free
from chassis.embedded.programs import nats_program
from chassis.embedded.state import StateDirectory


class EmbeddedNats:
    """A NATS server in ``state``; the caller owns the state directory.

    ``authorization`` is the server's block of that name (users, permissions); ``settings`` are further
    top-level blocks (accounts, limits) and win over ours. ``port`` None: last time's if it is free, else a
    free one. ``fsync`` is for tests alone: without it acknowledged messages may be in memory only.
    """

    name = "nats"

    def __init__(
        self,
        state: Path | StateDirectory,
        *,
        port: int | None = None,
        authorization: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
        fsync: bool = True,
    ) -> None:
        self.state = state if isinstance(state, StateDirectory) else StateDirectory(state)
        self._wanted = port
        self._authorization = authorization
        self._settings = settings or {}
        self._fsync = fsync
        self._child: Child | None = None
        self._asked = self._got = NatsPorts(PICK_ONE, PICK_ONE)
        self._home = self.state.path / "nats"

    async def start(self) -> str:
        """Start it; returns its URL (without credentials) once clients and JetStream are served.

        Starting a running one returns its URL. Raises an EmbeddedError.
        """
        if self.alive():
            return self.url
        self.state.folder("nats")
        await end_leftovers("nats-server", self._config, signal.SIGTERM)
        if self._wanted and not is_free(self._wanted):
            raise ServerDidNotStart(f"NATS cannot listen on port {self._wanted}: something else does.")
        ports = NatsPorts(self._wanted or self._last("nats"), self._last("nats-monitor"))
        try:
            await self._start_on(ports)
        except ServerDidNotStart:
            # A remembered port may have been lost since we looked; anything else will fail again.
            if self._wanted or all(port == PICK_ONE or is_free(port) for port in ports):
                raise
            await self._start_on(NatsPorts(PICK_ONE, PICK_ONE))
        return self.url

    async def stop(self) -> None:
        """End it in good order. Stopping twice changes nothing."""
        if self._child is not None:
            await self._child.stop(signal.SIGTERM)
            self._child = None

    async def reload(self, authorization: Mapping[str, Any]) -> None:
        """Give the running server other users; connected clients whose user vanished are cut off."""
        self._authorization = authorization
        if self._child is not None and self._child.alive():
            # The ports as they were at its start: it refuses to reload a file that says others.
            self._write_config(self._asked)
            self._child.signal(signal.SIGHUP)

    @property
    def url(self) -> str:
        """``nats://127.0.0.1:PORT``."""
        return f"nats://{LOOPBACK}:{self.port}"

    @property
    def monitor_url(self) -> str:
        """``http://127.0.0.1:PORT`` with ``/healthz``, ``/jsz``, ``/varz``."""
        return f"http://{LOOPBACK}:{self.monitor_port}"

    @property
    def port(self) -> int:
        """The port for clients; known after the first start."""
        return self._known(self._got.clients, "nats")

    @property
    def monitor_port(self) -> int:
        """The port for monitoring; known after the first start."""
        return self._known(self._got.monitor, "nats-monitor")

    @property
    def store(self) -> Path:
        """JetStream's files; the server itself adds the folder's name."""
        return self._home / "jetstream"

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._child.pid if self._child is not None and self._child.alive() else None

    def alive(self) -> bool:
        """Whether the server runs."""
        return self._child is not None and self._child.alive()

    async def exited(self) -> int:
        """Wait until the server has ended; returns its exit code."""
        return await self._child.exited() if self._child is not None else 0

    def describe(self) -> dict[str, object]:
        """For ``runtime.json``: no credentials."""
        return {"pid": self.pid, "url": self.url, "monitor": self.monitor_url, "log": str(self._log)}

    @property
    def _config(self) -> Path:
        return self._home / "server.json"

    @property
    def _log(self) -> Path:
        return self.state.folder("logs") / "nats.log"

    def _last(self, name: str) -> int:
        """Last time's port if it is free, else let the server pick one."""
        port = self.state.ports.last(name)
        return port if port is not None and is_free(port) else PICK_ONE

    def _write_config(self, ports: NatsPorts) -> None:
        config = server_config(self._home, ports, fsync=self._fsync)
        if self._authorization is not None:
            config["authorization"] = dict(self._authorization)
        write_json(self._config, {**config, **self._settings})

    def _known(self, port: int, name: str) -> int:
        known = self.state.ports.last(name) if port == PICK_ONE else port
        if known is None:
            raise RuntimeError("the embedded NATS server has no port before its first start")
        return known

    async def _start_on(self, ports: NatsPorts) -> None:
        shutil.rmtree(self._home / "run", ignore_errors=True)
        self.state.folder("nats/run")
        self._write_config(ports)
        command: list[str | Path] = [nats_program(), "--config", self._config]
        child = Child.start("NATS", command, log=self._log, folder=self._home, on_parent_death=signal.SIGTERM)
        try:
            got = await ready(child, self._home / "run")
        except BaseException:
            await child.stop(signal.SIGTERM)
            raise
        self._child, self._asked, self._got = child, ports, got
        self.state.ports.remember("nats", got.clients)
        self.state.ports.remember("nats-monitor", got.monitor)
