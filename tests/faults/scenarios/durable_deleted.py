"""A durable consumer vanishes while its reader works."""

from __future__ import annotations

from bus.jetstream import consumers, delete_consumer
from bus.subjects import durable_name, stream_name
from tests.faults.scenarios.scene import DETECTED_WITHIN_S, Scene


async def play(scene: Scene) -> None:
    """Delete oversight's durable on routing under load; it comes back at oversight's own position."""
    durable = durable_name("oversight", "routing")
    async with scene.load() as load:
        await load.more(4)
        async with scene.bus() as client:
            await delete_consumer(client, stream_name("routing"), durable)

            async def there() -> bool:
                return durable in await consumers(client, stream_name("routing"))

            await scene.within(DETECTED_WITHIN_S, f"{durable} made again", there)
        await load.more(3)
    await scene.lag_gone()
