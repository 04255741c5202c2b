"""Databases and ledgers for tests on a real PostgreSQL."""

import secrets
from collections.abc import AsyncIterator

import pytest

from bus import reconciler as reconciling
from tests import servers
from tests.conftest import PrivateNats
from tests.integration.ledger_support import Place, new_place
from tests.integration.reconciling import Installation


@pytest.fixture(scope="module")
async def database(postgres_dsn: str) -> AsyncIterator[str]:
    """The superuser's DSN of one database for a module."""
    async with servers.database(postgres_dsn, f"test_{secrets.token_hex(8)}") as dsn:
        yield dsn


@pytest.fixture
async def place(database: str) -> Place:
    """An empty ledger."""
    return await new_place(database)


@pytest.fixture
async def installation(
    private_nats: PrivateNats, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Installation]:
    """A reconciler at work, in short rounds, on a server of the test's own."""
    monkeypatch.setattr(reconciling, "CHECK_EVERY_S", 0.3)
    monkeypatch.setattr(reconciling, "SHORTEST_ROUND_S", 0.1)
    there = Installation(await private_nats())
    try:
        yield there
    finally:
        await there.stop()
