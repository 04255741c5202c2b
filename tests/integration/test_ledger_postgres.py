"""The ledger on a real PostgreSQL keeps every promise of a ledger."""

import secrets
from collections.abc import AsyncIterator

import pytest

from ledger.conformance import LedgerConformance
from ledger.postgres import PostgresLedger
from tests import servers
from tests.integration.ledger_support import Place, new_place


@pytest.fixture(scope="module")
async def database(postgres_dsn: str) -> AsyncIterator[str]:
    """One database for this module."""
    async with servers.database(postgres_dsn, f"test_{secrets.token_hex(8)}") as dsn:
        yield dsn


@pytest.fixture
async def place(database: str) -> Place:
    """An empty ledger."""
    return await new_place(database)


class TestPostgresLedger(LedgerConformance):
    @pytest.fixture
    async def ledger(self, place: Place) -> AsyncIterator[PostgresLedger]:
        async with place.replica() as ledger:
            yield ledger
