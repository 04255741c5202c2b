"""Routing's HTTP API."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from chassis.http.caller import Caller, officer
from chassis.http.commands import CaseId, CaseStream, Recorded, add_commands, view
from chassis.http.names import by_name
from chassis.http.problems import Problem
from chassis.http.texts import UnitId, plain
from chassis.service import Intention, Parts
from chassis.vault_sweep import vault_sweep
from chassis.workplace import Workplace
from huiyin.routing.v1.events import Outcome
from routing.domain.case import PERSON_COMMANDS, ServeOpinion, TransferCase, case_decider
from routing.domain.duty import duty
from routing.edges.directory_imports import add_directory_imports
from routing.edges.duties import add_duties
from routing.edges.imports import add_imports
from routing.edges.units import add_units
from routing.use_cases.duty_book import DutyBook
from routing.use_cases.policies import stream_of
from routing.use_cases.waiting import until_queued

MAX_OPINION = 20_000
"""Characters: as long as a petition may be."""


class TransferBody(BaseModel):
    """转送 Where the case goes."""

    model_config = ConfigDict(extra="forbid")
    to_unit_id: UnitId = Field(description="有权处理机关 The unit with power to handle it.")


class OpinionBody(BaseModel):
    """信访处理意见书 The opinion as it is served."""

    model_config = ConfigDict(extra="forbid")
    outcome: by_name(Outcome)  # type: ignore[valid-type]
    text: Annotated[str, AfterValidator(plain)] = Field(
        description="意见正文", min_length=1, max_length=MAX_OPINION
    )


def build(workplace: Workplace) -> Parts:
    """Routing's routes."""
    router = APIRouter()
    add_units(router, workplace)
    add_directory_imports(router, workplace)
    add_duties(router, workplace, DutyBook(workplace.pool))
    _add_handling(router, workplace)
    _add_reading(router, workplace)
    add_commands(router, CaseStream("routing", case_decider), PERSON_COMMANDS, workplace)
    add_imports(router, workplace)
    return Parts(router=router, tickers=(vault_sweep(workplace, ("opinion",)),))


def _add_handling(router: APIRouter, workplace: Workplace) -> None:
    @router.post("/cases/{case_id}/transfer-case", operation_id="routing_transfer_case")
    async def transfer(
        case_id: CaseId, body: TransferBody, caller: Annotated[Caller, Depends(officer)]
    ) -> Recorded:
        """转送：寄出之日即起算对方期限。Send the case on; the receiver's clocks start with this act."""
        cause = await until_queued(workplace, case_id)
        unit = await workplace.directory.get(body.to_unit_id)
        result = await workplace.record(
            Intention(
                decider=case_decider,
                stream=stream_of(case_id),
                command=lambda at: TransferCase(
                    at=at,
                    by_unit_id=caller.actor.unit_id,
                    to_unit_id=body.to_unit_id,
                    to_unit_known=unit is not None,
                    statute=workplace.statute,
                ),
                legal_basis="K1",
            ),
            case_id=case_id,
            caller=caller,
            caused_by=cause,
            division=unit.division if unit else "000000",
        )
        return view(case_id, "routing", result)

    @router.post("/cases/{case_id}/serve-opinion", operation_id="routing_serve_opinion")
    async def serve(
        case_id: CaseId, body: OpinionBody, caller: Annotated[Caller, Depends(officer)]
    ) -> Recorded:
        """送达处理意见书 Serve the opinion on the petitioner."""
        opinion = {"opinion": body.text}
        sealed = await workplace.vault.seal(case_id, opinion, at=workplace.clock.now(), known=True)
        result = await workplace.record(
            Intention(
                decider=case_decider,
                stream=stream_of(case_id),
                command=lambda at: ServeOpinion(
                    at=at,
                    by_unit_id=caller.actor.unit_id,
                    outcome=body.outcome,
                    opinion=sealed["opinion"],
                    statute=workplace.statute,
                ),
                legal_basis="K5",
            ),
            case_id=case_id,
            caller=caller,
            division=await workplace.directory.division(caller.actor.unit_id),
        )
        return view(case_id, "routing", result)


def _add_reading(router: APIRouter, workplace: Workplace) -> None:
    @router.get("/cases/{case_id}", operation_id="routing_case")
    async def show(case_id: CaseId, _: Annotated[str, Query(include_in_schema=False)] = "") -> dict[str, Any]:
        """办理情况 Where the case is and under which deadline."""
        loaded = await workplace.repository.load(case_decider, stream_of(case_id))
        case = loaded.state
        if case.queued is None:
            raise Problem(404, "unknown-case", "没有这件信访事项。", "There is no such case here.")
        deadline = duty(case)
        return {
            "case_id": case_id,
            "receipt_number": case.queued.receipt_number,
            "handler": case.transferred.to_unit_id if case.transferred else None,
            "accepted": case.accepted is not None,
            "answered": case.served is not None,
            "clock": deadline.clock if deadline else None,
            "due_on": deadline.due_on.isoformat() if deadline else None,
            "version": loaded.version,
        }
