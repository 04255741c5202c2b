"""Services over HTTP in this process: opened, served, closed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Sequence
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from chassis.collecting import spare_the_collector
from chassis.host import Host
from chassis.http.app import make_app
from chassis.installation import VAULT_ROLE, Installation, service_named
from chassis.logs import say_one_line
from chassis.telemetry import Telemetry
from chassis.workplace import pool_size
from ledger.pool import open_pool
from vault.postgres import open_vault
from vault.vault import Vault

KEY_HOLDERS = frozenset({"intake", "routing", "notification"})
"""Who seals or opens. All others, audit before all, hold no key of the vault (architecture.md §8)."""

LOOPBACK = "127.0.0.1"
BACKLOG = 1024
STOP_LIMIT_S = 5
"""Requests in flight get so long to end."""

FEED_STEP_S = 0.02


def listening_socket(port: int) -> socket.socket:
    """A socket on loopback, so that a port in use is known before anything else is started. Raises OSError."""
    # Named as TCP: asyncio sends small answers at once (TCP_NODELAY) only on sockets whose protocol says so, and
    # without that each answer waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    listener.setblocking(False)
    return listener


@contextlib.asynccontextmanager
async def serving(
    names: Sequence[str], installation: Installation, listener: socket.socket
) -> AsyncIterator[Sequence[Host]]:
    """The named services, answering on the socket as long as the block lasts."""
    say_one_line()
    telemetry = Telemetry("+".join(names) if len(names) == 1 else "all")
    async with contextlib.AsyncExitStack() as closing:
        closing.callback(telemetry.shutdown)
        keys = _NoKeys()
        vault = await _vault(installation, closing) if KEY_HOLDERS.intersection(names) else keys
        hosts = [
            Host(
                service_named(name),
                installation,
                vault if name in KEY_HOLDERS else keys,
                telemetry,
                pool_size=pool_size(name, apart=len(names) == 1),
            )
            for name in names
        ]
        for host in hosts:
            await host.prepare()
            closing.push_async_callback(host.stop)
        await closing.enter_async_context(answering(make_app(hosts, telemetry), listener))
        # Consumers ask feeds, also those of this process, so the server must answer before they begin.
        for host in hosts:
            await host.start()
        for host in hosts:
            await host.until_looked()
        spare_the_collector()
        yield hosts


async def _vault(installation: Installation, closing: contextlib.AsyncExitStack) -> Vault:
    pool = await open_pool(installation.dsn(VAULT_ROLE), size=1, least=0, application="huiyin vault")
    closing.push_async_callback(pool.close)
    return await open_vault(pool, installation.key_file, at=installation.clock.now())


class _NoKeys(Vault):
    """The vault of those who may not look into it: no connection, no key."""

    def __init__(self) -> None:
        """Deliberately without what a vault is made of."""

    def __getattribute__(self, name: str) -> Any:
        raise LookupError(f"this service holds no key of the vault: {name}")


@contextlib.asynccontextmanager
async def answering(app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """The application answers on the socket as long as the block lasts; requests in flight are finished."""
    # Its errors come with tracebacks, and those may quote what was being handled; ours are problems and states.
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL + 1)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=STOP_LIMIT_S,
        server_header=False,
        proxy_headers=False,  # Nobody asks where a request came from.
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # Signals belong to the caller.
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(server.serve(sockets=[listener]), name="http")
    while not server.started:
        if task.done():
            task.result()
        await asyncio.sleep(FEED_STEP_S)
    try:
        yield
    finally:
        server.should_exit = True
        await task
