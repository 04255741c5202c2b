"""A consumer on a real bus and a real database: every event of the source takes effect exactly once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from bus.consumer import Consumer
from bus.desk import Desk, NotFirst, NotParked, ReasonMissing
from bus.feed import LedgerFeed
from bus.incoming import Incoming
from bus.jetstream import call, delete_consumer
from bus.parking import Parked, Retried, Skipped
from bus.parking_postgres import PostgresParking, parking_set
from bus.plain_reader import PlainReader
from bus.reader import StreamReader, make_broker
from bus.subjects import durable_name
from chassis.embedded.nats import EmbeddedNats
from ledger import migrations
from ledger.lines import Append
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.roles import Role
from tests.integration.bus_receiving import BRISK, START, Source, connect, name, new_line, note
from tests.servers import eventually


class Consuming:
    """A service with a ledger, a parking and one projection: the list of the events that took effect."""

    def __init__(self, service: str, pool: Any) -> None:
        self.service = service
        self.pool = pool
        self.ledger = PostgresLedger(pool, service)
        self.parking = PostgresParking(pool, service)
        self.facts: list[Parked | Retried | Skipped] = []
        self.trouble: Callable[[Sequence[Incoming]], Awaitable[None]] | None = None

    async def react(self, session: Any, incoming: Sequence[Incoming]) -> Sequence[Append]:
        """Project each event, and answer it with an own one; `trouble` may interfere after the projection."""
        connection = await session.begin()
        await connection.executemany(
            f"INSERT INTO {self.service}.effects (source, position, key) VALUES ($1, $2, $3)",
            [(each.source, each.position, each.key) for each in incoming],
        )
        if self.trouble is not None:
            await self.trouble(incoming)
        lines = [new_line(self.service, each.position, note(self.service, 1)) for each in incoming]
        return [Append(lines=[line]) for line in lines]

    async def record(self, _session: Any, fact: Parked | Retried | Skipped) -> Sequence[Append]:
        self.facts.append(fact)
        return ()

    def consumer(self, source: Source, reader: Any, **options: Any) -> Consumer:
        settings: dict[str, Any] = {"record": self.record, "watch_every_s": 0.2, **options}
        return Consumer(
            self.service,
            source.service,
            ledger=self.ledger,
            reader=reader,
            feed=LedgerFeed(source),  # type: ignore[arg-type]
            react=self.react,
            parking=self.parking,
            now=lambda: START,
            **settings,
        )

    def desk(self, source: Source) -> Desk:
        return Desk(self.ledger, self.parking, {source.service: self.react}, self.record)

    async def effects(self) -> list[int]:
        rows = await self.pool.fetch(f"SELECT position FROM {self.service}.effects ORDER BY arrival")
        return [row[0] for row in rows]

    async def reaches(self, source: Source, position: int) -> None:
        async with asyncio.timeout(60):
            while await self.ledger.position_of(source.service) < position:
                await asyncio.sleep(0.02)

    async def answers(self) -> int:
        """Own events recorded in answer."""
        return (await self.ledger.head())[0]


@pytest.fixture
async def consuming(fresh_database: str) -> AsyncIterator[Consuming]:
    service = name("oversight")
    sets = [migrations.ledger_set(service, "test"), parking_set(service)]
    await migrations.apply(fresh_database, sets, [Role(service, "secret")])
    superuser = await asyncpg.connect(fresh_database)
    await superuser.execute(
        f"CREATE TABLE {service}.effects (arrival bigserial, source text, position bigint, key text);"
        f"GRANT SELECT, INSERT ON {service}.effects TO {service};"
        f"GRANT USAGE ON SEQUENCE {service}.effects_arrival_seq TO {service}"
    )
    parts = urlsplit(fresh_database)
    place = parts.netloc.rpartition("@")[2]
    dsn = urlunsplit(parts._replace(netloc=f"{service}:secret@{place}"))
    pool = await open_pool(dsn, size=4)
    yield Consuming(service, pool)
    await pool.close()
    await superuser.execute(f"DROP OWNED BY {service}; DROP ROLE {service}")
    await superuser.close()


@pytest.fixture
async def admin(nats_server: EmbeddedNats) -> AsyncIterator[Any]:
    client = await connect(nats_server.url, "admin")
    yield client
    await client.close()


@contextlib.asynccontextmanager
async def reading(url: str, consuming: Consuming, source: Source, restore: Any = None) -> AsyncIterator[Any]:
    """A reader as a service has it."""
    broker = make_broker(url, consuming.service, reconnect_time_wait=0.05)
    await broker.start()
    try:
        yield StreamReader(broker, consuming.service, source.service, restore, BRISK)
    finally:
        await broker.stop()


@contextlib.asynccontextmanager
async def running(consumer: Consumer) -> AsyncIterator[Consumer]:
    task = asyncio.create_task(consumer.run())
    try:
        yield consumer
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def asks(client: Any, consuming: Consuming, source: Source) -> None:
    """Return once the reader's request is at the server."""
    durable = durable_name(consuming.service, source.service)
    async with asyncio.timeout(60):
        while not (await call(client, f"CONSUMER.INFO.{source.stream}.{durable}"))["num_waiting"]:
            await asyncio.sleep(0.02)


