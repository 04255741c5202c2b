"""The directory of units, as a read model that any service may keep: the events of units, folded in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.codec import decode, encode, name_of
from huiyin.routing.v1.events import UnitEvent
from huiyin.units import EVENTS, Unit, Units

__all__ = ["DIRECTORY", "NOWHERE", "Directory", "Unit"]

SCHEMA_FOLDER = Path(__file__).parent / "schema" / "directory"
NOWHERE = "000000"

FRESH_S = 2.0
"""For so long what was read is believed: units change a few times a day, and news takes as long to get about."""

_INSERT = """
INSERT INTO unit_events (position, type, payload) SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[])
ON CONFLICT (position) DO NOTHING
"""
_SELECT = "SELECT position, type, payload FROM unit_events WHERE position > $1 ORDER BY position"


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Keep what happened to units."""
    rows = [(i.position, name_of(type(i.event)), encode(i.event)) for i in events if type(i.event) in EVENTS]
    if rows:
        await connection.execute(_INSERT, *map(list, zip(*rows, strict=True)))


DIRECTORY = Projection(
    name="directory",
    sources=frozenset({"routing"}),
    tables=("unit_events",),
    project=project,
    kinds=EVENTS,
    schema=SCHEMA_FOLDER,
)


class Directory:
    """Looks units up. All of them are kept in memory (some 2 KB each); what is new is read every two seconds."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._units = Units()
        self._read_up_to = 0
        self._fresh_until = 0.0

    async def units(self) -> Units:
        """Units and trees, at most two seconds old."""
        if asyncio.get_running_loop().time() >= self._fresh_until:
            await self.newest()
        return self._units

    async def newest(self) -> Units:
        """Units and trees, as far as this service has heard."""
        rows = await self._pool.fetch(_SELECT, self._read_up_to)
        self._take(rows)
        self._fresh_until = asyncio.get_running_loop().time() + FRESH_S
        return self._units

    def _take(self, rows: Iterable[Any]) -> None:
        """Two may have asked at once: what one has taken already is left out."""
        new = [row for row in rows if row["position"] > self._read_up_to]
        if new:
            events: list[UnitEvent] = [decode(row["type"], row["payload"]) for row in new]
            self._units = self._units.after(events)
            self._read_up_to = new[-1]["position"]

    async def get(self, unit_id: str) -> Unit | None:
        """The unit, living or not, or None if this service has not heard of it."""
        found = (await self.units()).get(unit_id)
        return found or (await self.newest()).get(unit_id)

    async def current(self, unit_id: str) -> Unit | None:
        """The living unit that answers for it: itself or its successor; None: unknown, or to be designated."""
        await self.get(unit_id)
        return self._units.current(unit_id)

    async def division(self, unit_id: str) -> str:
        """The division code of a unit; 000000 if the unit is not known."""
        unit = self._units.get(unit_id) or await self.get(unit_id)  # A unit never changes its division.
        return unit.division if unit else NOWHERE

    async def all(self) -> Sequence[Unit]:
        """Every unit that ever was, by id."""
        units = await self.newest()
        return [units.by_id[unit_id] for unit_id in sorted(units.by_id)]
