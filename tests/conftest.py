"""Servers for every test on real parts: one PostgreSQL and one NATS a run, and private ones for tests that
break them.

``fsync`` is off where a test does not kill the machine's disk: a killed server loses nothing without it.
"""

import contextlib
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest

from chassis.embedded.nats import EmbeddedNats
from chassis.embedded.postgres import EmbeddedPostgres
from tests import servers
from tests.stack import Stack, stack


class PrivateNats(Protocol):
    """Starts a NATS server of the test's own; it ends with the test."""

    async def __call__(
        self,
        *,
        authorization: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
        fsync: bool = False,
    ) -> EmbeddedNats: ...


class PrivatePostgres(Protocol):
    """Starts a PostgreSQL of the test's own; it ends with the test."""

    async def __call__(self, *, fsync: bool = False) -> EmbeddedPostgres: ...


@pytest.fixture
def state_path() -> Iterator[Path]:
    """An empty directory for one installation's state."""
    with servers.state_path() as path:
        yield path


@pytest.fixture(scope="session")
async def postgres_dsn() -> AsyncIterator[str]:
    """The superuser's DSN of the PostgreSQL that all tests share."""
    with servers.state_path() as path:
        server = EmbeddedPostgres(path, fsync=False)
        try:
            yield await server.start()
        finally:
            await server.stop()


@pytest.fixture
async def fresh_database(postgres_dsn: str) -> AsyncIterator[str]:
    """The superuser's DSN of an empty database that exists for this test only."""
    async with servers.database(postgres_dsn, f"test_{secrets.token_hex(8)}") as dsn:
        yield dsn


@pytest.fixture(scope="session")
async def nats_server() -> AsyncIterator[EmbeddedNats]:
    """The NATS server that all tests share, without users; name your streams so that nobody else has them."""
    with servers.state_path() as path:
        server = EmbeddedNats(path, fsync=False)
        try:
            await server.start()
            yield server
        finally:
            await server.stop()


@pytest.fixture
async def private_nats() -> AsyncIterator[PrivateNats]:
    """A factory of NATS servers to kill, wipe or lock down."""
    async with contextlib.AsyncExitStack() as stack:

        async def start(
            *,
            authorization: Mapping[str, Any] | None = None,
            settings: Mapping[str, Any] | None = None,
            fsync: bool = False,
        ) -> EmbeddedNats:
            path = stack.enter_context(servers.state_path())
            server = EmbeddedNats(path, authorization=authorization, settings=settings, fsync=fsync)
            stack.push_async_callback(server.stop)
            await server.start()
            return server

        yield start


@pytest.fixture
async def private_postgres() -> AsyncIterator[PrivatePostgres]:
    """A factory of PostgreSQL servers to kill."""
    async with contextlib.AsyncExitStack() as stack:

        async def start(*, fsync: bool = False) -> EmbeddedPostgres:
            server = EmbeddedPostgres(stack.enter_context(servers.state_path()), fsync=fsync)
            stack.push_async_callback(server.stop)
            await server.start()
            return server

        yield start


@pytest.fixture(scope="session")
def platform() -> Iterator[Stack]:
    """The whole platform, running for all tests that speak HTTP to it; it accepts imports, its clock is the wall's."""
    with stack(mode="wall", allow_import=True) as running:
        yield running
