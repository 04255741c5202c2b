"""A unit of the directory: how it begins, changes and ends. Whoever decides knows all other units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias, assert_never

from huiyin.routing.v1.events import (
    HeadAppointed,
    UnitEvent,
    UnitFounded,
    UnitKind,
    UnitLevel,
    UnitMoved,
    UnitRenamed,
)
from huiyin.units import Tree, Unit, Units, evolve
from ledger.decider import Decider
from routing.domain import refusals, refusals_directory
from routing.domain.unit_ending import (
    AbolishUnit,
    DesignateSuccessor,
    EndingCommand,
    MergeUnit,
    SplitUnit,
    decide_ending,
)
from statute.instants import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUnit:
    """设立单位 Enter a unit in the directory."""

    at: datetime
    unit_id: str
    name: str
    kind: UnitKind
    level: UnitLevel
    division: str
    organ_code: str
    parent_unit_id: str | None = None
    system_parent_unit_id: str | None = None
    capabilities: tuple[str, ...] = ()
    directory: Units
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveUnit:
    """调整隶属 Put a unit under others; a parent that is not named is none."""

    at: datetime
    unit_id: str
    parent_unit_id: str | None = None
    system_parent_unit_id: str | None = None
    effective_on: date
    directory: Units
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameUnit:
    """单位更名 Give a unit another name."""

    at: datetime
    unit_id: str
    name: str
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointHead:
    """任命负责人 Enter who heads a unit from a day on, by pseudonym."""

    at: datetime
    unit_id: str
    head: str
    from_on: date


UnitCommand: TypeAlias = FoundUnit | MoveUnit | RenameUnit | AppointHead | EndingCommand

DIVISION = re.compile(r"[0-9]{6}")
ORGAN_CODE = re.compile(r"[0-9A-Z]{1,12}")
PSEUDONYM = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under an id in the directory: nothing, or a unit."""

    unit: Unit | None = None


def decide(entry: Entry, command: UnitCommand) -> Sequence[UnitEvent]:
    """The events that a command leads to; [] if it is already so."""
    unit = entry.unit
    if isinstance(command, FoundUnit):
        return _found(unit, command)
    if unit is None:
        raise refusals_directory.UnitNotFounded(command.unit_id)
    if isinstance(command, MergeUnit | SplitUnit | AbolishUnit | DesignateSuccessor):
        return decide_ending(unit, command)
    match command:
        case MoveUnit():
            return _move(unit, command)
        case RenameUnit():
            return _rename(unit, command)
        case AppointHead():
            return _appoint(unit, command)
        case _:
            assert_never(command)


def _found(unit: Unit | None, command: FoundUnit) -> Sequence[UnitEvent]:
    founded = UnitFounded(
        unit_id=command.unit_id,
        name=command.name,
        kind=command.kind,
        level=command.level,
        division=command.division,
        parent_unit_id=command.parent_unit_id,
        organ_code=command.organ_code,
        system_parent_unit_id=command.system_parent_unit_id,
        capabilities=command.capabilities,
        revision=command.revision,
    )
    check_particulars(founded)
    if unit is not None and same_founding(unit.founded, founded):
        return []
    if unit is not None:
        raise refusals.UnitExists(command.unit_id)
    for parent in (command.parent_unit_id, command.system_parent_unit_id):
        _require_parent(command.directory, parent)
    return [founded]


def check_particulars(founded: UnitFounded) -> None:
    """What can be said about a unit without knowing any other. Raises a Refusal."""
    if not DIVISION.fullmatch(founded.division):
        raise refusals.DivisionMalformed(founded.division)
    if not ORGAN_CODE.fullmatch(founded.organ_code):
        raise refusals.OrganCodeMalformed(founded.organ_code)
    if not founded.name.strip():
        raise refusals.UnitUnnamed(founded.unit_id)
    if founded.unit_id in (founded.parent_unit_id, founded.system_parent_unit_id):
        raise refusals.UnitItsOwnParent(founded.unit_id)


def same_founding(one: UnitFounded | None, other: UnitFounded) -> bool:
    """Whether both enter the same unit, whenever that was."""
    return one is not None and replace(one, revision=None) == replace(other, revision=None)


def _require_parent(directory: Units, parent: str | None) -> None:
    if parent is None:
        return
    found = directory.get(parent)
    if found is None:
        raise refusals_directory.UnknownParent(parent)
    if found.ended_on is not None:
        raise refusals_directory.ParentEnded(parent, found.successor_unit_id)


def _move(unit: Unit, command: MoveUnit) -> Sequence[UnitEvent]:
    _require_living(unit)
    _not_in_the_future(command.effective_on, command.at)
    new = {Tree.TERRITORIAL: command.parent_unit_id, Tree.SYSTEM: command.system_parent_unit_id}
    if all(unit.parent(tree) == parent for tree, parent in new.items()):
        return []
    for parent in new.values():
        _require_parent(command.directory, parent)
        if parent == unit.unit_id:
            raise refusals.UnitItsOwnParent(unit.unit_id)
        if parent and command.directory.is_subordinate(parent, of=unit.unit_id):
            raise refusals_directory.CycleInTree(unit.unit_id, parent)
    return [
        UnitMoved(
            unit_id=unit.unit_id,
            parent_unit_id=command.parent_unit_id,
            system_parent_unit_id=command.system_parent_unit_id,
            effective_on=command.effective_on,
            revision=command.revision,
        )
    ]


def _rename(unit: Unit, command: RenameUnit) -> Sequence[UnitEvent]:
    _require_living(unit)
    _not_in_the_future(command.effective_on, command.at)
    if not command.name.strip():
        raise refusals.UnitUnnamed(unit.unit_id)
    if unit.name == command.name:
        return []
    return [UnitRenamed(unit_id=unit.unit_id, name=command.name, effective_on=command.effective_on)]


def _appoint(unit: Unit, command: AppointHead) -> Sequence[UnitEvent]:
    _require_living(unit)
    _not_in_the_future(command.from_on, command.at)
    if not PSEUDONYM.fullmatch(command.head):
        raise refusals_directory.HeadMalformed()
    if unit.head_on(command.from_on) == command.head:
        return []
    return [HeadAppointed(unit_id=unit.unit_id, head=command.head, from_on=command.from_on)]


def _require_living(unit: Unit) -> None:
    if unit.ended_on is not None:
        raise refusals_directory.UnitEnded(unit.unit_id, unit.ended_on)


def _not_in_the_future(on: date, at: datetime) -> None:
    if on > civil_date(at):
        raise refusals_directory.ChangeInTheFuture(on)


def _evolve(entry: Entry, event: UnitEvent) -> Entry:
    return Entry(evolve(entry.unit, event))


unit_decider: Decider[Entry, UnitCommand, UnitEvent] = Decider(initial=Entry(), decide=decide, evolve=_evolve)
