"""Units, their two trees and who took over from whom: one fold over the events of units, used by every read model.

A unit has at most one territorial parent (块) and at most one in its line of work (条). A unit that is no more keeps
its place in history; whoever stood under it stands under its successor. Neither tree ever has a cycle: routing
refuses every change that would make one, and decides each change knowing all before it (`revision`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias, assert_never

from huiyin.routing.v1.events import (
    HeadAppointed,
    SuccessorDesignated,
    UnitAbolished,
    UnitEvent,
    UnitFounded,
    UnitKind,
    UnitLevel,
    UnitMerged,
    UnitMoved,
    UnitRenamed,
    UnitSplit,
)

__all__ = ["EVENTS", "Head", "Tree", "Unit", "Units", "evolve"]

EVENTS: frozenset[type] = frozenset(
    {
        UnitFounded,
        HeadAppointed,
        UnitRenamed,
        UnitMoved,
        UnitSplit,
        UnitMerged,
        UnitAbolished,
        SuccessorDesignated,
    }
)
"""Every event of a unit."""


Ending: TypeAlias = UnitSplit | UnitMerged | UnitAbolished


class Tree(StrEnum):
    """The two trees."""

    TERRITORIAL = "territorial"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Head:
    """Who heads a unit, from a day on."""

    pseudonym: str
    from_on: date


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the directory as it stands."""

    unit_id: str
    name: str
    kind: UnitKind
    level: UnitLevel
    division: str
    parent_unit_id: str | None
    organ_code: str
    system_parent_unit_id: str | None = None
    capabilities: tuple[str, ...] = ()
    heads: tuple[Head, ...] = ()
    """In the order of their days."""
    ended_on: date | None = None
    successor_unit_id: str | None = None
    """Who took over; None with `ended_on`: to be designated."""
    ending: Ending | None = None
    """How it came to be no more."""
    revision: int = 0
    """The last change of the trees that touched it."""
    founded: UnitFounded | None = None
    """As it was entered."""

    def parent(self, tree: Tree) -> str | None:
        """The unit named as the one above it, which may be no more."""
        return self.parent_unit_id if tree is Tree.TERRITORIAL else self.system_parent_unit_id

    def head_on(self, day: date) -> str | None:
        """The pseudonym of whoever headed it on a day: who answers for a lapse of that day."""
        before = [head for head in self.heads if head.from_on <= day]
        return before[-1].pseudonym if before else None


def evolve(unit: Unit | None, event: UnitEvent) -> Unit:
    """The unit after an event. Raises ValueError for an event of a unit that was never founded."""
    if isinstance(event, UnitFounded):
        return _founded(event)
    if unit is None:
        raise ValueError(f"{type(event).__name__} of {event.unit_id}, which was never founded")
    match event:
        case HeadAppointed():
            return replace(unit, heads=_with_head(unit.heads, Head(event.head, event.from_on)))
        case UnitRenamed():
            return replace(unit, name=event.name)
        case UnitMoved():
            return replace(
                unit,
                parent_unit_id=event.parent_unit_id,
                system_parent_unit_id=event.system_parent_unit_id,
                revision=event.revision,
            )
        case UnitSplit() | UnitMerged() | UnitAbolished():
            return replace(
                unit,
                ending=event,
                ended_on=event.effective_on,
                successor_unit_id=event.successor_unit_id,
                revision=event.revision,
            )
        case SuccessorDesignated():
            return replace(unit, successor_unit_id=event.successor_unit_id, revision=event.revision)
        case _:
            assert_never(event)


def _founded(event: UnitFounded) -> Unit:
    return Unit(
        unit_id=event.unit_id,
        name=event.name,
        kind=event.kind,
        level=event.level,
        division=event.division,
        parent_unit_id=event.parent_unit_id,
        organ_code=event.organ_code,
        system_parent_unit_id=event.system_parent_unit_id,
        capabilities=event.capabilities,
        revision=event.revision or 0,
        founded=event,
    )


def _with_head(heads: tuple[Head, ...], new: Head) -> tuple[Head, ...]:
    """One head a day: who is entered for a day that has one replaces them."""
    others = [head for head in heads if head.from_on != new.from_on]
    return tuple(sorted([*others, new], key=lambda head: head.from_on))


@dataclass(frozen=True)
class Units:
    """All units at one moment. Never changed: `after` and `with_units` make the next one."""

    by_id: Mapping[str, Unit] = field(default_factory=dict)

    @cached_property
    def revision(self) -> int:
        """How many changes of the trees led here."""
        return max((unit.revision for unit in self.by_id.values()), default=0)

    def after(self, events: Iterable[UnitEvent]) -> Units:
        """The units after these events."""
        changed: dict[str, Unit] = {}
        for event in events:
            before = changed.get(event.unit_id) or self.by_id.get(event.unit_id)
            changed[event.unit_id] = evolve(before, event)
        return self.with_units(changed.values())

    def with_units(self, units: Iterable[Unit]) -> Units:
        """The same, with these units in the place of those with their ids."""
        return Units({**self.by_id, **{unit.unit_id: unit for unit in units}})

    def get(self, unit_id: str) -> Unit | None:
        """The unit, living or not; None if there never was one."""
        return self.by_id.get(unit_id)

    def current(self, unit_id: str) -> Unit | None:
        """The living unit that answers for it today: itself, or whoever took over, however often.

        None if there never was such a unit, or if its successor is still to be designated.
        """
        unit = self.by_id.get(unit_id)
        while unit is not None and unit.ended_on is not None:
            unit = self.by_id.get(unit.successor_unit_id) if unit.successor_unit_id else None
        return unit

    def superior(self, unit_id: str, tree: Tree) -> Unit | None:
        """The living unit directly above one; None at the top."""
        unit = self.by_id.get(unit_id)
        above = unit.parent(tree) if unit else None
        return self.current(above) if above is not None else None

    def superiors(self, unit_id: str, tree: Tree) -> Iterator[Unit]:
        """The living units above one, from the nearest to the top."""
        unit = self.superior(unit_id, tree)
        while unit is not None:
            yield unit
            unit = self.superior(unit.unit_id, tree)

    def subordinates(self, unit_id: str, tree: Tree) -> list[Unit]:
        """The living units directly below one, those included that came to it with a unit it took over."""
        return [
            unit
            for unit in self.by_id.values()
            if unit.ended_on is None
            and (above := self.superior(unit.unit_id, tree)) is not None
            and above.unit_id == unit_id
        ]

    def is_subordinate(self, unit_id: str, of: str) -> bool:
        """Whether a unit stands, in either tree or across both, below another one."""
        wanted, seen, waiting = self.current(of), set[str](), [unit_id]
        while waiting:
            for tree in Tree:
                above = self.superior(waiting[0], tree)
                if above is not None and above is wanted:
                    return True
                if above is not None and above.unit_id not in seen:
                    seen.add(above.unit_id)
                    waiting.append(above.unit_id)
            waiting.pop(0)
        return False

    def common_superior(self, one: str, other: str, tree: Tree) -> Unit | None:
        """The nearest unit above both in a tree; it may be one of the two. None: the joint conference decides."""
        line = {unit.unit_id for unit in self._itself_and_above(one, tree)}
        return next((unit for unit in self._itself_and_above(other, tree) if unit.unit_id in line), None)

    def _itself_and_above(self, unit_id: str, tree: Tree) -> Iterator[Unit]:
        unit = self.current(unit_id)
        if unit is not None:
            yield unit
            yield from self.superiors(unit.unit_id, tree)
