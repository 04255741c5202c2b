"""The ledger on a real PostgreSQL keeps every promise of a ledger."""

from collections.abc import AsyncIterator

import pytest

from ledger.conformance import LedgerConformance
from ledger.postgres import PostgresLedger
from tests.integration.ledger_support import Place


class TestPostgresLedger(LedgerConformance):
    @pytest.fixture
    async def ledger(self, place: Place) -> AsyncIterator[PostgresLedger]:
        async with place.replica() as ledger:
            yield ledger
