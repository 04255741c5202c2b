"""A ledger that keeps growing, with all that keeps its stream a copy of it, on a server to be broken."""

from __future__ import annotations

import asyncio
import contextlib

from nats.aio.client import Client

from bus.connection import Connection, connect
from bus.jetstream import consumers
from bus.reconciler import Reconciler
from bus.relay import Relay
from bus.subjects import stream_name
from bus.topology import apply
from chassis.embedded.nats import EmbeddedNats
from tests.integration.bus_sending import MadeUpLedger, differences, eventually

LISTENS = {"routing": ["intake"]}
STREAM = stream_name("intake")


class Installation:
    """A ledger that keeps growing, its relay and reconciler, and a service that has applied some of it."""

    def __init__(self, server: EmbeddedNats) -> None:
        self.server = server
        self.ledger = MadeUpLedger("intake", 1500)
        self.connection = Connection(lambda: connect(server.url, name="test"))
        self.relay = Relay(self.ledger, self.connection, "intake")
        self.applied = 700
        self.database_away = False
        self.recorded: list[str] = []
        self.reconciler = self.another_reconciler(self.relay)
        self.tasks: list[asyncio.Task[None]] = []

    def another_reconciler(self, relay: Relay) -> Reconciler:
        return Reconciler(
            relay,
            self.ledger,
            self.connection,
            listens=LISTENS,
            position_of=self.position_of,
            record=self.record,
        )

    async def position_of(self, service: str, source: str) -> int:
        assert (service, source) == ("routing", "intake")
        if self.database_away:
            raise ConnectionError("the database is away")
        return self.applied

    async def record(self, damage: str) -> None:
        self.recorded.append(damage)
        self.ledger.grow(1)

    async def start(self) -> Client:
        client = await self.connection.client()
        await apply(client, ["intake"], LISTENS)
        self.tasks += [asyncio.create_task(self.relay.run()), asyncio.create_task(self._work())]
        await self.whole()
        await self.reconciler.round()
        assert self.reconciler.state.phase == "watching"
        self.tasks.append(asyncio.create_task(self.reconciler.run()))
        return client

    async def _work(self) -> None:
        while True:
            self.ledger.grow(3)
            await asyncio.sleep(0.01)

    async def whole(self) -> None:
        """Wait until the stream is, byte for byte, what the ledger is now, or more of it."""
        reach = len(self.ledger.lines)

        async def is_whole() -> bool:
            with contextlib.suppress(Exception):
                return not await differences(await self.connection.client(), self.ledger, reach)
            return False

        await eventually(is_whole)

    async def mended(self) -> None:
        await eventually(lambda: self.reconciler.state.rebuilds >= 1)
        await self.whole()
        await eventually(lambda: self.reconciler.state.phase == "watching")
        client = await self.connection.client()
        durable = (await consumers(client, STREAM))["routing-on-intake"]
        assert durable["config"]["opt_start_seq"] == self.applied + 1
        assert self.recorded == [self.recorded[0]], self.recorded

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.connection.close()
