"""Somebody with a service's password publishes into its stream what is no line of its ledger."""

from __future__ import annotations

from tests.faults.scenarios.scene import Scene


async def play(scene: Scene) -> None:
    """One rubbish message under load: it takes the sequence of a line that is to come."""
    async with scene.load() as load:
        await load.more(6)
        before = await scene.rebuilds()
        async with scene.bus("routing") as client:
            await client.publish("huiyin.routing.v1.Stray.00.00.00", b"rubbish")
            await client.flush()
        await scene.detected(before, "routing")
        await scene.healed("routing")
        await load.more(3)
    await scene.lag_gone()
