"""How a unit ends, and who takes over (domain.md §2, transition 22): running clocks go on with the successor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias, assert_never

from huiyin.routing.v1.events import (
    SuccessorDesignated,
    UnitAbolished,
    UnitEvent,
    UnitMerged,
    UnitSplit,
)
from huiyin.units import Ending, Tree, Unit, Units
from routing.domain import refusals_directory as refusals
from statute.instants import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUnit:
    """单位并入 Merge a unit into another one, which takes over all that is under way."""

    at: datetime
    unit_id: str
    successor_unit_id: str
    effective_on: date
    directory: Units
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitUnit:
    """单位分设 Split a unit. One of the new ones takes over what is under way, or that is to be designated."""

    at: datetime
    unit_id: str
    into_unit_ids: tuple[str, ...]
    successor_unit_id: str | None = None
    effective_on: date
    directory: Units
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AbolishUnit:
    """撤销单位 Abolish a unit, with a successor or with one to be designated."""

    at: datetime
    unit_id: str
    successor_unit_id: str | None = None
    effective_on: date
    directory: Units
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignateSuccessor:
    """指定承接单位 Say who takes over from a unit whose successor was left open."""

    at: datetime
    unit_id: str
    successor_unit_id: str
    effective_on: date
    directory: Units
    revision: int


EndingCommand: TypeAlias = MergeUnit | SplitUnit | AbolishUnit | DesignateSuccessor


def decide_ending(unit: Unit, command: EndingCommand) -> Sequence[UnitEvent]:
    """The events that a command leads to; [] if it is already so."""
    if command.effective_on > civil_date(command.at):
        raise refusals.ChangeInTheFuture(command.effective_on)
    match command:
        case MergeUnit():
            return _end(
                unit,
                command,
                UnitMerged(
                    unit_id=unit.unit_id,
                    successor_unit_id=command.successor_unit_id,
                    effective_on=command.effective_on,
                    revision=command.revision,
                ),
            )
        case SplitUnit():
            return _split(unit, command)
        case AbolishUnit():
            return _end(
                unit,
                command,
                UnitAbolished(
                    unit_id=unit.unit_id,
                    successor_unit_id=command.successor_unit_id,
                    effective_on=command.effective_on,
                    revision=command.revision,
                ),
            )
        case DesignateSuccessor():
            return _designate(unit, command)
        case _:
            assert_never(command)


def _split(unit: Unit, command: SplitUnit) -> Sequence[UnitEvent]:
    into = command.into_unit_ids
    if len(set(into)) < 2 or len(set(into)) != len(into) or command.successor_unit_id not in (None, *into):
        raise refusals.SplitIntoTooFew(unit.unit_id)
    event = UnitSplit(
        unit_id=unit.unit_id,
        into_unit_ids=into,
        successor_unit_id=command.successor_unit_id,
        effective_on=command.effective_on,
        revision=command.revision,
    )
    if not _same(unit.ending, event) and unit.ended_on is None:
        for each in into:
            _require_successor(
                unit, each, command.directory, may_stand_below=each != command.successor_unit_id
            )
    return _end(unit, command, event)


def _end(unit: Unit, command: MergeUnit | SplitUnit | AbolishUnit, event: Ending) -> Sequence[UnitEvent]:
    if _same(unit.ending, event):
        return []
    if unit.ended_on is not None:
        raise refusals.UnitEnded(unit.unit_id, unit.ended_on)
    if command.successor_unit_id is not None:
        _require_successor(unit, command.successor_unit_id, command.directory)
    else:
        below = [u.unit_id for tree in Tree for u in command.directory.subordinates(unit.unit_id, tree)]
        if below:
            raise refusals.LeavesOrphans(unit.unit_id, sorted(set(below)))
    return [event]


def _same(one: Ending | None, other: Ending) -> bool:
    return one is not None and replace(one, revision=0) == replace(other, revision=0)


def _require_successor(
    unit: Unit, successor: str, directory: Units, *, may_stand_below: bool = False
) -> None:
    if successor == unit.unit_id:
        raise refusals.SuccessorOfItself(successor)
    found = directory.get(successor)
    if found is None or found.ended_on is not None:
        raise refusals.SuccessorEnded(successor)
    if not may_stand_below and directory.is_subordinate(successor, of=unit.unit_id):
        raise refusals.CycleInTree(unit.unit_id, successor)


def _designate(unit: Unit, command: DesignateSuccessor) -> Sequence[UnitEvent]:
    if unit.ended_on is None:
        raise refusals.UnitLives(unit.unit_id)
    if unit.successor_unit_id == command.successor_unit_id:
        return []
    if unit.successor_unit_id is not None:
        raise refusals.SuccessorKnown(unit.successor_unit_id)
    _require_successor(unit, command.successor_unit_id, command.directory)
    return [
        SuccessorDesignated(
            unit_id=unit.unit_id,
            successor_unit_id=command.successor_unit_id,
            effective_on=command.effective_on,
            revision=command.revision,
        )
    ]
