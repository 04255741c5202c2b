"""Keeps servers running: whatever ends unasked is started again, later and later while it keeps failing."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Literal, Self, TypeAlias

from chassis.embedded.errors import EmbeddedError
from chassis.embedded.server import Server
from chassis.embedded.state import StateDirectory

FIRST_WAIT_S = 0.05
"""After the first death: services are waiting, and most deaths are single."""

LONGEST_WAIT_S = 10.0
"""A server that cannot start (full disk) is tried this often, so that it is back soon after the cause is
gone.
"""

STABLE_AFTER_S = 30.0
"""Having run this long, a server counts as well again and its next death as the first."""

Condition: TypeAlias = Literal["starting", "running", "restarting", "failing", "stopped"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Report:
    """One server as the supervisor sees it. ``failing``: the last attempt to start it again did not
    succeed.
    """

    condition: Condition
    address: str = ""
    restarts: int = 0
    last_error: str = ""


class Supervisor:
    """Runs servers as long as its ``async with`` block lasts; the caller owns the state directory.

    Entering starts all of them, or none and raises the first EmbeddedError. Leaving stops them, last one
    first.
    """

    def __init__(
        self,
        state: StateDirectory,
        servers: Sequence[Server],
        *,
        on_change: Callable[[str, Report], None] | None = None,
    ) -> None:
        self._state = state
        self._servers = {server.name: server for server in servers}
        self._reports = {name: Report("stopped") for name in self._servers}
        self._on_change = on_change
        self._watchers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        starts = [asyncio.create_task(self._start(server)) for server in self._servers.values()]
        try:
            await asyncio.gather(*starts)
        except BaseException:
            for start in starts:
                start.cancel()
            await asyncio.gather(*starts, return_exceptions=True)
            await self._stop_all()
            raise
        self._watchers = [asyncio.create_task(self._watch(server)) for server in self._servers.values()]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        await self._stop_all()

    def address(self, name: str) -> str:
        """Where the server answers: a DSN or a URL. It changes only if its port was taken while it was
        down.
        """
        return self._reports[name].address

    def report(self) -> dict[str, Report]:
        """Every server by name."""
        return dict(self._reports)

    async def _start(self, server: Server) -> None:
        self._note(server, replace(self._reports[server.name], condition="starting"))
        address = await server.start()
        self._note(server, replace(self._reports[server.name], condition="running", address=address))

    async def _watch(self, server: Server) -> None:
        loop = asyncio.get_running_loop()
        wait_s = FIRST_WAIT_S
        while True:
            since = loop.time()
            code = await server.exited()
            if loop.time() - since >= STABLE_AFTER_S:
                wait_s = FIRST_WAIT_S
            before = self._reports[server.name]
            _log.warning("%s ended with code %s and is started again", server.name, code)
            self._note(server, replace(before, condition="restarting", restarts=before.restarts + 1))
            wait_s = await self._until_started(server, wait_s)

    async def _until_started(self, server: Server, wait_s: float) -> float:
        """Try until it runs; returns how long to wait before the next attempt should it end again."""
        while True:
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)
            try:
                address = await server.start()
            except (EmbeddedError, OSError) as error:
                _log.warning("%s did not start again: %s", server.name, error)
                before = self._reports[server.name]
                self._note(server, replace(before, condition="failing", last_error=str(error)))
            else:
                before = self._reports[server.name]
                self._note(server, replace(before, condition="running", address=address, last_error=""))
                return wait_s

    async def _stop_all(self) -> None:
        for server in reversed(self._servers.values()):
            with contextlib.suppress(ProcessLookupError):
                await server.stop()
            self._note(server, replace(self._reports[server.name], condition="stopped"))

    def _note(self, server: Server, report: Report) -> None:
        self._reports[server.name] = report
        known = {
            name: {**self._servers[name].describe(), "condition": each.condition, "restarts": each.restarts}
            for name, each in self._reports.items()
            if each.address
        }
        try:
            self._state.update_runtime(servers=known)
        except OSError as error:
            # A full disk must not end the supervision that outlasts it.
            _log.warning("runtime.json could not be written: %s", error)
        if self._on_change is not None:
            self._on_change(server.name, report)
