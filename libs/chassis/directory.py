"""The directory of units, as a read model that any service may keep: the fold of routing's unit events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.routing.v1.events import UnitFounded, UnitKind, UnitLevel

SCHEMA_FOLDER = Path(__file__).parent / "schema" / "directory"
NOWHERE = "000000"

_INSERT = """
INSERT INTO units (unit_id, name, kind, level, division, parent_unit_id, organ_code)
SELECT * FROM unnest($1::text[], $2::text[], $3::smallint[], $4::smallint[], $5::text[], $6::text[], $7::text[])
ON CONFLICT (unit_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the directory."""

    unit_id: str
    name: str
    kind: UnitKind
    level: UnitLevel
    division: str
    parent_unit_id: str | None
    organ_code: str


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Write the units that were founded."""
    founded = [incoming.event for incoming in events if isinstance(incoming.event, UnitFounded)]
    if founded:
        rows = [
            (u.unit_id, u.name, int(u.kind), int(u.level), u.division, u.parent_unit_id, u.organ_code)
            for u in founded
        ]
        await connection.execute(_INSERT, *map(list, zip(*rows, strict=True)))


DIRECTORY = Projection(
    name="directory",
    sources=frozenset({"routing"}),
    tables=("units",),
    project=project,
    kinds=frozenset({UnitFounded}),
    schema=SCHEMA_FOLDER,
)


class Directory:
    """Looks units up. A unit once founded keeps its particulars, so what was found is remembered."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._known: dict[str, Unit] = {}

    async def get(self, unit_id: str) -> Unit | None:
        """The unit, or None if this service has not heard of it."""
        if unit_id not in self._known:
            row = await self._pool.fetchrow("SELECT * FROM units WHERE unit_id = $1", unit_id)
            if row is None:
                return None
            self._known[unit_id] = _unit(row)
        return self._known[unit_id]

    async def division(self, unit_id: str) -> str:
        """The division code of a unit; 000000 if the unit is not known."""
        unit = await self.get(unit_id)
        return unit.division if unit else NOWHERE

    async def all(self) -> Sequence[Unit]:
        """Every unit, by id."""
        rows = await self._pool.fetch("SELECT * FROM units ORDER BY unit_id")
        return [_unit(row) for row in rows]


def _unit(row: Any) -> Unit:
    return Unit(
        unit_id=row["unit_id"],
        name=row["name"],
        kind=UnitKind(row["kind"]),
        level=UnitLevel(row["level"]),
        division=row["division"],
        parent_unit_id=row["parent_unit_id"],
        organ_code=row["organ_code"],
    )
