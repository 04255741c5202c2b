"""The store of NATS is an earlier copy of itself: a disk that was set back, a volume restored."""

from __future__ import annotations

import shutil

from tests.faults.scenarios.scene import Scene

BROKEN = ("intake", "routing", "oversight", "revisit", "notification")


async def play(scene: Scene) -> None:
    """Copy the store after a clean stop, go on, and put the copy back."""
    store = scene.running.state / "nats" / "jetstream"
    copy = store.with_name("earlier")
    await scene.work(4)
    scene.running.down()
    shutil.copytree(store, copy)
    await scene.running.start()

    def earlier() -> None:
        shutil.rmtree(store)
        copy.rename(store)

    async with scene.load() as load:
        await load.more(6)
        before = await scene.rebuilds()
        await scene.replace_bus(earlier)
        await scene.detected(before, *BROKEN)
        await scene.healed(*BROKEN)
        await load.more(3)
    await scene.lag_gone()
