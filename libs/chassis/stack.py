"""A whole installation on this machine: servers, database, bus, services; what `huiyin up` runs."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bus.users import authorization, user_names
from chassis.clock import SimulatedClock
from chassis.database import apply_schema
from chassis.embedded.endpoints import nats_server, postgres_server
from chassis.embedded.errors import PortUnusable
from chassis.embedded.state import Mode, StateDirectory
from chassis.embedded.supervisor import Report, Supervisor
from chassis.installation import CLOCK_FILE, SERVICES, Installation
from chassis.logs import say_one_line
from chassis.processes import ENTRY, serving_in_processes
from chassis.serving import LOOPBACK, listening_socket, serving
from chassis.topology import apply_topology, listens


@dataclass(frozen=True, slots=True)
class Running:
    """A stack that answers. `http` is the base URL of every service's API."""

    http: str
    installation: Installation


@contextlib.asynccontextmanager
async def running_stack(
    path: Path,
    *,
    mode: Mode = "wall",
    port: int = 0,
    processes: bool = False,
    allow_import: bool = False,
    entry: Sequence[str] = ENTRY,
) -> AsyncIterator[Running]:
    """Start everything in a state directory and stop it when the block ends.

    `processes`: one process per service, run by `entry` (see chassis.processes).
    Raises EmbeddedError (state directory, port or servers) and MigrationError.
    """
    say_one_line()
    state = StateDirectory(path).own(mode)
    async with contextlib.AsyncExitStack() as closing:
        closing.callback(state.release)
        closing.callback(state.clear_runtime)
        listener = _listener(state, port)
        closing.callback(listener.close)
        actual = listener.getsockname()[1]
        state.ports.remember("http", actual)
        if mode == "simulated":
            SimulatedClock(state.path / CLOCK_FILE)
        http = f"http://{LOOPBACK}:{actual}"
        passwords = {name: state.secret(f"password-{name}") for name in user_names(SERVICES)}
        servers = [
            postgres_server(state),
            nats_server(state, authorization=authorization(SERVICES, listens(), passwords)),
        ]

        def note(_name: str, _report: Report) -> None:
            pids = {server.name: server.pid for server in servers if server.pid}
            state.update_runtime(pids={**state.read_runtime().get("pids", {}), **pids})

        state.write_runtime({"pids": {"services": os.getpid()}})
        supervisor = await closing.enter_async_context(Supervisor(state, servers, on_change=note))
        installation = Installation(
            state=state,
            postgres=supervisor.address("postgres"),
            nats=supervisor.address("nats"),
            feeds=dict.fromkeys(SERVICES, http),
            allow_import=allow_import,
        )
        await apply_schema(installation)
        await apply_topology(installation)
        if processes:
            await closing.enter_async_context(serving_in_processes(installation, listener, entry=entry))
        else:
            await closing.enter_async_context(serving(SERVICES, installation, listener))
        state.update_runtime(
            http=http,
            nats=installation.observer_url,
            postgres=installation.auditor_dsn,
            owner=installation.postgres,
            bus=installation.nats,
            mode=mode,
            allow_import=allow_import,
            ready=True,
        )
        yield Running(http=http, installation=installation)


def _listener(state: StateDirectory, port: int) -> socket.socket:
    """The port that was asked for, or an error; unasked, last time's if it is free, else any."""
    if port:
        try:
            return listening_socket(port)
        except OSError as error:
            raise PortUnusable(f"Port {port}: {error.strerror}; choose another with --port.") from error
    try:
        return listening_socket(state.ports.last("http") or 0)
    except OSError:
        return listening_socket(0)


async def until_stopped(stop: asyncio.Event) -> None:
    """Wait for the signal that ends the stack."""
    await stop.wait()


def running_installation(path: Path, feeds: dict[str, str] | None = None) -> Installation:
    """The installation that runs in a state directory, for another process of it. Raises LookupError if none does."""
    state = StateDirectory(path)
    runtime = state.read_runtime()
    if not runtime.get("bus") or state.owner() is None:
        raise LookupError(f"nothing runs in {path}")
    http = runtime.get("http", "")
    return Installation(
        state=state,
        postgres=runtime["owner"],
        nats=runtime["bus"],
        feeds=feeds or dict.fromkeys(SERVICES, http),
        allow_import=bool(runtime.get("allow_import")),
    )


__all__: Sequence[str] = ("Running", "running_installation", "running_stack", "until_stopped")
