"""A route for each command that a person may give, made from the command's own fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from enum import IntEnum
from typing import Annotated, Any, get_type_hints

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, create_model

from chassis.http.caller import Caller, officer
from chassis.http.names import by_name
from chassis.http.texts import UnitId, Words
from chassis.service import Intention
from chassis.workplace import Workplace
from ledger.decider import Decider
from ledger.repository import Result

SUPPLIED = frozenset({"at", "by_unit_id", "by_ref", "statute", "case_id"})
"""Fields that the platform fills in; all others come from the request's body."""

CaseId = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,64}$", description="办件标识 The case's id.")]


class RecordedEventView(BaseModel):
    """One event that was recorded."""

    type: str
    version: int


class Recorded(BaseModel):
    """What the command led to. `position` is to be sent as Huiyin-After to services that must have seen it."""

    case_id: str
    events: list[RecordedEventView]
    position: str


@dataclass(frozen=True, slots=True)
class CaseStream:
    """The stream of a case within a service, and its decider."""

    service: str
    decider: Decider[Any, Any, Any]

    def name(self, case_id: str) -> str:
        """intake-case-<id>."""
        return f"{self.service}-case-{case_id}"


def kebab(name: str) -> str:
    """RecordCallBack -> record-call-back."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def body_model(command: type, supplied: frozenset[str] = SUPPLIED) -> type[BaseModel]:
    """The command's own fields as a pydantic model that refuses unknown ones."""
    hints = get_type_hints(command)
    content: dict[str, Any] = {}
    for each in fields(command):
        if each.name in supplied:
            continue
        hint = _in_json(each.name, hints[each.name])
        content[each.name] = (hint, ... if each.default is MISSING else each.default)
    return create_model(f"{command.__name__}Body", __config__=ConfigDict(extra="forbid"), **content)


def _in_json(name: str, hint: Any) -> Any:
    """How a field of a command is read from JSON."""
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return by_name(hint)
    text = UnitId if name.endswith("unit_id") else Words
    if hint is str:
        return text
    return text | None if hint == str | None else hint


def view(case_id: str, service: str, result: Result[Any]) -> Recorded:
    """The answer to a command."""
    return Recorded(
        case_id=case_id,
        events=[
            RecordedEventView(type=each.envelope.type, version=each.envelope.version)
            for each in result.events
        ],
        position=f"{service}:{result.events[-1].position if result.events else 0}",
    )


def add_commands(
    router: APIRouter, stream: CaseStream, commands: Sequence[type], workplace: Workplace
) -> None:
    """POST /cases/{case_id}/<command> for each of the commands."""
    for command in commands:
        _add_command(router, stream, command, workplace)


def _add_command(router: APIRouter, stream: CaseStream, command: type, workplace: Workplace) -> None:
    names = {each.name for each in fields(command)}
    model = body_model(command)

    async def run(case_id: CaseId, body: Any, caller: Annotated[Caller, Depends(officer)]) -> Recorded:
        given = {name: getattr(body, name) for name in model.model_fields}
        supplied = {
            "by_unit_id": caller.actor.unit_id,
            "by_ref": caller.actor.pseudonym,
            "statute": workplace.statute,
            "case_id": case_id,
        }
        given |= {name: value for name, value in supplied.items() if name in names}
        result = await workplace.record(
            Intention(
                decider=stream.decider,
                stream=stream.name(case_id),
                command=lambda at: command(at=at, **given),
            ),
            case_id=case_id,
            caller=caller,
        )
        return view(case_id, stream.service, result)

    run.__annotations__["body"] = model
    run.__doc__ = command.__doc__
    router.add_api_route(
        f"/cases/{{case_id}}/{kebab(command.__name__)}",
        run,
        methods=["POST"],
        name=command.__name__,
        operation_id=f"{stream.service}_{kebab(command.__name__).replace('-', '_')}",
    )
