"""A vanished durable is made again, standing where its service says it is (chassis.topology.restore, in short)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bus.jetstream import consumers, stream_info
from bus.subjects import durable_name, stream_name
from bus.topology import PositionOf, create_durable, listeners_of, reach_of


async def restore_durables(
    client: Any, listens: Mapping[str, Sequence[str]], position_of: PositionOf
) -> None:
    """All that are missing; a vanished stream is left to its reconciler."""
    for source in listens:
        info = await stream_info(client, stream_name(source))
        if info is None:
            continue
        found = await consumers(client, stream_name(source))
        for service in listeners_of(source, listens):
            if durable_name(service, source) not in found:
                position = await position_of(service, source)
                await create_durable(client, service, source, min(position, reach_of(info)))
