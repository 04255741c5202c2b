"""A unit of the directory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from huiyin.routing.v1.events import UnitEvent, UnitFounded, UnitKind, UnitLevel
from ledger.decider import Decider
from routing.domain import refusals


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUnit:
    """Enter a unit in the directory."""

    at: datetime
    unit_id: str
    name: str
    kind: UnitKind
    level: UnitLevel
    division: str
    organ_code: str
    parent_unit_id: str | None = None


UnitCommand: TypeAlias = FoundUnit


@dataclass(frozen=True, slots=True)
class Unit:
    """What the directory knows of a unit."""

    founded: UnitFounded | None = None


_DIVISION = re.compile(r"[0-9]{6}")
_ORGAN_CODE = re.compile(r"[0-9A-Z]{1,12}")


def decide(unit: Unit, command: UnitCommand) -> Sequence[UnitEvent]:
    """The events that a command leads to; [] if it is already so."""
    if not _DIVISION.fullmatch(command.division):
        raise refusals.DivisionMalformed(command.division)
    if not _ORGAN_CODE.fullmatch(command.organ_code):
        raise refusals.OrganCodeMalformed(command.organ_code)
    if not command.name.strip():
        raise refusals.UnitUnnamed(command.unit_id)
    if command.parent_unit_id == command.unit_id:
        raise refusals.UnitItsOwnParent(command.unit_id)
    founded = UnitFounded(
        unit_id=command.unit_id,
        name=command.name,
        kind=command.kind,
        level=command.level,
        division=command.division,
        parent_unit_id=command.parent_unit_id,
        organ_code=command.organ_code,
    )
    if unit.founded == founded:
        return []
    if unit.founded is not None:
        raise refusals.UnitExists(command.unit_id)
    return [founded]


def evolve(unit: Unit, event: UnitEvent) -> Unit:
    """The unit after an event."""
    match event:
        case UnitFounded():
            return Unit(founded=event)
        case _:
            assert_never(event)


unit_decider: Decider[Unit, UnitCommand, UnitEvent] = Decider(initial=Unit(), decide=decide, evolve=evolve)
