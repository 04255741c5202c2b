"""The raw limit of the relay: its batches as bytes ready for the wire, one in flight, nothing read or made."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from nats.aio.client import Client
from nats.aio.msg import Msg

from bus.publisher import Batch, send, wire

ANSWER_S = 5.0


async def publish(client: Client, batches: Sequence[Batch]) -> float:
    """Events/s into an empty stream."""
    inbox = client.new_inbox()
    answers: asyncio.Queue[Msg] = asyncio.Queue()
    ready = [wire(batch, f"raw-{number}", f"{inbox}.{number}") for number, batch in enumerate(batches)]
    subscription = await client.subscribe(f"{inbox}.*", cb=answers.put)
    begin = time.perf_counter()
    for commands in ready:
        await send(client, commands)
        answer = await asyncio.wait_for(answers.get(), ANSWER_S)
        if b'"error"' in answer.data:
            raise RuntimeError(answer.data.decode())
    seconds = time.perf_counter() - begin
    await subscription.unsubscribe()
    return batches[-1].last / seconds
