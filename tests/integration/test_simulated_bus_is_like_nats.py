"""The bus of the simulation and a real nats-server, asked the same: what the simulation relies on is how it is.

Every test runs twice, through the product's own publisher, pull, topology and reading.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bus import topology
from bus.agreement import stream_state
from bus.jetstream import BATCH_INCOMPLETE, ApiError, Unavailable, consumers, delete_consumer, delete_stream
from bus.publisher import Publisher, Refused, send, wire
from bus.pull import EagerPull, Guard, Interrupted
from bus.stored import read_many, read_one
from bus.subjects import all_subjects, durable_name, stream_name
from chassis.embedded.nats import EmbeddedNats
from tests.integration.bus_sending import eventually
from tests.integration.simulated_bus_support import (
    ACK_WAIT_S,
    LIMITS,
    LONG_S,
    Play,
    Scene,
    batch,
    last_of,
    lines,
    on_nats,
    on_the_simulation,
    published,
    pulling,
    sequences,
    taken,
)


@pytest.fixture(params=["nats-server", "simulation"])
def play(request: pytest.FixtureRequest, nats_server: EmbeddedNats) -> Callable[[Scene], Awaitable[None]]:
    """Plays a scene on one of the two."""

    async def played(scene: Scene) -> None:
        if request.param == "simulation":
            on_the_simulation(scene)
        else:
            await on_nats(scene, nats_server)

    return played


async def test_a_batch_is_stored_in_a_row_and_the_next_one_after_it(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await published(client, service, 3, 5)
        found = await read_many(client, stream_name(service), 1, 100)
        assert [each.sequence for each in found] == [1, 2, 3, 4, 5]
        assert [each.data for each in found] == [each.bytes for each in lines(service, 5)]
        state = await stream_state(client, service)
        assert state is not None
        assert (state.first, state.last, state.messages, state.deleted) == (1, 5, 5, 0)

    await play(scene)


async def test_a_batch_that_expects_another_end_is_refused_and_nothing_of_it_is_stored(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await published(client, service, 3)
        for after, last in ((0, 2), (4, 6)):
            with pytest.raises(Refused):
                await Publisher().publish(client, batch(service, after, last))
            assert await last_of(client, service) == 3

    await play(scene)


async def test_of_an_abandoned_batch_nothing_is_stored_and_it_is_in_nobodys_way(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        whole = wire(batch(service, 0, 3), "abandoned", "nobody")
        await send(client, whole[: whole.rindex(b"HPUB ")])
        await published(client, service, 2)
        assert await last_of(client, service) == 2

    await play(scene)


async def test_a_batch_with_a_hole_is_refused_as_a_whole(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        inbox = client.new_inbox()
        heard = await client.subscribe(inbox)
        whole = wire(batch(service, 0, 3), "holes", inbox)
        second, third = [at for at in range(len(whole)) if whole.startswith(b"HPUB ", at)][1:]
        await send(client, whole[:second] + whole[third:])
        answer = await heard.next_msg(timeout=5)
        assert str(BATCH_INCOMPLETE).encode() in answer.data
        assert await last_of(client, service) == 0

    await play(scene)


async def test_a_subject_that_no_stream_takes_is_unavailable(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await delete_stream(client, stream_name(service))
        with pytest.raises(Unavailable):
            await published(client, service, 1)

    await play(scene)


async def test_a_durable_begins_after_its_position_and_tells_what_it_owes(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await published(client, service, 5)
        pull = await pulling(client, service, position=2)
        (told,) = (await consumers(client, stream_name(service))).values()
        assert (told["num_pending"], told["num_ack_pending"]) == (3, 0)
        assert told["delivered"]["stream_seq"] == 2
        messages = await taken(pull, 3)
        assert sequences(messages) == [3, 4, 5]
        await pull.acknowledge(messages[:2])

        async def counted() -> bool:  # A server counts what it was told a little later.
            (told,) = (await consumers(client, stream_name(service))).values()
            owed = (told["num_pending"], told["num_ack_pending"], told["delivered"]["stream_seq"])
            return owed == (0, 1, 5)

        await eventually(counted)

    await play(scene)


async def test_what_is_not_acknowledged_in_time_comes_again_and_what_is_does_not(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await published(client, service, 3)
        pull = await pulling(client, service)
        messages = await taken(pull, 3)
        await pull.acknowledge(messages[1:2])
        again = await taken(pull, 2)
        assert sorted(sequences(again)) == [1, 3]
        assert {int(each.reply.split(".")[4]) for each in again} == {2}
        await pull.acknowledge(messages[:1])  # A late word about the first delivery counts.
        await pull.acknowledge(again)
        await asyncio.sleep(ACK_WAIT_S * 2)
        assert not pull._arrived

    await play(scene)


async def test_what_is_handed_back_comes_again_at_once(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await published(client, service, 1)
        first = await pulling(client, service, ack_wait_s=LONG_S)
        await taken(first, 1)
        await first.unsubscribe()
        pull = EagerPull(
            client, stream_name(service), durable_name("reading", service), "_INBOX_reading", LIMITS
        )
        await pull.open()
        async with asyncio.timeout(LONG_S / 2):
            assert sequences(await taken(pull, 1)) == [1]

    await play(scene)


async def test_messages_arrive_as_soon_as_they_are_stored(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        pull = await pulling(client, service)
        waiting = asyncio.ensure_future(taken(pull, 2))
        await asyncio.sleep(1.2)  # Longer than a heartbeat: the request stands all the same.
        await published(client, service, 2)
        assert sequences(await waiting) == [1, 2]

    await play(scene)


async def test_a_deleted_durable_interrupts_and_made_again_it_goes_on_where_it_is_told(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await published(client, service, 4)
        pull = await pulling(client, service)
        await pull.acknowledge(await taken(pull, 4))
        waiting = asyncio.ensure_future(pull.take())
        await asyncio.sleep(0.05)
        await delete_consumer(client, stream_name(service), durable_name("reading", service))
        with pytest.raises(Interrupted):
            await waiting
        guard = Guard(client, stream_name(service), durable_name("reading", service), None)
        assert await guard.info() is None
        await topology.create_durable(client, "reading", service, 2)
        pull.resume()
        assert sequences(await taken(pull, 2)) == [3, 4]

    await play(scene)


async def test_a_pull_on_a_durable_that_is_not_there_is_interrupted(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        pull = EagerPull(client, stream_name(service), "nobody-on-it", "_INBOX_reading", LIMITS)
        await pull.open()
        with pytest.raises(Interrupted):
            await pull.take()

    await play(scene)


async def test_a_stream_made_again_is_another_one_empty_and_begins_where_it_is_told(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await published(client, service, 4)
        await pulling(client, service)
        before = await stream_state(client, service)
        await delete_stream(client, stream_name(service))
        assert await stream_state(client, service) is None
        assert await consumers(client, stream_name(service)) == {}
        await topology.create_stream(client, service, topology.EMBEDDED, first_position=3)
        made = await stream_state(client, service)
        assert before is not None
        assert made is not None
        assert made.created != before.created
        assert (made.first, made.last, made.messages) == (3, 2, 0)
        await Publisher().publish(client, batch(service, 2, 4))
        assert await last_of(client, service) == 4

    await play(scene)


async def test_a_stream_or_a_durable_made_twice_is_the_same_one(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await topology.create_stream(client, service, topology.EMBEDDED)
        await topology.create_stream(client, service, topology.EMBEDDED, fill_until=9)
        await topology.create_durable(client, "reading", service, 0)
        await topology.create_durable(client, "reading", service, 0)
        with pytest.raises(ApiError):
            await topology.create_durable(client, "reading", service, 5)
        state = await stream_state(client, service)
        assert state is not None
        assert topology.FILL_KEY not in state.config["metadata"]

    await play(scene)


async def test_a_message_can_be_read_by_its_sequence_and_a_stray_one_is_stored_too(play: Play) -> None:
    async def scene(client: Any, service: str) -> None:
        await published(client, service, 1)
        await client.publish(all_subjects(service).replace(">", "v1.Stray.00.00.00"), b"rubbish")
        found = await read_one(client, stream_name(service), 1)
        assert found is not None
        assert found.data == lines(service, 1)[0].bytes

        async def stored() -> bool:  # Nobody is told when a message without a reply is stored.
            return await read_one(client, stream_name(service), 2) is not None

        await eventually(stored)
        stray = await read_one(client, stream_name(service), 2)
        assert stray is not None
        assert (stray.data, stray.chain) == (b"rubbish", b"")
        assert await read_one(client, stream_name(service), 3) is None
        assert await read_many(client, stream_name(service), 3, 5) == []
        with pytest.raises(Refused):
            await Publisher().publish(client, batch(service, 1, 2))

    await play(scene)
