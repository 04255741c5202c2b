"""The ledger in memory keeps every promise of a ledger."""

import pytest

from ledger.conformance import LedgerConformance
from ledger.memory import MemoryLedger


class TestMemoryLedger(LedgerConformance):
    @pytest.fixture
    async def ledger(self) -> MemoryLedger:
        return MemoryLedger()
