"""A small directory: a province with a city and two counties, and two lines of work across them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from huiyin.routing.v1.events import UnitEvent, UnitFounded, UnitKind, UnitLevel
from huiyin.units import Units
from ledger.refusal import Refusal
from routing.domain.unit import Entry, UnitCommand, decide

AT = datetime(2025, 8, 18, 1, tzinfo=UTC)
TODAY = date(2025, 8, 18)


def founded(unit_id: str, parent: str | None = None, system: str | None = None, **more: Any) -> UnitFounded:
    """A unit that was entered."""
    said = {
        "name": f"单位{unit_id}",
        "kind": UnitKind.COMPETENT,
        "level": UnitLevel.COUNTY,
        "division": "990101",
        "organ_code": unit_id.upper().replace("-", ""),
    }
    return UnitFounded(
        unit_id=unit_id, parent_unit_id=parent, system_parent_unit_id=system, **{**said, **more}
    )


HISTORY: tuple[UnitEvent, ...] = (
    founded("province"),
    founded("city", "province"),
    founded("east", "city"),
    founded("west", "city"),
    founded("city-housing", "city"),
    founded("east-housing", "east", "city-housing"),
    founded("west-housing", "west", "city-housing"),
    founded("east-water", "east"),
)
UNITS = Units().after(HISTORY)


def carried_out(units: Units, command: UnitCommand) -> Units:
    """The directory after a command. Raises a Refusal."""
    return units.after(decide(Entry(units.get(command.unit_id)), command))


def given(
    kind: Callable[..., UnitCommand], unit_id: str, units: Units = UNITS, /, **more: Any
) -> UnitCommand:
    """A command about a unit, decided today in the knowledge of all units."""
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]
    said: dict[str, Any] = {"at": AT, "unit_id": unit_id}
    if "effective_on" in names:
        said["effective_on"] = TODAY
    if "directory" in names:
        said |= {"directory": units, "revision": units.revision + 1}
    return kind(**{**said, **more})


def after(*commands: tuple[Callable[..., UnitCommand], str, dict[str, Any]], units: Units = UNITS) -> Units:
    """The directory after several commands, each decided knowing those before."""
    for kind, unit_id, more in commands:
        units = carried_out(units, given(kind, unit_id, units, **more))
    return units


def refused(
    units: Units, kind: Callable[..., UnitCommand], unit_id: str, **more: Any
) -> type[Refusal] | None:
    """Which refusal a command meets; None if it goes through."""
    try:
        carried_out(units, given(kind, unit_id, units, **more))
    except Refusal as found:
        return type(found)
    return None


def silent(units: Units, kind: Callable[..., UnitCommand], unit_id: str, /, **more: Any) -> bool:
    """Whether nothing follows from a command."""
    command = given(kind, unit_id, units, **more)
    return not decide(Entry(units.get(unit_id)), command)
