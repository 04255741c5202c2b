"""The duty catalogue over HTTP: duties assigned and ended; who is competent, and why."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from chassis.http.caller import Caller, officer
from chassis.http.texts import UnitId, Words
from chassis.service import Intention
from chassis.workplace import Workplace
from routing.domain.duty_catalogue import AssignDuty, EndDuty, duty_decider, stream
from routing.domain.unit import unit_decider
from routing.edges.units import InPath, unit_body
from routing.use_cases.directory_changes import unit_stream
from routing.use_cases.duty_book import DutyBook
from statute.instants import civil_date


class CompetentView(BaseModel):
    """有权处理机关 A unit that may be sent the case, and why."""

    unit_id: str
    rule: str
    concludes: bool
    why: str


def add_duties(router: APIRouter, workplace: Workplace, book: DutyBook) -> None:
    """The routes below /routing/v1 for duties."""
    _add_assigning(router, workplace)
    _add_ending(router, workplace)

    @router.get("/competent-units", operation_id="routing_competent_units")
    async def competent_units(
        subject: Words,
        division: Annotated[str, Query(pattern=r"^[0-9]{6}$")],
        on: date | None = None,
        sender_unit_id: UnitId | None = None,
    ) -> list[CompetentView]:
        """查有权处理机关，附所据职责及版本。Who is competent, best first, each with rule and reason."""
        day = on or civil_date(workplace.clock.now())
        index, units = await book.index(newest=True), await workplace.directory.newest()
        return [
            CompetentView(
                unit_id=each.unit_id, rule=each.rule, concludes=each.concludes, why=f"{each.zh}。{each.en}"
            )
            for each in index.competent(subject, division, day, units, sender_unit_id)
        ]


def _add_assigning(router: APIRouter, workplace: Workplace) -> None:
    model = unit_body(AssignDuty, "unit_id", "unit_lives", "sender_known")

    async def assign_duty(
        unit_id: InPath, body: Any, caller: Annotated[Caller, Depends(officer)]
    ) -> dict[str, Any]:
        """确定职责 Make a unit competent for a subject in an area."""
        # Asked of the ledger: who has just founded a unit may go on at once.
        unit = (await workplace.repository.load(unit_decider, unit_stream(unit_id))).state.unit
        sender = body.sender_unit_id
        sender_known = sender is None or await workplace.directory.get(sender) is not None
        given = {name: getattr(body, name) for name in model.model_fields}
        return await _record(
            workplace,
            caller,
            unit_id,
            lambda at: AssignDuty(
                at=at,
                unit_id=unit_id,
                unit_lives=unit is not None and unit.ended_on is None,
                sender_known=sender_known,
                **given,
            ),
        )

    assign_duty.__annotations__["body"] = model
    router.add_api_route(
        "/units/{unit_id}/assign-duty", assign_duty, methods=["POST"], operation_id="routing_assign_duty"
    )


def _add_ending(router: APIRouter, workplace: Workplace) -> None:
    model = unit_body(EndDuty, "unit_id")

    async def end_duty(
        unit_id: InPath, body: Any, caller: Annotated[Caller, Depends(officer)]
    ) -> dict[str, Any]:
        """终止职责 Give a duty its last day."""
        given = {name: getattr(body, name) for name in model.model_fields}
        return await _record(workplace, caller, unit_id, lambda at: EndDuty(at=at, unit_id=unit_id, **given))

    end_duty.__annotations__["body"] = model
    router.add_api_route(
        "/units/{unit_id}/end-duty", end_duty, methods=["POST"], operation_id="routing_end_duty"
    )


async def _record(workplace: Workplace, caller: Caller, unit_id: str, command: Any) -> dict[str, Any]:
    result = await workplace.record(
        Intention(decider=duty_decider, stream=stream(unit_id), command=command),
        case_id=None,
        caller=caller,
        division=await workplace.directory.division(unit_id),
    )
    position = result.events[-1].position if result.events else 0
    return {"unit_id": unit_id, "position": f"routing:{position}"}
