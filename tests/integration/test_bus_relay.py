"""The relay on a real server: sequence = position, byte for byte, whatever happens to the relay."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nats.aio.client import Client

from bus.agreement import stream_state
from bus.connection import Connection, connect
from bus.jetstream import ApiError, Unavailable, call
from bus.messages import Message, message
from bus.publisher import Publisher, Refused, send, wire
from bus.relay import Relay, batch_of
from bus.stored import read_one
from bus.subjects import stream_name
from bus.topology import apply
from chassis.embedded.nats import EmbeddedNats
from tests.conftest import PrivateNats
from tests.integration.bus_sending import MadeUpLedger, differences, eventually, forge

SEED = 20250818
HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]

RELAY_PROCESS = """
import asyncio, sys
from bus.connection import Connection, connect
from bus.relay import Relay
from tests.integration.bus_sending import MadeUpLedger

async def main():
    ledger = MadeUpLedger("intake", int(sys.argv[2]))
    await Relay(ledger, Connection(lambda: connect(sys.argv[1], name="relay")), "intake").run()

asyncio.run(main())
"""


@pytest.fixture
async def server(private_nats: PrivateNats) -> EmbeddedNats:
    return await private_nats()


@pytest.fixture
async def connection(server: EmbeddedNats) -> AsyncIterator[Connection]:
    there = Connection(lambda: connect(server.url, name="test"))
    await apply(await there.client(), ["intake"], {})
    yield there
    await there.close()


@contextlib.asynccontextmanager
async def relaying(ledger: MadeUpLedger, connection: Connection) -> AsyncIterator[Relay]:
    relay = Relay(ledger, connection, "intake")
    task = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def reaches(connection: Connection, ledger: MadeUpLedger) -> None:
    """Wait until the stream is as long as the ledger, then compare every byte."""
    client = await connection.client()

    async def is_long_enough() -> bool:
        with contextlib.suppress(Unavailable):
            state = await stream_state(client, "intake")
            return state is not None and state.last >= len(ledger.lines)
        return False

    await eventually(is_long_enough)
    assert await differences(client, ledger) == []


async def test_every_line_stands_at_the_sequence_that_is_its_position(connection: Connection) -> None:
    ledger = MadeUpLedger("intake", 2000)
    async with relaying(ledger, connection) as relay:
        await reaches(connection, ledger)
        ledger.grow(1)
        await reaches(connection, ledger)
        await eventually(lambda: relay.state.relayed == 2001)
        assert relay.state.lag == 0


async def test_a_relay_cancelled_at_random_moments_leaves_no_gap_and_no_double(
    connection: Connection,
) -> None:
    chance = random.Random(SEED)
    ledger = MadeUpLedger("intake", 4000)
    for _ in range(12):
        async with relaying(ledger, connection):
            await asyncio.sleep(chance.uniform(0, 0.03))
        ledger.grow(chance.randrange(300))
    async with relaying(ledger, connection):
        await reaches(connection, ledger)


async def test_relay_processes_killed_at_random_moments_leave_no_gap_and_no_double(
    server: EmbeddedNats, connection: Connection
) -> None:
    chance = random.Random(SEED)
    ledger = MadeUpLedger("intake", 12_000)
    path = os.pathsep.join([str(ROOT / "libs"), str(ROOT)])
    client = await connection.client()
    for _ in range(3):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            RELAY_PROCESS,
            server.url,
            "12000",
            env={**os.environ, "PYTHONPATH": path},
        )
        before = await stream_state(client, "intake")
        assert before is not None
        reached = before.last

        async def moves(reached: int = reached) -> bool:
            state = await stream_state(client, "intake")
            return state is not None and (state.last > reached or state.last == 12_000)

        await eventually(moves)
        await asyncio.sleep(chance.uniform(0, 0.1))
        process.kill()
        await process.wait()
    async with relaying(ledger, connection):
        await reaches(connection, ledger)


async def test_two_relays_race_and_every_sequence_is_its_position(
    server: EmbeddedNats, connection: Connection
) -> None:
    ledger = MadeUpLedger("intake", 3000)
    second = Connection(lambda: connect(server.url, name="second"))
    async with relaying(ledger, connection), relaying(ledger, second):
        for _ in range(60):
            ledger.grow(20)
            await asyncio.sleep(0.005)
        await reaches(connection, ledger)
    await second.close()


async def test_a_paused_relay_publishes_nothing_and_goes_on_where_the_other_one_got_to(
    connection: Connection,
) -> None:
    ledger = MadeUpLedger("intake", 100)
    client = await connection.client()
    async with relaying(ledger, connection) as relay:
        await reaches(connection, ledger)
        await relay.pause()
        ledger.grow(50)
        await asyncio.sleep(0.4)
        state = await stream_state(client, "intake")
        assert state is not None
        assert state.last == 100
        async with relaying(ledger, connection):
            await reaches(connection, ledger)
        relay.resume()
        ledger.grow(50)
        await reaches(connection, ledger)


async def test_after_a_stray_publish_nothing_more_is_published_and_doubt_is_raised(
    connection: Connection,
) -> None:
    ledger = MadeUpLedger("intake", 100)
    client = await connection.client()
    async with relaying(ledger, connection) as relay:
        await reaches(connection, ledger)
        await client.jetstream().publish("huiyin.intake.v1.Stray.00.00.00", b"rubbish")
        ledger.grow(50)
        await eventually(relay.doubt.is_set)
        assert relay.state.phase == "blocked"
        state = await stream_state(client, "intake")
        assert state is not None
        assert state.last == 101


async def test_the_relay_survives_restarts_of_the_server_under_load(
    server: EmbeddedNats, connection: Connection
) -> None:
    ledger = MadeUpLedger("intake", 1000)
    async with relaying(ledger, connection):
        for kill in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
            ledger.grow(2000)
            await asyncio.sleep(0.03)
            assert server.pid is not None
            os.kill(server.pid, kill)
            ledger.grow(100)
            await asyncio.sleep(0.1)
            await server.stop()
            await server.start()
        await reaches(connection, ledger)


async def test_a_connection_that_the_client_gave_up_is_replaced_by_a_new_one(connection: Connection) -> None:
    ledger = MadeUpLedger("intake", 100)
    async with relaying(ledger, connection):
        await reaches(connection, ledger)
        await (await connection.client()).close()
        ledger.grow(50)
        await reaches(connection, ledger)


async def test_a_line_changed_in_the_database_is_not_published(connection: Connection) -> None:
    ledger = MadeUpLedger("intake", 100)
    ledger.lines[49] = forge(ledger.lines[49])
    async with relaying(ledger, connection) as relay:
        await eventually(lambda: relay.state.phase == "blocked")
        assert "line 50" in (relay.state.last_error or "")
    state = await stream_state(await connection.client(), "intake")
    assert state is not None
    assert state.last < 50


async def test_abandoned_batches_are_waited_out_and_never_worked_around(connection: Connection) -> None:
    client = await connection.client()
    ledger = MadeUpLedger("intake", 60)
    publisher = Publisher()
    for number in range(50):
        batch = batch_of(0, ledger.lines[:2])
        commands = wire(batch, f"abandoned-{number}", "nobody")
        await send(client, commands[: commands.rindex(b"HPUB ")])
    with pytest.raises(ApiError) as refusal:
        await publisher.publish(client, batch_of(0, ledger.lines))
    assert refusal.value.err_code in (10210, 10176)
    state = await stream_state(client, "intake")
    assert state is not None
    assert state.last == 0
    await publisher.close()


async def test_a_batch_at_the_wrong_place_is_refused_and_stores_nothing(connection: Connection) -> None:
    client = await connection.client()
    ledger = MadeUpLedger("intake", 20)
    publisher = Publisher()
    with pytest.raises(Refused):
        await publisher.publish(client, batch_of(10, ledger.lines[10:]))
    await publisher.publish(client, batch_of(0, ledger.lines[:10]))
    with pytest.raises(Refused):
        await publisher.publish(client, batch_of(0, ledger.lines[:10]))
    state = await stream_state(client, "intake")
    assert state is not None
    assert state.last == 10
    await publisher.close()


async def test_without_a_stream_the_publisher_is_told_at_once(connection: Connection) -> None:
    client = await connection.client()
    await call(client, f"STREAM.DELETE.{stream_name('intake')}")
    publisher = Publisher()
    with pytest.raises(Unavailable):
        await publisher.publish(client, batch_of(0, MadeUpLedger("intake", 3).lines))
    await publisher.close()


async def test_the_relay_s_own_frames_store_what_the_client_s_publish_would_store(
    connection: Connection,
) -> None:
    """Pins the two private names of nats-py that `send` uses: without them the first half would fail."""
    client = await connection.client()
    ledger = MadeUpLedger("intake", 2)
    publisher = Publisher()
    await publisher.publish(client, batch_of(0, ledger.lines[:1]))
    await plainly(client, message(ledger.lines[1]))
    await publisher.close()
    assert await differences(client, ledger) == []
    assert (await read_one(client, stream_name("intake"), 3)) is None


async def plainly(client: Client, sent: Message) -> None:
    own = {"Nats-Batch-Id": "plain", "Nats-Batch-Sequence": "1", "Nats-Batch-Commit": "1"}
    await client.request(sent.subject, sent.data, headers={**sent.headers, **own})
