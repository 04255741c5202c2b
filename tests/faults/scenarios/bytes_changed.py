"""Bytes in the middle of a block file are others than were written: a failing disk, or a hand."""

from __future__ import annotations

import time

from tests.faults.scenarios.blocks import block_of
from tests.faults.scenarios.scene import ROUND_S, Scene

CHANGED = 64
"""Bytes: more than any one checksum would mend, less than a message."""


async def play(scene: Scene) -> None:
    """Stop in good order, change some bytes, start under load."""
    await scene.work(6)
    before = await scene.rebuilds()
    scene.running.down()
    block = block_of(scene, "routing")
    content = bytearray(block.read_bytes())
    middle = len(content) // 2
    content[middle : middle + CHANGED] = bytes(byte ^ 0xFF for byte in content[middle : middle + CHANGED])
    block.write_bytes(content)
    scene.say(f"{CHANGED} of {len(content)} bytes changed in {block.name} of routing")
    started = time.monotonic()
    await scene.running.start()
    period = scene.running.services()["routing"]["reconciler"]["scan_period_s"]
    scene.say(f"period of the rolling scan: {period:.0f} s")
    async with scene.load() as load:
        await scene.detected(before, "routing", since=started, limit_s=period + ROUND_S)
        await scene.healed("routing")
        await load.more(3)
    await scene.lag_gone()
