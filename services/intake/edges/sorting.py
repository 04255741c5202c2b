"""Routes of sorting whose commands hold a text: it is sealed first, and the event refers to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import fields
from typing import Annotated, Any, TypeAlias, get_type_hints

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, BaseModel, Field, create_model

from chassis.http.caller import Caller, officer
from chassis.http.commands import SUPPLIED, CaseId, Recorded, body_model, kebab, view
from chassis.http.texts import plain
from chassis.service import Intention
from chassis.workplace import Workplace
from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import WithdrawalChannel
from intake.domain.case import case_decider
from intake.domain.corrections import CorrectRegistration, ReclassifyCase, VoidDuplicateRegistration
from intake.domain.non_acceptance import DeclineNonAcceptance, ProposeNonAcceptance
from intake.domain.routing_out import RouteOut
from intake.domain.suggestion import DecideSuggestion
from intake.domain.withdrawal import RequestWithdrawal
from intake.use_cases.known_case import known_case
from intake.use_cases.sorting import is_above, other_registration, sealed_item

MAX_TEXT = 20_000
"""Characters: as long as a petition may be."""

Text = Annotated[str, AfterValidator(plain), Field(min_length=1, max_length=MAX_TEXT)]
Found: TypeAlias = Callable[[Workplace, Caller, Any], Awaitable[Mapping[str, Any]]]
"""What a command needs besides its body: looked up in the directory or in another case."""


async def nothing(_workplace: Workplace, _caller: Caller, _body: Any) -> Mapping[str, Any]:
    """The body says it all."""
    return {}


async def _below(workplace: Workplace, caller: Caller, body: Any) -> Mapping[str, Any]:
    return {"below": await is_above(workplace, caller.actor.unit_id, body.earlier_unit_id)}


async def _kept(workplace: Workplace, _caller: Caller, body: Any) -> Mapping[str, Any]:
    kept_open, received_on = await other_registration(workplace, body.kept_case_id)
    return {"kept_open": kept_open, "kept_received_on": received_on}


async def _terminal(_workplace: Workplace, _caller: Caller, _body: Any) -> Mapping[str, Any]:
    return {"channel": WithdrawalChannel.OFFICE_TERMINAL}


_COMMANDS: tuple[tuple[type, str, Found, frozenset[str]], ...] = (
    (RouteOut, "", nothing, frozenset()),
    (ProposeNonAcceptance, "P7", _below, frozenset({"below"})),
    (DeclineNonAcceptance, "P8", nothing, frozenset()),
    (CorrectRegistration, "K1", nothing, frozenset()),
    (ReclassifyCase, "R2022.22", nothing, frozenset()),
    (VoidDuplicateRegistration, "R2022.22", _kept, frozenset({"kept_open", "kept_received_on"})),
    (DecideSuggestion, "R2022.29", nothing, frozenset()),
    (RequestWithdrawal, "lifecycle-21", _terminal, frozenset({"channel"})),
)
"""Command, what it rests on (empty: the event says), what is looked up, and the fields that this fills in."""


def add_sorting(router: APIRouter, workplace: Workplace) -> None:
    """POST /cases/{case_id}/<command> for each of them."""
    for command, basis, find, found in _COMMANDS:
        _add(router, workplace, command, basis=basis, find=find, found=found)


def _basis(event: Any) -> str:
    return str(getattr(event, "legal_basis", ""))


def _model(command: type, texts: frozenset[str], found: frozenset[str]) -> type[BaseModel]:
    """The command's own fields; where it holds something sealed, the body holds the text."""
    plain_fields = body_model(command, SUPPLIED | texts | found)
    more: dict[str, Any] = dict.fromkeys(sorted(texts), (Text, ...))
    return create_model(f"{command.__name__}Body", __base__=plain_fields, **more)


def _add(
    router: APIRouter,
    workplace: Workplace,
    command: type,
    *,
    basis: str,
    find: Found,
    found: frozenset[str],
) -> None:
    hints = get_type_hints(command)
    names = {each.name for each in fields(command)}
    texts = frozenset(name for name in names if hints[name] is Sealed)
    model = _model(command, texts, found)

    async def run(case_id: CaseId, body: Any, caller: Annotated[Caller, Depends(officer)]) -> Recorded:
        await known_case(workplace, case_id)
        given = {name: getattr(body, name) for name in model.model_fields if name not in texts}
        given |= await find(workplace, caller, body)
        items = {sealed_item(name): getattr(body, name) for name in texts}
        sealed = await workplace.vault.seal(case_id, items, at=workplace.clock.now(), known=True)
        given |= {name: sealed[sealed_item(name)] for name in texts}
        supplied = {
            "by_unit_id": caller.actor.unit_id,
            "by_ref": caller.actor.pseudonym,
            "statute": workplace.statute,
        }
        given |= {name: value for name, value in supplied.items() if name in names}
        result = await workplace.record(
            Intention(
                decider=case_decider,
                stream=f"intake-case-{case_id}",
                command=lambda at: command(at=at, **given),
                legal_basis=basis or _basis,
            ),
            case_id=case_id,
            caller=caller,
            division=await workplace.directory.division(caller.actor.unit_id),
        )
        return view(case_id, "intake", result)

    run.__annotations__["body"] = model
    run.__doc__ = command.__doc__
    name = kebab(command.__name__)
    router.add_api_route(
        f"/cases/{{case_id}}/{name}",
        run,
        methods=["POST"],
        name=command.__name__,
        operation_id=f"intake_{name.replace('-', '_')}",
    )
