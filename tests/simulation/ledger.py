"""One process's way to its service's database: `ledger.ports.Ledger` with the product's own group commit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

from ledger.collector import Collector
from ledger.limits import POLL_S
from ledger.lines import Append, Appended, IdempotencyKey, Line, Row
from ledger.watch import Watch
from tests.simulation.database import Database, Transaction
from tests.simulation.network import Network
from tests.simulation.store import SimulatedStore

T = TypeVar("T")


class SimulatedLedger:
    """Every call travels, and may find nobody or lose its answer."""

    def __init__(self, database: Database, network: Network) -> None:
        self.service = database.service
        self._database = database
        self._memory = database.ledger
        self._network = network
        self._watch = Watch(self._position, POLL_S)
        self._collector = Collector(
            SimulatedStore(database, network),
            self._watch.seen,
            timer=lambda: asyncio.get_running_loop().time(),
        )

    async def append(self, append: Append) -> Appended:
        return await self._collector.append(append)

    async def known(self, key: IdempotencyKey) -> Appended | None:
        return await self._asked(lambda: self._memory.known(key))

    async def load(self, stream: str) -> Sequence[Line]:
        return await self._asked(lambda: self._memory.load(stream))

    async def since(self, stream: str, version: int) -> Sequence[Row]:
        return await self._asked(lambda: self._memory.since(stream, version))

    async def read(self, after: int, limit: int, stream: str | None = None) -> Sequence[Line]:
        return await self._asked(lambda: self._memory.read(after, limit, stream))

    async def head(self) -> tuple[int, bytes]:
        return await self._asked(self._memory.head)

    async def genesis(self) -> bytes:
        return await self._memory.genesis()

    async def position_of(self, source: str) -> int:
        return await self._asked(lambda: self._memory.position_of(source))

    async def wait_beyond(self, position: int, timeout_s: float) -> None:
        await self._watch.beyond(position, timeout_s)

    @asynccontextmanager
    async def session(self, *, begun: bool = True) -> AsyncIterator[Transaction]:
        await self._there()
        transaction = Transaction(self._database, self._network)
        yield transaction
        await self._there()
        await self._network.commits(self.service, "before")
        transaction.commit()
        await self._network.commits(self.service, "after")
        self._watch.seen(len(self._database.lines))
        await self._network.way()
        if self._network.loses_answer(self.service):
            raise ConnectionResetError("the answer to COMMIT was lost")

    async def intents_due(self, limit: int) -> Sequence[tuple[str, int]]:
        return await self._asked(lambda: self._memory.intents_due(limit))

    async def intents_done(self, keys: Sequence[str], at: datetime) -> int:
        await self._network.commits(self.service, "before")
        done = await self._asked(lambda: self._memory.intents_done(keys, at))
        await self._network.commits(self.service, "after")
        return done

    async def _position(self) -> int:
        await self._network.way()
        return len(self._database.lines)

    async def _there(self) -> None:
        await self._network.way()
        if self.service in self._network.down:
            raise ConnectionRefusedError("nobody answers")

    async def _asked(self, ask: Callable[[], Awaitable[T]]) -> T:
        await self._there()
        answer = await ask()
        await self._network.way()
        if self._network.loses_answer(self.service):
            raise ConnectionResetError("the answer was lost")
        return answer
