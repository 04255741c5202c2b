"""One process per service behind one port: each service serves itself, and this process passes requests on."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence

import httpx

from chassis.embedded.children import Child
from chassis.embedded.errors import ServerDidNotStart
from chassis.gate import STARTING
from chassis.gateway import Gateway
from chassis.http.paths import prefix
from chassis.installation import SERVICES, Installation
from chassis.serving import LOOPBACK, answering, listening_socket

_log = logging.getLogger(__name__)

START_LIMIT_S = 60.0
STEP_S = 0.05
RESTART_PAUSE_S = 0.5
"""Before a service process that ended is started again."""

PASS_LIMIT_S = 60.0
ENTRY: Sequence[str] = (sys.executable, "-m", "huiyin.cli.main")
"""The command line whose `serve NAME` runs one service. A test that breaks services from inside names its own."""

FEEDS_VARIABLE = "HUIYIN_FEEDS"
"""JSON: service -> base URL, for the service processes."""


@contextlib.asynccontextmanager
async def serving_in_processes(
    installation: Installation, listener: socket.socket, *, entry: Sequence[str] = ENTRY
) -> AsyncIterator[None]:
    """Every service in a process of its own (`entry` runs it), as long as the block lasts."""
    ports = {name: _free_port() for name in SERVICES}
    feeds = {name: f"http://{LOOPBACK}:{port}" for name, port in ports.items()}
    installation.state.update_runtime(
        owner=installation.postgres,
        bus=installation.nats,
        feeds=feeds,
        allow_import=installation.allow_import,
    )
    keepers = [asyncio.create_task(_kept(installation, name, entry, ports[name], feeds)) for name in SERVICES]
    async with httpx.AsyncClient(trust_env=False, timeout=PASS_LIMIT_S) as http:
        try:
            await _ready_in_time(http, feeds)
            gateway = Gateway(feeds, http, limit_s=PASS_LIMIT_S)
            with contextlib.closing(gateway):
                async with answering(gateway, listener):
                    yield
        finally:
            for keeper in keepers:
                keeper.cancel()
            await asyncio.gather(*keepers, return_exceptions=True)


async def _kept(
    installation: Installation, name: str, entry: Sequence[str], port: int, feeds: Mapping[str, str]
) -> None:
    while True:
        try:
            child = _started(installation, name, entry, port, feeds)
        except OSError as error:  # No memory, no descriptors: it may be over in a moment.
            _log.warning("%s could not be started: %s", name, error.strerror)
        else:
            try:
                _log.warning("%s ended with code %s and is started again", name, await child.exited())
            finally:
                await child.stop()
        await asyncio.sleep(RESTART_PAUSE_S)


def _started(
    installation: Installation, name: str, entry: Sequence[str], port: int, feeds: Mapping[str, str]
) -> Child:
    state = installation.state
    child = Child.start(
        f"service-{name}",
        [*entry, "serve", name, "--port", str(port), "--state", str(state.path)],
        log=state.folder("logs") / f"{name}.log",
        folder=state.path,
        environment={**os.environ, FEEDS_VARIABLE: json.dumps(feeds)},
    )
    with contextlib.suppress(OSError):  # A full disk must not end the supervision that outlasts it.
        state.update_runtime(pids={**state.read_runtime().get("pids", {}), name: child.pid})
    return child


async def _ready_in_time(http: httpx.AsyncClient, feeds: Mapping[str, str]) -> None:
    try:
        await asyncio.wait_for(_until_ready(http, feeds), START_LIMIT_S)
    except TimeoutError as error:
        why = f"Not every service answered within {START_LIMIT_S:.0f} s; their logs in the state directory say why."
        raise ServerDidNotStart(why) from error


async def _until_ready(http: httpx.AsyncClient, feeds: Mapping[str, str]) -> None:
    for name, base in feeds.items():
        while True:
            with contextlib.suppress(httpx.HTTPError):
                answer = await http.get(f"{base}{prefix(name)}/status")
                if answer.is_success and answer.json()["shut"] != STARTING:
                    break
            await asyncio.sleep(STEP_S)


def _free_port() -> int:
    with contextlib.closing(listening_socket(0)) as probe:
        return int(probe.getsockname()[1])
