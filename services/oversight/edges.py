"""What oversight answers over HTTP. It acts on what others record, and on time; people only ask it
to take imported cases over."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from chassis.http.caller import Caller, officer
from chassis.http.commands import CaseId
from chassis.http.problems import Problem
from chassis.importing import MAX_CASES, require_import
from chassis.service import Intention
from chassis.workplace import Workplace
from ledger.repository import Result
from oversight.compliance import Compliance, compliance
from oversight.domain import calendar
from oversight.domain.case import case_decider, stream
from oversight.domain.commands import AdoptCase
from oversight.publications import add_publications
from oversight.views import (
    CalendarsPage,
    ClocksPage,
    DeadlinesPage,
    calendars_page,
    clocks_page,
    deadline_view,
)
from statute.instants import civil_date

MAX_PAGE = 500
"""A page that a person can still scroll through and that stays below a megabyte."""

_PAGE = """
SELECT case_id, clock, unit_id, rule, start_on, due_on, due_at, provisional, origin_import AS imported, missed, paused,
       next_at, (SELECT min(start_on) FROM deadlines same WHERE same.case_id = d.case_id) AS first_received_on
FROM deadlines d
WHERE stopped_on IS NULL AND ($1::date IS NULL OR due_on < $1) AND ($2::text IS NULL OR unit_id = $2)
  AND (due_on, case_id, clock) > ($3::date, $4::text, $5::text)
ORDER BY due_on, case_id, clock LIMIT $6
"""

DueFrom = Annotated[date | None, Query(description="届满日自（含）。Due on this day or later.")]
DueTo = Annotated[date | None, Query(description="届满日至（含）。Due on this day or earlier.")]
Unit = Annotated[str | None, Query(description="责任单位。The unit that owes.", max_length=64)]
ClockName = Annotated[str | None, Query(description="时限编号：K1、K3、K5、K18。", max_length=8)]


def router(workplace: Workplace) -> APIRouter:
    """The routes below /oversight/v1."""
    routes = APIRouter()
    _add_clocks(routes, workplace)
    _add_figures(routes, workplace)
    _add_adoption(routes, workplace)
    add_publications(routes, workplace)
    return routes


def _add_clocks(routes: APIRouter, workplace: Workplace) -> None:
    @routes.get("/cases/{case_id}/clocks", operation_id="oversight_case_clocks")
    async def case_clocks(case_id: str) -> ClocksPage:
        """一件的全部时限：由事件流重算。All clocks of a case, folded from its events."""
        loaded = await workplace.repository.load(case_decider, stream(case_id))
        if not loaded.state.clocks:
            raise Problem(404, "case-unknown", "没有此件的时限记录。", "No clock of this case is known here.")
        return clocks_page(case_id, loaded.state, workplace.statute, _today(workplace))

    @routes.get("/deadlines", operation_id="oversight_deadlines")
    async def deadlines(
        due_before: Annotated[date | None, Query(description="届满日早于。Due before this day.")] = None,
        unit: Unit = None,
        cursor: Annotated[str, Query(description="上一页的 next_cursor。", max_length=200)] = "",
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 100,
    ) -> DeadlinesPage:
        """未停算的时限，按届满日排列。Running clocks by due date, those overdue first."""
        rows = await workplace.pool.fetch(_PAGE, due_before, unit, *_position(cursor), limit)
        today = _today(workplace)
        page = [deadline_view(row, today) for row in rows]
        last = page[-1] if len(page) == limit else None
        next_cursor = f"{last.due_on.isoformat()}~{last.clock}~{last.case_id}" if last else None
        return DeadlinesPage(deadlines=page, next_cursor=next_cursor)


def _add_figures(routes: APIRouter, workplace: Workplace) -> None:
    @routes.get("/compliance", operation_id="oversight_compliance")
    async def unit_compliance(
        due_from: DueFrom = None, due_to: DueTo = None, unit: Unit = None, clock: ClockName = None
    ) -> Compliance:
        """各单位按时限履行情况。How each unit kept each clock, by due date, with guard figures."""
        return await compliance(workplace.pool, due_from=due_from, due_to=due_to, unit=unit, clock=clock)

    @routes.get("/calendars", operation_id="oversight_calendars")
    async def calendars(
        jurisdiction: Annotated[str, Query(description="法域。", max_length=32)] = "cn",
    ) -> CalendarsPage:
        """已发布的日历与时限规则。The calendars and rules in force, as published."""
        loaded = await workplace.repository.load(calendar.calendar_decider, calendar.stream(jurisdiction))
        return calendars_page(jurisdiction, loaded.state)


class AdoptionBody(BaseModel):
    """接管 Which imported cases are to be overseen from today on."""

    model_config = ConfigDict(extra="forbid")
    case_ids: list[CaseId] = Field(max_length=MAX_CASES)


def _add_adoption(routes: APIRouter, workplace: Workplace) -> None:
    @routes.post("/adoptions", operation_id="oversight_adopt")
    async def adopt(body: AdoptionBody, caller: Annotated[Caller, Depends(officer)]) -> dict[str, int]:
        """接管导入的未结事项：自今日起照常督办。Take imported open cases over; again: nothing more."""
        require_import(workplace)
        results = await asyncio.gather(*(_adopt(workplace, caller, each) for each in body.case_ids))
        return {"adopted": sum(bool(each.events) for each in results)}


async def _adopt(workplace: Workplace, caller: Caller, case_id: str) -> Result[Any]:
    return await workplace.record(
        Intention(
            decider=case_decider, stream=stream(case_id), command=lambda at: AdoptCase(at=at, case_id=case_id)
        ),
        case_id=case_id,
        caller=replace(caller, idempotency=None),
    )


def _today(workplace: Workplace) -> date:
    return civil_date(workplace.clock.now())


def _position(cursor: str) -> tuple[date, str, str]:
    """(due_on, case_id, clock) of the last row seen. Raises a 400 problem."""
    if not cursor:
        return date.min, "", ""
    due_on, _, rest = cursor.partition("~")
    clock, _, case_id = rest.partition("~")
    try:
        return date.fromisoformat(due_on), case_id, clock
    except ValueError:
        raise Problem(
            400, "cursor-malformed", "翻页标记有误。", "Take the cursor from next_cursor."
        ) from None
