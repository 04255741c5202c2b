"""The ledger in memory keeps every promise of a ledger."""

from collections.abc import Sequence

import pytest

from ledger.conformance import LedgerConformance
from ledger.conformance_loading import LoadingConformance, Rewrite
from ledger.lines import Append, NewLine
from ledger.memory import MemoryLedger


class TestMemoryLedger(LedgerConformance):
    @pytest.fixture
    async def ledger(self) -> MemoryLedger:
        return MemoryLedger()


class TestLoadingFromMemory(LoadingConformance):
    @pytest.fixture
    async def ledger(self) -> MemoryLedger:
        return MemoryLedger()

    @pytest.fixture
    async def rewrite(self, ledger: MemoryLedger) -> Rewrite:
        async def rewritten(lines: Sequence[NewLine]) -> None:
            ledger._tables = MemoryLedger()._tables
            await ledger.append(Append(lines=lines))

        return rewritten
