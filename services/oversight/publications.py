"""Publishing calendars and rules over HTTP: proposed by one rule keeper, decided on by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from chassis.http.caller import Caller, officer
from chassis.http.problems import Problem
from chassis.service import Intention
from chassis.workplace import JURISDICTION, Workplace
from oversight.domain.calendar import calendar_decider, stream
from oversight.domain.publication import Approve, Propose, Reject, Subject
from statute.errors import BadData
from statute.new_versions import in_force, read_rules_strict, read_year_strict

KEEPER = "rule_keeper"
"""The role that may propose and approve (domain.md §7)."""

MAX_CHARACTERS = 20_000
"""A calendar year takes some 2,000, a rule with its versions some 3,000."""

MAX_PAGE = 500

_RECOMPUTED = """
SELECT position, case_id, clock, unit_id, old_calendar, old_due_on, old_provisional, calendar, due_on, provisional
FROM recomputed WHERE position > $1 ORDER BY position LIMIT $2
"""

T = TypeVar("T")

Version = Annotated[str, Path(max_length=64, examples=["cn@2027.1", "K5@3"])]


class FileBody(BaseModel):
    """提请发布的文件 A file laid before a second person."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(max_length=MAX_CHARACTERS, description="TOML 文件全文。The whole TOML file.")


class ReasonBody(BaseModel):
    """退回理由 Why it is sent back."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=1, max_length=500)


class ProposalView(BaseModel):
    """待复核的提请 What waits for a second person."""

    version: str
    kind: str
    maker: str = Field(description="提请人（化名）。Who proposed it.")
    definition: str = Field(description="提请发布的全文。What would come into force, to the letter.")


class RecomputedView(BaseModel):
    """重算的期限 A clock that was counted again, old and new."""

    position: int
    case_id: str
    clock: str
    unit_id: str
    old_calendar: str
    old_due_on: date
    old_provisional: bool
    calendar: str
    due_on: date
    provisional: bool


def add_publications(routes: APIRouter, workplace: Workplace) -> None:
    """The routes below /oversight/v1 by which the statute changes."""
    _add_proposing(routes, workplace)
    _add_deciding(routes, workplace)

    @routes.get("/publications", operation_id="oversight_publications")
    async def waiting() -> list[ProposalView]:
        """待复核的日历与规则。Calendars and rules that wait for a second person."""
        loaded = await workplace.repository.load(calendar_decider, stream(JURISDICTION))
        return [
            ProposalView(
                version=each.version, kind=each.kind.name, maker=each.maker, definition=each.definition
            )
            for each in loaded.state.proposals.values()
        ]

    @routes.get("/recomputations", operation_id="oversight_recomputations")
    async def recomputations(
        after: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 100
    ) -> list[RecomputedView]:
        """日历发布后重算的期限，新旧并列。Clocks counted again after a calendar was published, old and new."""
        rows = await workplace.pool.fetch(_RECOMPUTED, after, limit)
        return [RecomputedView(**dict(row)) for row in rows]


async def keeper(caller: Annotated[Caller, Depends(officer)]) -> Caller:
    """The caller, who must be a rule keeper. Raises a 403 problem."""
    if caller.actor.role != KEEPER:
        raise Problem(
            403,
            "rule-keeper-only",
            "日历与规则由规则管理员（rule_keeper）二人发布。",
            "Calendars and rules are published by two rule keepers (role rule_keeper).",
        )
    return caller


Keeper = Annotated[Caller, Depends(keeper)]


def _add_proposing(routes: APIRouter, workplace: Workplace) -> None:
    @routes.post("/calendars", operation_id="oversight_propose_calendar")
    async def propose_calendar(body: FileBody, caller: Keeper) -> dict[str, list[str]]:
        """提请发布一年的日历。Propose the calendar of a year."""
        if in_force(body.text, workplace.statute.calendar):
            return {"proposed": []}
        year = _read(partial(read_year_strict, calendars=[workplace.statute.calendar]), body.text)
        await _propose(workplace, caller, year)
        return {"proposed": [year.id]}

    @routes.post("/rules", operation_id="oversight_propose_rules")
    async def propose_rules(body: FileBody, caller: Keeper) -> dict[str, list[str]]:
        """提请发布时限规则的新版本。Propose the versions of a rule file that are not in force yet."""
        new = _read(partial(read_rules_strict, rules=workplace.statute.rules), body.text)
        for rule in new:
            await _propose(workplace, caller, rule)
        return {"proposed": [rule.id for rule in new]}


def _add_deciding(routes: APIRouter, workplace: Workplace) -> None:
    @routes.post("/publications/{version}/approve", operation_id="oversight_approve")
    async def approve(version: Version, caller: Keeper) -> dict[str, Any]:
        """复核通过，即行生效。Approve what another person proposed; it is in force at once."""
        checker = caller.actor.pseudonym
        return await _record(workplace, caller, lambda at: Approve(at=at, version=version, checker=checker))

    @routes.post("/publications/{version}/reject", operation_id="oversight_reject")
    async def reject(version: Version, body: ReasonBody, caller: Keeper) -> dict[str, Any]:
        """退回提请，说明理由。Send what another person proposed back, with the reason."""
        checker = caller.actor.pseudonym
        return await _record(
            workplace,
            caller,
            lambda at: Reject(at=at, version=version, checker=checker, reason=body.reason),
        )


def _read(read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except BadData as faults:
        raise Problem(422, "file-faulty", "文件有误，未予提请。", str(faults)) from None


async def _propose(workplace: Workplace, caller: Caller, subject: Subject) -> None:
    maker = caller.actor.pseudonym
    await _record(workplace, caller, lambda at: Propose(at=at, subject=subject, maker=maker))


async def _record(workplace: Workplace, caller: Caller, command: Any) -> dict[str, Any]:
    intention = Intention(decider=calendar_decider, stream=stream(JURISDICTION), command=command)
    result = await workplace.record(intention, case_id=None, caller=caller)
    last = result.events[-1].position if result.events else 0
    return {"events": [each.envelope.type for each in result.events], "position": f"oversight:{last}"}
