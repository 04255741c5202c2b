"""Messages in the middle of a stream are gone from its block file."""

from __future__ import annotations

import struct
import time

from tests.faults.scenarios.blocks import block_of
from tests.faults.scenarios.scene import Scene

GONE = slice(10, 13)
"""Which records of the file."""

_HAS_HEADERS = 1 << 31
"""The highest bit of a record's length (nats-server, filestore.go)."""


async def play(scene: Scene) -> None:
    """Stop in good order, cut three records out, start under load."""
    await scene.work(6)
    before = await scene.rebuilds()
    scene.running.down()
    block = block_of(scene, "routing")
    records = _records(block.read_bytes())
    kept = [record for n, record in enumerate(records) if n not in range(GONE.start, GONE.stop)]
    block.write_bytes(b"".join(kept))
    # What the server noted about the file when it stopped; without it, it looks for itself.
    (block.parent / "index.db").unlink(missing_ok=True)
    scene.say(f"{len(records) - len(kept)} of {len(records)} messages cut out of {block.name} of routing")
    started = time.monotonic()
    await scene.running.start()
    async with scene.load() as load:
        await scene.detected(before, "routing", since=started)
        await scene.healed("routing")
        await load.more(3)
    await scene.lag_gone()


def _records(content: bytes) -> list[bytes]:
    """A block file's records: each begins with its length, 4 bytes, least significant first."""
    found, at = [], 0
    while at < len(content):
        length = struct.unpack_from("<I", content, at)[0] & ~_HAS_HEADERS
        found.append(content[at : at + length])
        at += length
    return found
