"""The ledger on a real PostgreSQL keeps every promise of a ledger."""

from collections.abc import AsyncIterator, Sequence

import pytest

from ledger.conformance import LedgerConformance
from ledger.conformance_loading import LoadingConformance, Rewrite
from ledger.lines import Append, NewLine
from ledger.postgres import PostgresLedger
from tests.integration.ledger_support import Place


class TestPostgresLedger(LedgerConformance):
    @pytest.fixture
    async def ledger(self, place: Place) -> AsyncIterator[PostgresLedger]:
        async with place.replica() as ledger:
            yield ledger


class TestLoadingFromPostgres(LoadingConformance):
    @pytest.fixture
    async def ledger(self, place: Place) -> AsyncIterator[PostgresLedger]:
        async with place.replica() as ledger:
            yield ledger

    @pytest.fixture
    async def rewrite(self, place: Place) -> Rewrite:
        async def rewritten(lines: Sequence[NewLine]) -> None:
            await place.as_owner("DELETE FROM {schema}.ledger")
            await place.as_owner("UPDATE {schema}.head SET position = 0, hash = genesis FROM {schema}.origin")
            async with place.replica() as forger:
                await forger.append(Append(lines=lines))

        return rewritten
