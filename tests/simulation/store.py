"""PostgreSQL's part of group commit: `ledger.collector.Store` over a simulated database, with a way there and back."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.batch import Answer, Fate, Outcome, Prepared
from ledger.lines import Appended, Conflict, IntentTaken, KeyReused, NewLine
from ledger.memory import _apply
from ledger.store import Lost
from tests.simulation.database import Database
from tests.simulation.network import Network


class SimulatedStore:
    """One call, one transaction. Its answer may get lost: nobody then knows."""

    def __init__(self, database: Database, network: Network) -> None:
        self._database = database
        self._network = network

    async def write(self, group: Sequence[Prepared]) -> Answer:
        await self._there()
        await self._network.commits(self._database.service, "before")
        answer = Answer([self._fate(each) for each in group], self._serials(group))
        await self._network.commits(self._database.service, "after")
        await self._network.way()
        if self._network.loses_answer(self._database.service):
            raise Lost("the connection broke", sent=True)
        return answer

    async def find(self, lines: Sequence[NewLine]) -> Appended | None:
        await self._there()
        streams = self._database.ledger._tables.streams
        found = [
            line
            for new in lines
            for line in streams.get(new.stream, ())
            if line.version == new.version and line.bytes == new.bytes
        ]
        await self._network.way()
        if len(found) != len(lines):
            return None
        return Appended(found[0].position, len(found), found[-1].hash, False, found[0].hash)

    async def _there(self) -> None:
        await self._network.way()
        if self._database.service in self._network.down:
            raise Lost("nobody answers", sent=False)

    def _fate(self, each: Prepared) -> Outcome:
        try:
            return _apply(self._database.ledger._tables, each)
        except KeyReused:
            return Fate.KEY_REUSED
        except IntentTaken:
            return Fate.INTENT_TAKEN
        except Conflict as error:
            return Fate.STALE if "register" in str(error) else Fate.CONFLICT

    def _serials(self, group: Sequence[Prepared]) -> dict[str, int]:
        return {name: self._database.serials.get(name, 0) for each in group for name in each.claims}
