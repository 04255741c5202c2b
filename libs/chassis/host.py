"""One service, running: ledger, relay, reconciler, consumers, tickers; started and stopped together."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import httpx

from bus.connection import Connection, connect
from bus.consumer import Consumer
from bus.delivery import ReaderRefused
from bus.desk import Desk
from bus.feed import Feed, FeedClient, LedgerFeed
from bus.incoming import React
from bus.jetstream import stream_info
from bus.parking import Parked
from bus.parking_postgres import PostgresParking
from bus.progress import Progress
from bus.reader import StreamReader, make_broker
from bus.reconciler import Reconciler
from bus.relay import Relay
from bus.subjects import stream_name
from chassis.consumer_spans import ConsumerSpans
from chassis.gate import Gate
from chassis.gatekeeper import Gatekeeper
from chassis.installation import Installation
from chassis.operations import Operations
from chassis.own_reader import OwnReader
from chassis.pacing import PacedLines, PacedReader
from chassis.reacting import ignored, reacting
from chassis.rebuilding import rebuild
from chassis.service import Parts, Projection, Service, Ticker
from chassis.settling import settle
from chassis.telemetry import Telemetry
from chassis.topology import restore
from chassis.workplace import Workplace, open_workplace
from vault.vault import Vault

RESTART_PAUSE_S = 1.0
"""Before a part of a service that ended unexpectedly is started again."""

SIMULATED_PAUSE_S = 0.03
"""A simulated day passes in a moment, and what it makes due must be seen at once."""

STOP_LIMIT_S = 5.0
"""A batch in flight is one short transaction; what takes longer is cut off and comes again."""

FIRST_LOOK_LIMIT_S = 10.0
"""The reconciler asks the other services where they stand. One that does not come up must not keep ours silent."""

FIRST_LOOK_PAUSE_S = 0.1


class Host:
    """Runs a service until it is stopped. Whatever part of it fails is started again."""

    def __init__(
        self,
        service: Service,
        installation: Installation,
        vault: Vault,
        telemetry: Telemetry,
        *,
        pool_size: int,
    ) -> None:
        self.service = service
        self._installation = installation
        self._vault = vault
        self._telemetry = telemetry
        self._pool_size = pool_size
        self._tasks: list[asyncio.Task[None]] = []
        self._consumers: dict[str, Consumer] = {}
        self._feeds: dict[str, Feed] = {}
        self._trouble: dict[str, str] = {}
        simulated = installation.state.mode() == "simulated"
        self._longest_pause_s = SIMULATED_PAUSE_S if simulated else math.inf
        self._closing = contextlib.AsyncExitStack()
        self._head_before = 0
        self.gate = Gate()
        self._gatekeeper: Gatekeeper
        self.workplace: Workplace
        self.parts: Parts
        self.desk: Desk
        self.relay: Relay
        self.reconciler: Reconciler
        self._parking: PostgresParking
        self._operations: Operations
        self._reacts: Mapping[str, React]

    async def prepare(self) -> None:
        """Open the workplace and make the routes; nothing runs yet."""
        self.workplace = await open_workplace(
            self.service, self._installation, self._vault, self._telemetry, pool_size=self._pool_size
        )
        self._closing.push_async_callback(self.workplace.close)
        self._head_before, _ = await self.workplace.ledger.head()
        self.parts = self.service.build(self.workplace)
        self._parking = PostgresParking(self.workplace.pool, self.service.name)
        self._operations = Operations(self.workplace)
        self._reacts = {
            source: reacting(self.service, source, self.workplace)
            for source in (*self.service.listens, *self._own_sources())
        }
        self.desk = Desk(self.workplace.ledger, self._parking, self._reacts, self._operations.parked)

    async def start(self) -> None:
        """Begin to work."""
        await self._start_sending()
        await self._start_receiving()
        self.workplace.neighbours.feeds = self._feeds
        for ticker in self.parts.tickers:
            self._keep_while_open(f"ticker {ticker.name}", partial(self._tick, ticker))
        self._keep("gatekeeper", self._gatekeeper.run)

    async def until_looked(self) -> None:
        """Return when the service may write, or when it is known why it may not."""
        await self._gatekeeper.looked.wait()

    def _own_sources(self) -> tuple[str, ...]:
        name = self.service.name
        follows_itself = name in self.service.policies or any(
            name in p.sources for p in self.service.projections
        )
        return (name,) if follows_itself else ()

    async def _start_sending(self) -> None:
        name, installation = self.service.name, self._installation
        connection = Connection(
            lambda: connect(installation.nats, user=name, password=installation.password(name))
        )
        self._closing.push_async_callback(connection.close)
        self.relay = Relay(PacedLines(self.workplace.ledger), connection, name)
        self.reconciler, keeper, http = self._operations.reconciler(
            self.relay, installation, on_halt=self._told
        )
        settled = partial(settle, self.workplace, self.service, self._feeds, self.rebuild)
        self._gatekeeper = Gatekeeper(self.gate, self.reconciler.first_question, settled)
        self._closing.push_async_callback(keeper.close)
        self._closing.push_async_callback(http.aclose)
        self._keep("relay", partial(self._relay_for_ever, connection))
        self._keep("reconciler", self.reconciler.run)

    async def _relay_for_ever(self, connection: Connection) -> None:
        await self._look_first()
        if not self.reconciler.state.rebuilds:
            await self._note_an_empty_stream(connection)
        await self.relay.run()

    async def _look_first(self) -> None:
        """A relay fills up a stream that ends too early; so the reconciler looks, and records what it finds, before
        anything is published.
        """
        loop = asyncio.get_running_loop()
        limit = loop.time() + FIRST_LOOK_LIMIT_S
        while not self.reconciler.state.rounds and loop.time() < limit:
            try:
                await self.reconciler.round()
            except Exception:  # The bus, the ledger or another service does not answer yet.
                await asyncio.sleep(FIRST_LOOK_PAUSE_S)

    async def _note_an_empty_stream(self, connection: Connection) -> None:
        """A store that was lost while nobody ran is refilled like any new stream; that it was lost goes on record."""
        head = self._head_before
        info = await stream_info(await connection.client(), stream_name(self.service.name))
        if head and info is not None and not info["state"]["messages"]:
            await self._operations.rebuilt(f"empty at start, created {info['created']}, ledger at {head}")

    async def positions(self) -> dict[str, int]:
        """How far the service has durably applied each source."""
        ledger = self.workplace.ledger
        return {source: await ledger.position_of(source) for source in self._reacts}

    async def _start_receiving(self) -> None:
        name, installation = self.service.name, self._installation
        http = httpx.AsyncClient(timeout=10.0, trust_env=False)
        self._closing.push_async_callback(http.aclose)
        broker = None
        if self.service.listens:
            broker = make_broker(installation.nats, name, user=name, password=installation.password(name))
            await broker.start()
            self._closing.push_async_callback(broker.stop)
        ledger, progress = self.workplace.ledger, Progress()
        genesis = await ledger.genesis()
        for source, react in self._reacts.items():
            own = source == name
            reader: Any = PacedReader(
                OwnReader(ledger) if own else StreamReader(broker, name, source, restore(installation))
            )
            feed = (
                LedgerFeed(ledger, genesis) if own else FeedClient(installation.feeds[source], source, http)
            )
            self._feeds[source] = feed
            self._consumers[source] = Consumer(
                name,
                source,
                ledger=ledger,
                reader=reader,
                feed=feed,
                react=react,
                parking=self._parking,
                now=self.workplace.clock.now,
                follows=self.service.listens,
                ignores=ignored(self.service, source),
                progress=progress,
                record=self._operations.parked,
                telemetry=ConsumerSpans(self.workplace.telemetry, name, source),
            )
            self._keep_while_open(f"consumer {source}", self._consumers[source].run)

    def _told(self, why: str | None) -> None:
        self._gatekeeper.told(why)

    def _keep_while_open(self, what: str, run: Callable[[], Awaitable[None]]) -> None:
        """For whatever appends."""
        self._keep(what, partial(self.gate.while_open, run))

    def _keep(self, what: str, run: Callable[[], Awaitable[None]]) -> None:
        self._tasks.append(asyncio.create_task(self._kept(what, run), name=f"{self.service.name} {what}"))

    async def _kept(self, what: str, run: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                self._trouble.pop(what, None)
                await run()
            except asyncio.CancelledError:
                raise
            except ReaderRefused as error:
                self._trouble[what] = str(error)
                with contextlib.suppress(Exception):
                    await restore(self._installation)()
            except Exception as error:
                self._trouble[what] = f"{type(error).__name__}: {error}"
            await asyncio.sleep(RESTART_PAUSE_S)

    async def _tick(self, ticker: Ticker) -> None:
        while True:
            done = await ticker.run()
            self._trouble.pop(f"ticker {ticker.name}", None)
            if done >= ticker.bound:
                await asyncio.sleep(0)  # There is more.
                continue
            longest = self._longest_pause_s if ticker.follows_clock else math.inf
            await asyncio.sleep(min(ticker.interval_s, longest))

    def position_of(self, source: str) -> int:
        """How far this process has seen the service apply a source."""
        consumer = self._consumers.get(source)
        return consumer.state().position if consumer else 0

    async def applied(self, source: str) -> int:
        """How far the service, in whatever process, has durably applied a source."""
        return await self.workplace.ledger.position_of(source)

    async def rebuild(self, projection: Projection) -> int:
        """Fold a read model again from the ledgers; returns the number of events folded."""
        return await rebuild(self._installation.dsn(self.service.name), projection, self._feeds)

    async def parked(self, key: str | None = None) -> Sequence[Parked]:
        """Events that could not be applied, and what waits behind them; of a key, if any are known of at all."""
        known = key is None or any(each.parked for each in self._consumers.values())
        return await self._parking.listing(key) if known else ()

    def resume(self) -> None:
        """Let stopped consumers go on after an operator acted."""
        for consumer in self._consumers.values():
            consumer.resume()

    async def status(self) -> dict[str, Any]:
        """What an operator, and whoever waits for the service to be idle, wants to know."""
        head, _ = await self.workplace.ledger.head()
        pending = await self.parts.pending() if self.parts.pending else {}
        # The lost lines themselves are for `huiyin ledger recover`: there may be very many.
        found = self.reconciler.state
        ahead = (
            {"after": found.ahead.agreed_up_to, "lines": len(found.ahead.messages)} if found.ahead else None
        )
        return {
            "service": self.service.name,
            "head": head,
            "shut": self.gate.why,
            "relay": asdict(self.relay.state),
            "reconciler": {**asdict(replace(found, ahead=None)), "ahead": ahead},
            "consumers": {source: asdict(each.state()) for source, each in self._consumers.items()},
            "pending": dict(pending),
            "trouble": dict(self._trouble),
        }

    async def stop(self) -> None:
        """End every task, then close what they used."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_LIMIT_S)
        await self._closing.aclose()
