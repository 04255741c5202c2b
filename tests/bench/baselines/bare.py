"""nats-py as its documentation shows it: fetch(256), one acknowledgement each, nothing decoded, no database."""

from __future__ import annotations

import time

from nats.aio.client import Client

from bus.subjects import durable_name, stream_name

BATCH = 256
TIMEOUT_S = 5.0


async def consume(client: Client, source: str, service: str, events: int) -> float:
    """Events/s of a durable that begins at the stream's first message."""
    durable = durable_name(service, source)
    subscription = await client.jetstream().pull_subscribe_bind(durable, stream_name(source))
    got = 0
    begin = time.perf_counter()
    while got < events:
        messages = await subscription.fetch(min(BATCH, events - got), timeout=TIMEOUT_S)
        for message in messages:
            await message.ack()
        got += len(messages)
    seconds = time.perf_counter() - begin
    await subscription.unsubscribe()
    return events / seconds
