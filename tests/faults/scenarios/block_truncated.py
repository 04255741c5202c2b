"""One block file is half as long as it was when the server was stopped in good order."""

from __future__ import annotations

import os
import time

from tests.faults.scenarios.blocks import block_of
from tests.faults.scenarios.scene import Scene


async def play(scene: Scene) -> None:
    """Stop, truncate, start under load."""
    await scene.work(6)
    before = await scene.rebuilds()
    scene.running.down()
    block = block_of(scene, "routing")
    os.truncate(block, block.stat().st_size // 2)
    scene.say(f"{block.name} of routing cut in half")
    started = time.monotonic()
    await scene.running.start()
    async with scene.load() as load:
        await scene.detected(before, "routing", since=started)
        await scene.healed("routing")
        await load.more(3)
    await scene.lag_gone()
