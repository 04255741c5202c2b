"""Who listens to whom, and the bus made accordingly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache

import httpx
from nats.aio.client import Client

from bus.connection import connect
from bus.jetstream import consumers, stream_info
from bus.subjects import TOPOLOGY, durable_name, stream_name
from bus.topology import Difference, apply, create_durable, listeners_of, reach_of
from chassis.http.paths import positions_path
from chassis.installation import SERVICES, Installation, service_named

ASK_LIMIT_S = 5.0
"""A service that does not say where it stands within this time is down; ask again later."""


@cache
def listens() -> Mapping[str, Sequence[str]]:
    """Service -> the services whose streams it consumes."""
    return {name: service_named(name).listens for name in SERVICES}


async def position_of(installation: Installation, http: httpx.AsyncClient, service: str, source: str) -> int:
    """How far a service has durably applied a source, as the service itself says."""
    answer = await http.get(installation.feeds[service] + positions_path(service), timeout=ASK_LIMIT_S)
    answer.raise_for_status()
    position = answer.json().get(source, 0)
    return int(position)


async def apply_topology(installation: Installation) -> list[Difference]:
    """Make streams and durables as declared; what was different. Durables begin at the beginning: what a service
    has applied already is passed over.
    """
    client = await connect(installation.nats, user=TOPOLOGY, password=installation.password(TOPOLOGY))
    try:
        return await apply(client, SERVICES, listens())
    finally:
        await client.close()


def restore(installation: Installation) -> Callable[[], Awaitable[None]]:
    """What a reader calls when its durable has vanished: the declared durables are made again, standing where their
    services say they are. A vanished stream is left to its reconciler: made here, it would be refilled before
    anybody had seen and recorded that it was gone.
    """

    async def again() -> None:
        client = await connect(installation.nats, user=TOPOLOGY, password=installation.password(TOPOLOGY))
        async with httpx.AsyncClient(trust_env=False) as http:
            try:
                for source in SERVICES:
                    await _restore_durables(client, installation, http, source)
            finally:
                await client.close()

    return again


async def _restore_durables(
    client: Client, installation: Installation, http: httpx.AsyncClient, source: str
) -> None:
    info = await stream_info(client, stream_name(source))
    if info is None:
        return
    found = await consumers(client, stream_name(source))
    for service in listeners_of(source, listens()):
        if durable_name(service, source) not in found:
            position = await position_of(installation, http, service, source)
            await create_durable(client, service, source, min(position, reach_of(info)))
