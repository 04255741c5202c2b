"""Who listens to whom, and the bus made accordingly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache

import httpx
from bus.connection import connect
from bus.subjects import TOPOLOGY
from bus.topology import Difference, apply

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
    """What a reader calls when its durable has vanished: everything declared is made again, durables standing
    where their services say they are.
    """

    async def again() -> None:
        client = await connect(installation.nats, user=TOPOLOGY, password=installation.password(TOPOLOGY))
        async with httpx.AsyncClient(trust_env=False) as http:

            async def stands(service: str, source: str) -> int:
                return await position_of(installation, http, service, source)

            try:
                await apply(client, SERVICES, listens(), position_of=stands)
            finally:
                await client.close()

    return again
