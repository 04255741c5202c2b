"""The duty catalogue as a read model: the events of duties, folded into an index in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bus.incoming import Incoming
from chassis.directory import FRESH_S
from chassis.service import Projection
from huiyin.codec import decode, encode, name_of
from huiyin.routing.v1.events import DutyAssigned, DutyEnded
from routing.domain.duty_catalogue_index import DutyIndex

EVENTS: frozenset[type] = frozenset({DutyAssigned, DutyEnded})

_INSERT = """
INSERT INTO duty_events (position, type, payload) SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[])
ON CONFLICT (position) DO NOTHING
"""
_SELECT = "SELECT position, type, payload FROM duty_events WHERE position > $1 ORDER BY position"


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Keep what happened to duties."""
    rows = [(i.position, name_of(type(i.event)), encode(i.event)) for i in events if type(i.event) in EVENTS]
    if rows:
        await connection.execute(_INSERT, *map(list, zip(*rows, strict=True)))


DUTIES = Projection(
    name="duties",
    sources=frozenset({"routing"}),
    tables=("duty_events",),
    project=project,
    kinds=EVENTS,
    schema=Path(__file__).parent.parent / "schema" / "duties",
)


class DutyBook:
    """All duties, at most two seconds old."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._index = DutyIndex()
        self._read_up_to = 0
        self._fresh_until = 0.0

    async def index(self, *, newest: bool = False) -> DutyIndex:
        """The index; `newest`: as far as this service has heard."""
        loop = asyncio.get_running_loop()
        if newest or loop.time() >= self._fresh_until:
            rows = await self._pool.fetch(_SELECT, self._read_up_to)
            self._fresh_until = loop.time() + FRESH_S
            # Two may have asked at once: what one has taken already is left out.
            new = [row for row in rows if row["position"] > self._read_up_to]
            if new:
                self._index.apply([decode(row["type"], row["payload"]) for row in new])
                self._read_up_to = new[-1]["position"]
        return self._index
