"""The whole store of NATS is lost while cases go on."""

from __future__ import annotations

import shutil

from tests.faults.scenarios.scene import Scene

BROKEN = ("intake", "routing", "oversight", "revisit", "notification")


async def play(scene: Scene) -> None:
    """Kill the server, remove its store, let it start empty."""
    store = scene.running.state / "nats" / "jetstream"
    async with scene.load() as load:
        await load.more(6)
        before = await scene.rebuilds()
        await scene.replace_bus(lambda: shutil.rmtree(store))
        await scene.detected(before, *BROKEN)
        await scene.healed(*BROKEN)
        await load.more(3)
    await scene.lag_gone()
