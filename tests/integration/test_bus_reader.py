"""Both readers keep one set of promises, on a real server."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import pytest

from bus import topology
from bus.delivery import Delivery, Reader, ReaderRefused
from bus.jetstream import call, delete_consumer, delete_stream
from bus.plain_reader import PlainReader
from bus.reader import StreamReader, make_broker
from bus.subjects import durable_name
from chassis.embedded.nats import EmbeddedNats
from tests.integration.bus_receiving import BRISK, Source, connect, name
from tests.servers import eventually

MakeReader = Callable[..., Awaitable[Reader]]


@pytest.fixture(params=["faststream", "plain"])
async def make_reader(request: pytest.FixtureRequest) -> AsyncIterator[MakeReader]:
    async with contextlib.AsyncExitStack() as stack:

        async def make(url: str, service: str, source: str, restore: Any = None, **login: Any) -> Reader:
            if request.param == "plain":
                client = await connect(url, service, **login)
                stack.push_async_callback(client.close)
                return PlainReader(client, service, source, restore, BRISK)
            broker = make_broker(url, service, reconnect_time_wait=0.05, **login)
            await broker.start()
            stack.push_async_callback(broker.stop)
            return StreamReader(broker, service, source, restore, BRISK)

        yield make


class Collected:
    """A handler that keeps what it is given; may fail the first times."""

    def __init__(self, failures: int = 0) -> None:
        self.batches: list[list[int]] = []
        self.deliveries: list[Delivery] = []
        self.failures = failures
        self.calls = 0

    async def __call__(self, deliveries: Sequence[Delivery]) -> None:
        self.calls += 1
        if self.calls <= self.failures:
            raise RuntimeError("not this time")
        self.batches.append([each.position for each in deliveries])
        self.deliveries.extend(deliveries)

    @property
    def positions(self) -> list[int]:
        return [position for batch in self.batches for position in batch]


@contextlib.asynccontextmanager
async def running(reader: Reader, handle: Any) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(reader.run(handle))
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def acknowledged(client: Any, source: Source, service: str) -> int:
    info = await call(client, f"CONSUMER.INFO.{source.stream}.{durable_name(service, source.service)}")
    return int(info["ack_floor"]["stream_seq"])


async def floor_reaches(client: Any, source: Source, service: str, position: int) -> None:
    async with asyncio.timeout(60):
        while await acknowledged(client, source, service) < position:
            await asyncio.sleep(0.02)


@pytest.fixture
async def admin(nats_server: EmbeddedNats) -> AsyncIterator[Any]:
    client = await connect(nats_server.url, "admin")
    yield client
    await client.close()


async def test_everything_arrives_in_order_and_byte_for_byte(
    nats_server: EmbeddedNats, admin: Any, make_reader: MakeReader
) -> None:
    source, seen = Source(name("source")), Collected()
    await source.declare(admin, "reads")
    source.take_notes(1000)
    await source.publish(admin)
    async with running(await make_reader(nats_server.url, "reads", source.service), seen):
        await eventually(lambda: len(seen.positions) >= 1000)
        await floor_reaches(admin, source, "reads", 1000)
    assert seen.positions == list(range(1, 1001))
    assert [(d.position, d.bytes, d.hash) for d in seen.deliveries] == [
        (line.position, line.bytes, line.hash) for line in source.lines
    ]
    assert max(map(len, seen.batches)) <= 256


async def test_a_single_event_is_handed_over_without_waiting_for_a_full_batch(
    nats_server: EmbeddedNats, admin: Any, make_reader: MakeReader
) -> None:
    source, seen = Source(name("source")), Collected()
    await source.declare(admin, "reads")
    async with running(await make_reader(nats_server.url, "reads", source.service), seen):
        for number in range(1, 21):
            source.take_notes(1)
            await source.publish(admin)
            await eventually(lambda: len(seen.positions) == number)  # noqa: B023
    assert seen.batches == [[n] for n in range(1, 21)]


async def test_a_batch_that_fails_is_not_acknowledged_and_comes_again_in_the_same_order(
    nats_server: EmbeddedNats, admin: Any, make_reader: MakeReader
) -> None:
    source, seen = Source(name("source")), Collected(failures=3)
    await source.declare(admin, "reads")
    source.take_notes(300)
    await source.publish(admin)
    async with running(await make_reader(nats_server.url, "reads", source.service), seen):
        await eventually(lambda: len(seen.positions) >= 300)
        await floor_reaches(admin, source, "reads", 300)
    assert seen.positions == list(range(1, 301))
    assert seen.calls > 3


async def test_nothing_is_acknowledged_while_the_handler_keeps_failing(
    nats_server: EmbeddedNats, admin: Any, make_reader: MakeReader
) -> None:
    source, seen = Source(name("source")), Collected(failures=10**9)
    await source.declare(admin, "reads")
    source.take_notes(10)
    await source.publish(admin)
    reader = await make_reader(nats_server.url, "reads", source.service)
    async with running(reader, seen):
        await eventually(lambda: seen.calls >= 3)
        assert await acknowledged(admin, source, "reads") == 0
        assert reader.trouble is not None


async def test_what_a_cancelled_reader_held_is_given_to_the_next_one(
    nats_server: EmbeddedNats, admin: Any, make_reader: MakeReader
) -> None:
    source, seen = Source(name("source")), Collected()
    stuck = asyncio.Event()

    async def hang(_deliveries: Sequence[Delivery]) -> None:
        stuck.set()
        await asyncio.Event().wait()

    await source.declare(admin, "reads")
    source.take_notes(600)
    await source.publish(admin)
    async with running(await make_reader(nats_server.url, "reads", source.service), hang):
        await stuck.wait()
    async with running(await make_reader(nats_server.url, "reads", source.service), seen):
        await eventually(lambda: len(set(seen.positions)) == 600)


async def test_it_refuses_to_start_without_its_declared_durable(
    nats_server: EmbeddedNats, admin: Any, make_reader: MakeReader
) -> None:
    source = Source(name("source"))
    await source.declare(admin)
    reader = await make_reader(nats_server.url, "reads", source.service)
    with pytest.raises(ReaderRefused):
        await reader.run(Collected())
    info = await call(admin, f"STREAM.INFO.{source.stream}")
    assert info["state"]["consumer_count"] == 0  # Nobody created one on the quiet.


async def test_it_refuses_a_durable_that_filters_subjects(
    nats_server: EmbeddedNats, admin: Any, make_reader: MakeReader
) -> None:
    source = Source(name("source"))
    await source.declare(admin)
    config = {
        **topology.durable_config("reads", source.service),
        "opt_start_seq": 1,
        "filter_subject": f"huiyin.{source.service}.v1.CaseReceived.>",
    }
    body = {"stream_name": source.stream, "config": config, "action": "create"}
    await call(admin, f"CONSUMER.CREATE.{source.stream}.{config['name']}.{config['filter_subject']}", body)
    with pytest.raises(ReaderRefused):
        await (await make_reader(nats_server.url, "reads", source.service)).run(Collected())


@pytest.mark.parametrize("lost", ["durable", "stream"])
async def test_when_the_durable_vanishes_it_has_it_restored_and_goes_on(
    nats_server: EmbeddedNats, admin: Any, make_reader: MakeReader, lost: str
) -> None:
    source, seen, restored = Source(name("source")), Collected(), []

    async def restore() -> None:
        restored.append(1)
        if len(restored) == 1:
            raise ConnectionError("the topology cannot be applied just now")
        await source.declare(admin, "reads", position=seen.positions[-1])
        source.published = 0 if lost == "stream" else source.published

    await source.declare(admin, "reads")
    source.take_notes(5)
    await source.publish(admin)
    reader = await make_reader(nats_server.url, "reads", source.service, restore)
    async with running(reader, seen):
        await eventually(lambda: len(seen.positions) == 5)
        if lost == "stream":
            await delete_stream(admin, source.stream)
        else:
            await delete_consumer(admin, source.stream, durable_name("reads", source.service))
        await eventually(lambda: len(restored) >= 2 and reader.trouble is None)
        source.take_notes(5)
        await source.publish(admin)
        await eventually(lambda: len(seen.positions) >= 10)
    assert seen.positions == list(range(1, 11))


async def test_it_goes_on_after_the_server_was_killed(private_nats: Any, make_reader: MakeReader) -> None:
    server = await private_nats()
    client = await connect(server.url, "admin")
    source, seen = Source(name("source")), Collected()
    await source.declare(client, "reads")
    source.take_notes(5)
    await source.publish(client)
    async with running(await make_reader(server.url, "reads", source.service), seen):
        await eventually(lambda: len(seen.positions) == 5)
        await floor_reaches(client, source, "reads", 5)
        await server.stop()
        await server.start()
        await eventually(lambda: client.is_connected)
        source.take_notes(5)
        await source.publish(client)
        await eventually(lambda: set(seen.positions) == set(range(1, 11)))
    await client.close()


async def test_a_message_without_our_headers_has_no_hash(
    nats_server: EmbeddedNats, admin: Any, make_reader: MakeReader
) -> None:
    source, seen = Source(name("source")), Collected()
    await source.declare(admin, "reads")
    await admin.jetstream().publish(f"huiyin.{source.service}.v1.Rubbish.00.00.00", b"rubbish")
    async with running(await make_reader(nats_server.url, "reads", source.service), seen):
        await eventually(lambda: len(seen.positions) == 1)
    assert seen.deliveries[0].hash == b""


async def test_least_privilege_is_enough(private_nats: Any, make_reader: MakeReader) -> None:
    source, seen = Source("routing"), Collected()
    stream, durable = source.stream, durable_name("reads", "routing")
    users = [
        {"user": "admin", "password": "admin"},
        {
            "user": "reads",
            "password": "reads",
            "permissions": {
                "publish": [
                    f"$JS.API.CONSUMER.INFO.{stream}.{durable}",
                    f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}",
                    f"$JS.ACK.{stream}.{durable}.>",
                ],
                "subscribe": ["_INBOX_reads.>"],
            },
        },
    ]
    server = await private_nats(authorization={"users": users})
    client = await connect(server.url, "admin", user="admin", password="admin")
    await source.declare(client, "reads")
    source.take_notes(5)
    await source.publish(client)
    reader = await make_reader(server.url, "reads", "routing", user="reads", password="reads")
    async with running(reader, seen):
        await eventually(lambda: len(seen.positions) == 5)
        await floor_reaches(client, source, "reads", 5)
        assert await reader.owed() == 0
    await client.close()
