"""The directory over HTTP: units founded, changed and ended; who is above whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field, create_model

from chassis.http.caller import Caller, officer
from chassis.http.commands import SUPPLIED, body_model, kebab
from chassis.http.problems import Problem
from chassis.http.texts import UnitId, Words
from chassis.service import Intention
from chassis.workplace import Workplace
from huiyin.units import Tree, Unit, Units
from ledger.repository import Result
from routing.domain.unit import AppointHead, FoundUnit, MoveUnit, RenameUnit, unit_decider
from routing.domain.unit_ending import AbolishUnit, DesignateSuccessor, MergeUnit, SplitUnit
from routing.use_cases.directory_changes import change, unit_stream

MAX_CAPABILITIES = 50
MAX_PARTS = 20
"""Units that one is split into."""

KNOWN = SUPPLIED | {"directory", "revision"}
TREE_COMMANDS = (MoveUnit, MergeUnit, SplitUnit, AbolishUnit, DesignateSuccessor)
OWN_COMMANDS = (RenameUnit, AppointHead)
"""They concern no other unit."""

LISTS: Mapping[str, Any] = {
    "capabilities": (Annotated[tuple[Words, ...], Field(max_length=MAX_CAPABILITIES)], ()),
    "into_unit_ids": (Annotated[tuple[UnitId, ...], Field(max_length=MAX_PARTS)], ...),
}

InPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="单位标识 The unit's id.")]


def add_units(router: APIRouter, workplace: Workplace) -> None:
    """The routes below /routing/v1 for units."""
    _add_founding(router, workplace)
    for command in TREE_COMMANDS:
        _add_change(router, workplace, command)
    for own_command in OWN_COMMANDS:
        _add_own_change(router, workplace, own_command)
    _add_reading(router, workplace)


def unit_body(command: type, *more: str) -> type[BaseModel]:
    """The body of a command about a unit."""
    base = body_model(command, KNOWN | set(more))
    lists = {name: LISTS[name] for name in LISTS if name in base.model_fields}
    return create_model(base.__name__, __base__=base, **lists)


def _given(model: type[BaseModel], body: Any) -> dict[str, Any]:
    return {name: getattr(body, name) for name in model.model_fields}


def _answer(unit_id: str, result: Result[Any]) -> dict[str, Any]:
    position = result.events[-1].position if result.events else 0
    return {"unit_id": unit_id, "position": f"routing:{position}"}


def _add_founding(router: APIRouter, workplace: Workplace) -> None:
    async def found_unit(body: Any, caller: Annotated[Caller, Depends(officer)]) -> dict[str, Any]:
        """设立单位 Enter a unit in the directory."""
        result = await change(
            workplace,
            caller,
            body.unit_id,
            lambda at, units, number: FoundUnit(
                at=at, directory=units, revision=number, **_given(model, body)
            ),
            division=body.division,
        )
        return _answer(body.unit_id, result)

    model = unit_body(FoundUnit)
    found_unit.__annotations__["body"] = model
    router.add_api_route("/units", found_unit, methods=["POST"], operation_id="routing_found_unit")


def _add_change(router: APIRouter, workplace: Workplace, command: Any) -> None:
    async def run(unit_id: InPath, body: Any, caller: Annotated[Caller, Depends(officer)]) -> dict[str, Any]:
        result = await change(
            workplace,
            caller,
            unit_id,
            lambda at, units, number: command(
                at=at, unit_id=unit_id, directory=units, revision=number, **_given(model, body)
            ),
            division=await workplace.directory.division(unit_id),
        )
        return _answer(unit_id, result)

    model = unit_body(command, "unit_id")
    _add_route(router, command, run, model)


def _add_own_change(router: APIRouter, workplace: Workplace, command: Any) -> None:
    async def run(unit_id: InPath, body: Any, caller: Annotated[Caller, Depends(officer)]) -> dict[str, Any]:
        result = await workplace.record(
            Intention(
                decider=unit_decider,
                stream=unit_stream(unit_id),
                command=lambda at: command(at=at, unit_id=unit_id, **_given(model, body)),
            ),
            case_id=None,
            caller=caller,
            division=await workplace.directory.division(unit_id),
        )
        return _answer(unit_id, result)

    model = unit_body(command, "unit_id")
    _add_route(router, command, run, model)


def _add_route(router: APIRouter, command: type, run: Any, model: type[BaseModel]) -> None:
    run.__annotations__["body"] = model
    run.__doc__ = command.__doc__
    name = kebab(command.__name__)
    router.add_api_route(
        f"/units/{{unit_id}}/{name}",
        run,
        methods=["POST"],
        name=command.__name__,
        operation_id=f"routing_{name.replace('-', '_')}",
    )


def _add_reading(router: APIRouter, workplace: Workplace) -> None:
    @router.get("/units", operation_id="routing_units")
    async def units() -> list[dict[str, Any]]:
        """单位目录 The directory."""
        return [_view(unit) for unit in await workplace.directory.all()]

    @router.get("/units/{unit_id}", operation_id="routing_unit")
    async def unit(unit_id: InPath) -> dict[str, Any]:
        """单位 A unit: who heads and headed it, what is above it, who took over."""
        found = await workplace.directory.get(unit_id)
        if found is None:
            raise Problem(404, "unknown-unit", "没有这个单位。", "There is no such unit.")
        return _view(found) | _place(found, await workplace.directory.units())

    @router.get("/common-superior", operation_id="routing_common_superior")
    async def common_superior(one: UnitId, other: UnitId, tree: Tree = Tree.TERRITORIAL) -> dict[str, Any]:
        """共同上级 The nearest unit above both in a tree, for disputes; none: the joint conference 联席会议."""
        found = (await workplace.directory.units()).common_superior(one, other, tree)
        return {"unit_id": found.unit_id if found else None, "name": found.name if found else None}


def _view(unit: Unit) -> dict[str, Any]:
    return {
        "unit_id": unit.unit_id,
        "name": unit.name,
        "kind": unit.kind.name.lower(),
        "level": unit.level.name.lower(),
        "division": unit.division,
        "parent_unit_id": unit.parent_unit_id,
        "system_parent_unit_id": unit.system_parent_unit_id,
        "organ_code": unit.organ_code,
        "capabilities": list(unit.capabilities),
        "ended_on": unit.ended_on.isoformat() if unit.ended_on else None,
        "successor_unit_id": unit.successor_unit_id,
    }


def _place(unit: Unit, units: Units) -> dict[str, Any]:
    current = units.current(unit.unit_id)
    return {
        "current_unit_id": current.unit_id if current else None,
        "heads": [{"head": head.pseudonym, "from_on": head.from_on.isoformat()} for head in unit.heads],
        "superiors": {
            tree.value: [above.unit_id for above in units.superiors(unit.unit_id, tree)] for tree in Tree
        },
    }
