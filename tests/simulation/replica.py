"""One process of one service: the product's parts, put together as chassis.host does it, on simulated ground."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bus.backoff import Transient
from bus.connection import Connection
from bus.consumer import Consumer
from bus.delivery import ReaderRefused
from bus.desk import Desk
from bus.feed import FeedPage, FeedUnavailable, LedgerFeed
from bus.incoming import Incoming, React
from bus.jetstream import Unavailable
from bus.plain_reader import PlainReader
from bus.progress import Progress
from bus.reconciler import Reconciler
from bus.relay import Relay
from bus.subjects import inbox_prefix
from chassis.operations import Operations
from chassis.reacting import reacting
from chassis.statutes import StatuteBook
from chassis.workplace import Workplace
from ledger.lines import Append, LedgerError
from ledger.ports import Session
from ledger.repository import Repository
from notification.sender import Sender
from tests.simulation.client import SimulatedClient
from tests.simulation.database import SimulatedParking
from tests.simulation.ledger import SimulatedLedger
from tests.simulation.loop import Process
from tests.simulation.office import LISTENS, SERVICES, NoTelemetry, sender_tools
from tests.simulation.restoring import restore_durables

if TYPE_CHECKING:
    from tests.simulation.world import World

HANGS_FOR_S = 3600.0
"""A reaction that waits for what never comes: longer than any limit of the product's."""

RESTART_PAUSE_S = 1.0
SENDER_EVERY_S = 0.1
"""As chassis.host and notification.main have them."""

EXPECTED = (ReaderRefused, LedgerError, Transient, OSError, Unavailable)
"""What a part of a service may end with while something is away; anything else is a defect."""

START = datetime.fromisoformat("2025-08-18T01:00:00+00:00")


class SkewedClock:
    """A machine's clock: the world's time, and how wrong this one is."""

    def __init__(self, world: World, service: str) -> None:
        self._world = world
        self._service = service

    def now(self) -> datetime:
        world = self._world
        return START + timedelta(seconds=world.loop.time() + world.skew_s.get(self._service, 0.0))


class Poison(ValueError):
    """What a reaction raises about an event that it cannot stand."""


class RemoteFeed:
    """A source's feed: served as long as one of its processes is there."""

    def __init__(self, world: World, source: str) -> None:
        self._world = world
        self._source = source

    async def page(self, after: int, limit: int) -> FeedPage:
        await self._world.network.way()
        serving = self._world.running(self._source)
        if not serving:
            raise FeedUnavailable("nobody serves it")
        page = await LedgerFeed(self._world.databases[self._source].ledger).page(after, limit)
        await self._world.network.way()
        return page


class Replica:
    """A running process. What it holds in memory dies with `process`."""

    def __init__(self, world: World, service: str, number: int) -> None:
        self.service = service
        self.process = Process(f"{service}.{number}")
        self.consumers: dict[str, Consumer] = {}
        self.clients: list[SimulatedClient] = []
        self.relay: Relay
        self.reconciler: Reconciler
        self.desk: Desk
        self.repository: Repository
        self.clock = SkewedClock(world, service)
        self._world = world
        world.loop.spawn(self.process, self._main())

    async def _main(self) -> None:
        world, name = self._world, self.service
        ledger = SimulatedLedger(world.databases[name], world.network)
        self.ledger = ledger
        self.repository = Repository(ledger, self.clock)
        workplace = self._workplace(ledger)
        operations = Operations(workplace)
        parking = SimulatedParking(world.databases[name], world.network)
        reacts = {source: self._reacting(source, workplace) for source in LISTENS[name]}
        self.desk = Desk(ledger, parking, reacts, operations.parked)
        self.relay = Relay(ledger, Connection(self._connect), name)
        self.reconciler = Reconciler(
            self.relay,
            ledger,
            Connection(self._connect),
            listens=LISTENS,
            position_of=world.position_of,
            record=operations.rebuilt,
        )
        while not self.reconciler.state.rounds:  # As chassis.host: look before anything is published.
            try:
                await self.reconciler.round()
            except Exception:
                await asyncio.sleep(RESTART_PAUSE_S)
        self._keep(self.relay.run)
        self._keep(self.reconciler.run)
        progress = Progress()
        for source, react in reacts.items():
            self._keep(partial(self._follow, source, react, progress, operations))
        if name == "notification":
            self._keep(partial(self._send, Sender(sender_tools(world, workplace))))

    async def _follow(self, source: str, react: React, progress: Progress, operations: Operations) -> None:
        client = await self._connect()
        restore = partial(restore_durables, client, LISTENS, self._world.position_of)
        reader: Any = PlainReader(client, self.service, source, restore)
        self.consumers[source] = Consumer(
            self.service,
            source,
            ledger=self.ledger,
            reader=reader,
            feed=RemoteFeed(self._world, source),
            react=react,
            parking=SimulatedParking(self._world.databases[self.service], self._world.network),
            now=self.clock.now,
            follows=LISTENS[self.service],
            progress=progress,
            record=operations.parked,
        )
        try:
            await self.consumers[source].run()
        finally:
            await client.close()

    async def _send(self, sender: Sender) -> None:
        while True:
            await sender.run()
            await asyncio.sleep(SENDER_EVERY_S)

    def _keep(self, run: Callable[[], Awaitable[None]]) -> None:
        async def kept() -> None:
            while True:
                try:
                    await run()
                except EXPECTED:
                    pass
                except Exception as error:
                    self._world.defects.append(f"{self.process.name}: {type(error).__name__}: {error}")
                await asyncio.sleep(RESTART_PAUSE_S)

        self._world.loop.create_task(kept(), context=copy_context())

    def _reacting(self, source: str, workplace: Workplace) -> React:
        react = reacting(SERVICES[self.service], source, workplace)
        troubles = self._world.troubles

        async def carefully(session: Session, events: Sequence[Incoming]) -> Sequence[Append]:
            for each in events:
                match troubles.get((self.service, source, each.position)):
                    case "poison":
                        raise Poison(f"{source} {each.position}")
                    case "hang":
                        await asyncio.sleep(HANGS_FOR_S)
                    case "stumble":
                        del troubles[self.service, source, each.position]
                        raise ConnectionResetError(f"{source} {each.position}")
            return await react(session, events)

        return carefully

    async def _connect(self) -> Any:
        world = self._world
        await world.network.way()
        while "bus" in world.network.down:
            await asyncio.sleep(0.25)
        number = len(self.clients)
        inbox = f"{inbox_prefix(self.service)}.{self.process.name.replace('.', '-')}c{number}"
        client = SimulatedClient(world.loop, world.bus, world.network, inbox)
        self.clients.append(client)
        return client

    def _workplace(self, ledger: Any) -> Workplace:
        world, nothing = self._world, None
        return Workplace(
            service=self.service,
            clock=self.clock,
            ledger=ledger,
            repository=self.repository,
            pool=nothing,
            vault=world.vault,
            directory=nothing,  # type: ignore[arg-type]
            statutes=StatuteBook("cn"),
            telemetry=NoTelemetry(),  # type: ignore[arg-type]
            neighbours=nothing,  # type: ignore[arg-type]
            state=Path(),
            keys={},
        )
