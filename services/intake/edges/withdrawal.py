"""What the petitioner does by its own channel: withdraw, confirm it a day later, report pressure (§2, 21; P3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from chassis.http.commands import CaseId, Recorded, view
from chassis.http.texts import plain
from chassis.service import Intention
from chassis.workplace import Workplace
from huiyin.intake.v1.events import WithdrawalChannel
from intake.domain.case import IntakeCommand, case_decider
from intake.domain.withdrawal import ConfirmWithdrawal, ReportPressure, RequestWithdrawal
from intake.edges.own_channel import Claim, own_claim, prove
from intake.use_cases.sorting import sealed_item

MAX_REPORT = 20_000
"""Characters: as long as a petition may be."""

Own = Annotated[Claim, Depends(own_claim)]


class PressureBody(BaseModel):
    """反映受到压力、打击报复 What happened; only the organ above may read it."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, AfterValidator(plain)] = Field(min_length=1, max_length=MAX_REPORT, repr=False)


def add_withdrawal(router: APIRouter, workplace: Workplace) -> None:
    """POST /cases/{case_id}/petitioner/<act>."""

    @router.post(
        "/cases/{case_id}/petitioner/request-withdrawal", operation_id="intake_own_request_withdrawal"
    )
    async def request(case_id: CaseId, claimed: Own) -> Recorded:
        """本人申请撤回 Ask for the petition to be withdrawn; to be confirmed a day later."""
        await prove(workplace, case_id, claimed)
        channel = WithdrawalChannel.PETITIONER
        return await _said(
            workplace,
            case_id,
            claimed,
            lambda at: RequestWithdrawal(at=at, channel=channel, by_unit_id=""),
        )

    @router.post(
        "/cases/{case_id}/petitioner/confirm-withdrawal", operation_id="intake_own_confirm_withdrawal"
    )
    async def confirm(case_id: CaseId, claimed: Own) -> Recorded:
        """本人确认撤回 Confirm it, a day after it was asked for by whomever."""
        await prove(workplace, case_id, claimed)
        return await _said(workplace, case_id, claimed, lambda at: ConfirmWithdrawal(at=at))

    @router.post("/cases/{case_id}/petitioner/report-pressure", operation_id="intake_own_report_pressure")
    async def report(case_id: CaseId, body: PressureBody, claimed: Own) -> Recorded:
        """反映受压 Tell the organ above, sealed, that you were pressed or punished."""
        received = await prove(workplace, case_id, claimed)
        unit = await workplace.directory.get(received.first_receiver_unit_id)
        above = (unit.parent_unit_id if unit else None) or ""
        item = sealed_item("report")
        sealed = await workplace.vault.seal(case_id, {item: body.text}, at=workplace.clock.now(), known=True)
        return await _said(
            workplace,
            case_id,
            claimed,
            lambda at: ReportPressure(at=at, report=sealed[item], to_unit_id=above),
        )


async def _said(
    workplace: Workplace, case_id: str, claimed: Claim, command: Callable[[datetime], IntakeCommand]
) -> Recorded:
    result = await workplace.record(
        Intention(
            decider=case_decider,
            stream=f"intake-case-{case_id}",
            command=command,
            legal_basis="lifecycle-21",
        ),
        case_id=case_id,
        caller=claimed.caller,
    )
    return view(case_id, "intake", result)
