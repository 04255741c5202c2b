"""Scenes that are played on a real nats-server and on the simulated one."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Any

from nats.aio.client import Client

from bus import topology
from bus.agreement import stream_state
from bus.messages import frame
from bus.publisher import Batch, Publisher
from bus.pull import EagerPull, PullLimits
from bus.subjects import stream_name
from chassis.embedded.nats import EmbeddedNats
from huiyin.chain import genesis
from ledger.lines import Line
from tests.integration import bus_receiving
from tests.integration.bus_sending import line
from tests.simulation.client import SimulatedClient
from tests.simulation.jetstream import Server
from tests.simulation.loop import Process, SimulatedLoop
from tests.simulation.network import Network

LIMITS = PullLimits(batch=4, expires_s=30.0, heartbeat_s=1.0)
ACK_WAIT_S = 2.0
"""What a busy machine needs to acknowledge in time."""
LONG_S = 30.0
"""Longer than any scene: what comes again sooner comes because it was handed back."""

Scene = Callable[[Any, str], Awaitable[None]]
"""(a connected client, a service whose stream nobody else has) -> what is found out."""


async def on_nats(scene: Scene, server: EmbeddedNats) -> None:
    service = f"s{secrets.token_hex(6)}"
    client = await bus_receiving.connect(server.url, "reading")
    try:
        await topology.create_stream(client, service, topology.EMBEDDED)
        await scene(client, service)
    finally:
        await client.close()


def on_the_simulation(scene: Scene) -> None:
    chance = Random(7)
    loop = SimulatedLoop(chance)
    network = Network(chance)
    server = Server(loop, network)

    async def begin() -> None:
        client = SimulatedClient(loop, server, network, "_INBOX_reading.c")
        await topology.create_stream(client, "s1", topology.EMBEDDED)
        await scene(client, "s1")

    work = loop.spawn(Process("scene"), begin())
    try:
        with loop.running():
            while not work.done():
                loop.step()
        work.result()
        assert not loop.complaints
    finally:
        loop.close()


def lines(service: str, count: int) -> list[Line]:
    made: list[Line] = []
    for position in range(1, count + 1):
        made.append(line(service, position, made[-1].hash if made else genesis(service, "test")))
    return made


def batch(service: str, after: int, last: int) -> Batch:
    """The lines after a position, up to another one."""
    return Batch(after, [frame(each) for each in lines(service, last)[after:]])


async def published(client: Client, service: str, *ends: int) -> None:
    publisher, after = Publisher(), 0
    for end in ends:
        await publisher.publish(client, batch(service, after, end))
        after = end


async def last_of(client: Client, service: str) -> int:
    state = await stream_state(client, service)
    assert state is not None
    return state.last


async def pulling(
    client: Client, service: str, position: int = 0, ack_wait_s: float = ACK_WAIT_S
) -> EagerPull:
    """A durable after a position, and a pull on it."""
    config = topology.durable_config("reading", service)
    config |= {"ack_wait": int(ack_wait_s * topology.SECOND_NS), "opt_start_seq": position + 1}
    await topology._put_durable(client, service, config, "create")
    pull = EagerPull(client, stream_name(service), config["name"], "_INBOX_reading", LIMITS)
    await pull.open()
    return pull


async def taken(pull: EagerPull, count: int) -> list[Any]:
    """So many messages, in the order of their arrival."""
    found: list[Any] = []
    async with asyncio.timeout(20):
        while len(found) < count:
            found += await pull.take()
    return found


def sequences(messages: Sequence[Any]) -> list[int]:
    return [int(each.reply.split(".")[5]) for each in messages]


Play = Callable[[Scene], Awaitable[None]]
"""Plays a scene on one of the two."""