async def test_every_event_takes_effect_once(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source = Source(name("routing"))
    await source.declare(admin, consuming.service)
    source.take_notes(1000)
    await source.publish(admin)
    async with (
        reading(nats_server.url, consuming, source) as reader,
        running(consuming.consumer(source, reader)) as consumer,
    ):
        await consuming.reaches(source, 1000)
        await eventually(lambda: consumer.state().position == 1000)
        state = consumer.state()
    assert await consuming.effects() == list(range(1, 1001))
    assert await consuming.answers() == 1000
    assert (state.lag, state.events_missing, state.rejected, state.applied) == (0, 0, 0, 1000)


async def test_two_replicas_on_one_durable_lose_nothing_and_do_nothing_twice(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source = Source(name("routing"))
    await source.declare(admin, consuming.service)
    turn = 0

    async def dawdle(_incoming: Sequence[Incoming]) -> None:
        nonlocal turn
        turn += 1
        await asyncio.sleep(0.02 if turn % 2 else 0)

    consuming.trouble = dawdle
    async with (
        reading(nats_server.url, consuming, source) as one,
        reading(nats_server.url, consuming, source) as other,
        running(consuming.consumer(source, one)),
        running(consuming.consumer(source, other)),
    ):
        for _ in range(10):
            source.take_notes(200)
            await source.publish(admin)
            await asyncio.sleep(0.01)
        await consuming.reaches(source, 2000)
    assert await consuming.effects() == list(range(1, 2001))


async def test_a_handler_that_fails_once_has_one_effect(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source, calls = Source(name("routing")), []

    async def fail_once(incoming: Sequence[Incoming]) -> None:
        calls.append(len(incoming))
        if len(calls) == 1:
            raise ConnectionError("the network, just now")

    consuming.trouble = fail_once
    await source.declare(admin, consuming.service)
    source.take_notes(50)
    await source.publish(admin)
    async with (
        reading(nats_server.url, consuming, source) as reader,
        running(consuming.consumer(source, reader)) as consumer,
    ):
        await consuming.reaches(source, 50)
        assert consumer.state().retries == 1
    assert await consuming.effects() == list(range(1, 51))
    assert await consuming.parking.count() == 0


async def test_a_transaction_cut_off_by_the_database_is_tried_again(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming, fresh_database: str
) -> None:
    source, cuts = Source(name("routing")), []
    superuser = await asyncpg.connect(fresh_database)

    async def cut(_incoming: Sequence[Incoming]) -> None:
        if len(cuts) < 3:
            cuts.append(1)
            await superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = $1 AND state = 'idle in transaction'",
                consuming.service,
            )

    consuming.trouble = cut
    await source.declare(admin, consuming.service)
    source.take_notes(50)
    await source.publish(admin)
    async with (
        reading(nats_server.url, consuming, source) as reader,
        running(consuming.consumer(source, reader)),
    ):
        await consuming.reaches(source, 50)
    await superuser.close()
    assert len(cuts) == 3
    assert await consuming.effects() == list(range(1, 51))
    assert await consuming.parking.count() == 0


async def test_a_handler_that_hangs_is_overtaken_by_another_replica_and_has_no_effect_of_its_own(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source, hanging, released = Source(name("routing")), asyncio.Event(), asyncio.Event()

    async def hang(_incoming: Sequence[Incoming]) -> None:
        if not hanging.is_set():
            hanging.set()
            await released.wait()

    consuming.trouble = hang
    await source.declare(admin, consuming.service)
    source.take_notes(50)
    await source.publish(admin)
    async with (
        reading(nats_server.url, consuming, source) as one,
        reading(nats_server.url, consuming, source) as other,
        running(consuming.consumer(source, one)),
    ):
        await hanging.wait()
        async with running(consuming.consumer(source, other)):
            await consuming.reaches(source, 50)
            released.set()
            source.take_notes(10)
            await source.publish(admin)
            await consuming.reaches(source, 60)
    assert await consuming.effects() == list(range(1, 61))


async def test_a_handler_that_always_hangs_on_one_event_parks_that_event(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source = Source(name("routing"))

    async def hang(incoming: Sequence[Incoming]) -> None:
        if any(each.position == 3 for each in incoming):
            await asyncio.Event().wait()

    consuming.trouble = hang
    await source.declare(admin, consuming.service)
    source.record(*(note(source.service, n, f"c{n}") for n in range(1, 5)))
    await source.publish(admin)
    async with (
        reading(nats_server.url, consuming, source) as reader,
        running(consuming.consumer(source, reader, react_limit_s=0.05)),
    ):
        await consuming.reaches(source, 4)
    assert await consuming.effects() == [1, 2, 4]
    assert [(each.position, each.poison) for each in await consuming.parking.listing()] == [(3, True)]


async def test_what_is_older_than_the_stream_comes_from_the_feed(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source = Source(name("routing"))
    source.take_notes(600)
    source.published = 500
    await source.declare(admin, consuming.service, first=501)
    await source.publish(admin)
    async with (
        reading(nats_server.url, consuming, source) as reader,
        running(consuming.consumer(source, reader)),
    ):
        await consuming.reaches(source, 600)
    assert await consuming.effects() == list(range(1, 601))


async def test_what_the_bus_can_never_bring_is_fetched_before_the_first_request(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source = Source(name("routing"))
    source.take_notes(300)
    await source.declare(
        admin, consuming.service, first=301
    )  # Nothing will be delivered, so no gap will show.
    async with (
        reading(nats_server.url, consuming, source) as reader,
        running(consuming.consumer(source, reader, watch_every_s=3600)) as consumer,
    ):
        await consuming.reaches(source, 300)
        assert consumer.state().events_missing == 0  # The bus did not owe them.
    assert await consuming.effects() == list(range(1, 301))


async def test_what_a_durable_keeps_to_itself_is_noticed_and_fetched(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source, missed = Source(name("routing")), []
    await source.declare(admin, consuming.service, position=40)  # It will never bring the first forty.
    async with (
        reading(nats_server.url, consuming, source) as reader,
        running(
            consuming.consumer(source, reader, on_missing=lambda _s, count: missed.append(count))
        ) as consumer,
    ):
        await asks(admin, consuming, source)
        source.take_notes(30)
        await source.publish(admin)
        await consuming.reaches(source, 30)
        await eventually(lambda: consumer.state().events_missing == 30)
    assert sum(missed) == 30
    assert await consuming.effects() == list(range(1, 31))


async def test_a_stray_publish_is_not_believed_and_keeps_nothing_back(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source = Source(name("routing"))
    await source.declare(admin, consuming.service)
    source.take_notes(5)
    await source.publish(admin)
    async with (
        reading(nats_server.url, consuming, source) as reader,
        running(consuming.consumer(source, reader)) as consumer,
    ):
        await consuming.reaches(source, 5)
        forged = {"huiyin-position": "6", "huiyin-chain": "00" * 32}
        await admin.jetstream().publish(
            f"huiyin.{source.service}.v1.NoteTaken.00.00.00", note(source.service, 6), headers=forged
        )
        await eventually(lambda: consumer.state().rejected == 1)
        source.take_notes(1)  # The relay cannot bring it: its place in the stream is taken.
        await consuming.reaches(source, 6)
    assert await consuming.effects() == list(range(1, 7))
    assert (await consuming.ledger.read(5, 1))[0].stream.endswith("-6")


async def test_a_deleted_durable_costs_nothing(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source = Source(name("routing"))

    async def restore() -> None:
        position = await consuming.ledger.position_of(source.service)
        await source.declare(admin, consuming.service, position=position)

    await source.declare(admin, consuming.service)
    async with (
        reading(nats_server.url, consuming, source, restore) as reader,
        running(consuming.consumer(source, reader)),
    ):
        await asks(admin, consuming, source)
        for number in range(1, 11):
            source.take_notes(100)
            await source.publish(admin)
            if number in (3, 6):
                await delete_consumer(admin, source.stream, durable_name(consuming.service, source.service))
        await consuming.reaches(source, 1000)
    assert await consuming.effects() == list(range(1, 1001))


async def test_a_killed_server_costs_nothing(private_nats: Any, consuming: Consuming) -> None:
    server = await private_nats()
    admin = await connect(server.url, "admin")
    source = Source(name("routing"))
    await source.declare(admin, consuming.service)
    async with (
        reading(server.url, consuming, source) as reader,
        running(consuming.consumer(source, reader)),
    ):
        source.take_notes(300)
        await source.publish(admin)
        await consuming.reaches(source, 1)
        await server.stop()
        await server.start()
        await eventually(lambda: admin.is_connected)
        source.take_notes(300)
        await source.publish(admin)
        await consuming.reaches(source, 600)
    await admin.close()
    assert await consuming.effects() == list(range(1, 601))


async def refuse_case_two(incoming: Sequence[Incoming]) -> None:
    if any(each.recorded.case_id == "c2" and each.position == 2 for each in incoming):
        raise KeyError("張某")


async def test_a_poison_event_parks_only_its_own_case_and_an_operator_can_retry_or_skip(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source = Source(name("routing"))
    consuming.trouble = refuse_case_two
    await source.declare(admin, consuming.service)
    source.record(*(note(source.service, n, f"c{(n - 1) % 3 + 1}") for n in range(1, 10)))
    await source.publish(admin)
    async with (
        reading(nats_server.url, consuming, source) as reader,
        running(consuming.consumer(source, reader)) as consumer,
    ):
        await consuming.reaches(source, 9)
        assert await consuming.effects() == [1, 3, 4, 6, 7, 9]
        waiting = await consuming.parking.listing("c2")
        assert [(each.position, each.poison) for each in waiting] == [(2, True), (5, False), (8, False)]
        assert "張某" not in waiting[0].reason
        assert "KeyError" in waiting[0].reason

        desk = consuming.desk(source)
        outcome = await desk.retry("c2")
        assert (outcome.applied, "KeyError" in (outcome.failure or "")) == (0, True)
        with pytest.raises(ReasonMissing):
            await desk.skip("c2", source.service, 2, " ")
        with pytest.raises(NotFirst):
            await desk.skip("c2", source.service, 5, "not its turn")
        with pytest.raises(NotParked):
            await desk.skip("c1", source.service, 1, "it is not parked")
        await desk.skip("c2", source.service, 2, "recorded by mistake")
        assert (await desk.retry("c2")).applied == 2
        assert await consuming.effects() == [1, 3, 4, 6, 7, 9, 5, 8]
        assert await consuming.parking.count() == 0

        source.record(note(source.service, 10, "c2"))
        await source.publish(admin)
        await consuming.reaches(source, 10)
        assert (await consuming.effects())[-1] == 10
        await eventually(lambda: consumer.state().parked == 0)
    assert [type(fact) for fact in consuming.facts] == [Parked, Skipped, Retried]
    assert consuming.facts[1] == Skipped(source.service, 2, "c2", "recorded by mistake")
    assert consuming.facts[2] == Retried(source.service, "c2", 2)


async def test_the_plain_reader_serves_a_consumer_just_as_well(
    nats_server: EmbeddedNats, admin: Any, consuming: Consuming
) -> None:
    source = Source(name("routing"))
    await source.declare(admin, consuming.service)
    client = await connect(nats_server.url, consuming.service)
    reader = PlainReader(client, consuming.service, source.service, limits=BRISK)
    async with running(consuming.consumer(source, reader)):
        source.take_notes(700)
        await source.publish(admin)
        await consuming.reaches(source, 700)
    await client.close()
    assert await consuming.effects() == list(range(1, 701))
