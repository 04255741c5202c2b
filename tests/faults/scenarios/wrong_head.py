"""The last message of a stream is not the ledger's last line, though the stream is exactly as long as it should be."""

from __future__ import annotations

import os
import signal

from bus.jetstream import delete_stream
from bus.messages import message
from bus.subjects import stream_name
from bus.topology import EMBEDDED, create_stream
from ledger.lines import Line
from tests.faults.scenarios.scene import Scene

SERVICE = "routing"


async def play(scene: Scene) -> None:
    """While the services are paused, somebody makes the stream anew, and its last message otherwise."""
    await scene.work(6)
    before = await scene.rebuilds()
    services = scene.runtime["pids"]["services"]
    lines = [Line(**row) for row in await scene.ask(f"SELECT * FROM {SERVICE}.ledger ORDER BY position")]
    os.kill(services, signal.SIGSTOP)
    try:
        async with scene.bus() as topology:
            await delete_stream(topology, stream_name(SERVICE))
            await create_stream(topology, SERVICE, EMBEDDED, first_position=1, fill_until=0)
        async with scene.bus(SERVICE) as publisher:
            for line in lines:
                made = message(line)
                data = made.data if line is not lines[-1] else made.data + b"!"
                await publisher.jetstream().publish(made.subject, data, headers=dict(made.headers))
    finally:
        os.kill(services, signal.SIGCONT)
    scene.say(f"stream of {SERVICE} made anew with {len(lines)} messages, the last one forged")
    await scene.detected(before, SERVICE)
    await scene.healed(SERVICE)
    await scene.work(3)
    await scene.lag_gone()
