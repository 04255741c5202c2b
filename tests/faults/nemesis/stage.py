"""The platform that is mistreated: one process per service, a proxy on every link, and a hand on every process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil

from chassis.installation import SERVICES
from tests.faults.nemesis.controls import Desk
from tests.faults.nemesis.proxy import LOOPBACK, Address, Proxy
from tests.platforms import RunningPlatform, using
from tests.servers import state_path

ROOT = Path(__file__).resolve().parents[3]
UP = (sys.executable, "-m", "tests.faults.nemesis.up")
LINKS = ("postgres", "nats", "http")
"""Service to PostgreSQL, service to NATS, and everybody (gateway, feeds) to the service."""

STEP_S = 0.02
ASK_LIMIT_S = 5.0
ROLE_OF_BACKEND = 2
"""`postgres: huiyin: routing postgres 127.0.0.1(…) idle`: words of a backend's title."""


@dataclass
class Stage:
    """Everything a fault needs to be played."""

    running: RunningPlatform
    desk: Desk
    proxies: dict[tuple[str, str], Proxy]
    http: httpx.AsyncClient
    locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The platform's address."""
        found: str = self.running.runtime["http"]
        return found

    def lock(self, name: str) -> asyncio.Lock:
        """Two faults of the same kind on the same thing wait for one another."""
        return self.locks.setdefault(name, asyncio.Lock())

    def process(self, name: str) -> psutil.Process | None:
        """A service, `nats`, `postgres` (the postmaster) or `services` (supervisor and gateway)."""
        pid = self.running.runtime.get("pids", {}).get(name)
        with contextlib.suppress(psutil.Error):
            return psutil.Process(pid) if pid else None
        return None

    def backends(self, role: str | None = None) -> list[psutil.Process]:
        """PostgreSQL's backends that serve a service's role, or any service."""
        postmaster = self.process("postgres")
        found = []
        with contextlib.suppress(psutil.Error):
            for child in postmaster.children() if postmaster else ():
                with contextlib.suppress(psutil.Error, IndexError):
                    words = " ".join(child.cmdline()).split()
                    named = words[ROLE_OF_BACKEND]
                    if words[0] == "postgres:" and (named == role if role else named in (*SERVICES, "vault")):
                        found.append(child)
        return found

    async def status(self, service: str) -> dict[str, Any] | None:
        """What a service says of itself, asked past its proxy; None while it says nothing."""
        port = self.desk.answers_at(service)
        try:
            answer = await self.http.get(f"http://{LOOPBACK}:{port}/{service}/v1/status", timeout=ASK_LIMIT_S)
            found: dict[str, Any] = answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError):
            return None
        return found

    async def healthy(self, service: str) -> bool:
        """Whether a service answers, relays and consumes."""
        found = await self.status(service)
        if found is None or found["trouble"] or found["relay"]["phase"] not in ("idle", "relaying"):
            return False
        return not any(each["trouble"] or each["stopped"] for each in found["consumers"].values())

    async def up(self) -> None:
        """Start the platform; as soon as it says at which ports its services are to be found, proxies stand there."""
        starting = asyncio.create_task(self.running.start())
        try:
            while not (feeds := self._feeds()):
                if starting.done():
                    starting.result()
                await asyncio.sleep(STEP_S)
            for name, base in feeds.items():
                await self.proxies[name, "http"].close()
                await self.proxies[name, "http"].start(urlsplit(base).port or 0)
            await starting
        finally:
            starting.cancel()

    def _feeds(self) -> dict[str, str]:
        """What the present platform has written down, and not the one before it."""
        runtime, process = self.running.runtime, self.running.process
        if process is None or runtime.get("pids", {}).get("services") != process.pid:
            return {}
        found: dict[str, str] = runtime.get("feeds", {})
        return found

    def heal_links(self) -> None:
        """Every link as good as new."""
        for proxy in self.proxies.values():
            proxy.heal()


def send(process: psutil.Process | None, number: signal.Signals) -> bool:
    """Whether the process was there to get it. psutil knows whether the id is still the same process's."""
    with contextlib.suppress(psutil.Error):
        if process is not None:
            process.send_signal(number)
            return True
    return False


@contextlib.asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """A running platform of its own, behind proxies; ended, with all that it left, when the block ends."""
    with state_path() as state:
        running = RunningPlatform(state, program=UP, environment={"PYTHONPATH": str(ROOT)})
        proxies = {(name, link): _proxy(running, state, name, link) for name in SERVICES for link in LINKS}
        async with httpx.AsyncClient(trust_env=False) as http:
            made = Stage(running, Desk(state), proxies, http)
            try:
                await _start(made)
                yield made
            finally:
                made.heal_links()
                for process in _all_processes(state):
                    send(process, signal.SIGCONT)
                await asyncio.to_thread(running.stop)
                for pid in using(state):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                for proxy in proxies.values():
                    await proxy.close()


async def _start(made: Stage) -> None:
    for (_, link), proxy in made.proxies.items():
        if link != "http":
            await proxy.start()
    ports = {
        name: {link: made.proxies[name, link].port for link in ("postgres", "nats")} for name in SERVICES
    }
    made.desk.links(ports)
    await made.up()


def _proxy(running: RunningPlatform, state: Path, service: str, link: str) -> Proxy:
    key = {"postgres": "owner", "nats": "bus"}.get(link)

    def target() -> Address:
        if key is None:
            return LOOPBACK, int((state / "nemesis" / f"http-{service}").read_text())
        parts = urlsplit(running.runtime[key])
        return parts.hostname or LOOPBACK, parts.port or 0

    return Proxy(f"{service}-{link}", target)


def _all_processes(state: Path) -> list[psutil.Process]:
    """What may have been left stopped: our processes, and PostgreSQL's, which rename themselves."""
    found: dict[int, psutil.Process] = {}
    for pid in using(state):
        with contextlib.suppress(psutil.Error):
            parent = psutil.Process(pid)
            found |= {each.pid: each for each in (parent, *parent.children(recursive=True))}
    return list(found.values())


def keep_logs(running: RunningPlatform, folder: Path) -> None:
    """Copy what the platform wrote for operators."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in running.logs().items():
        (folder / name).write_text(text)
    if (running.state / "nemesis").exists():
        shutil.copytree(running.state / "nemesis", folder / "nemesis", dirs_exist_ok=True)
