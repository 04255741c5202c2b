"""Databases and ledgers for tests on a real PostgreSQL."""

import secrets
from collections.abc import AsyncIterator

import pytest

from tests import servers
from tests.integration.ledger_support import Place, new_place


@pytest.fixture(scope="module")
async def database(postgres_dsn: str) -> AsyncIterator[str]:
    """The superuser's DSN of one database for a module."""
    async with servers.database(postgres_dsn, f"test_{secrets.token_hex(8)}") as dsn:
        yield dsn


@pytest.fixture
async def place(database: str) -> Place:
    """An empty ledger."""
    return await new_place(database)
