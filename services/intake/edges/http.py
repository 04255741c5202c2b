"""Intake's HTTP API."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from chassis.http.caller import Caller, officer
from chassis.http.commands import CaseId, CaseStream, add_commands
from chassis.http.problems import Problem
from chassis.http.texts import Words
from chassis.service import Parts
from chassis.vault_sweep import vault_sweep
from chassis.workplace import Workplace
from intake.domain.case import PERSON_COMMANDS, case_decider
from intake.edges.imports import add_imports
from intake.edges.passing import add_passing
from intake.edges.reception import add_reception
from intake.edges.reception_acts import add_acts
from intake.edges.reception_view import reception_view
from intake.edges.sorting import add_sorting
from intake.edges.withdrawal import add_withdrawal
from intake.use_cases import sorting
from intake.use_cases.disclose import disclose
from intake.use_cases.petition import PETITION, PETITIONER, REPRESENTATIVES
from intake.use_cases.supplement import ATTACHMENT, CORRECTIONS, MATERIAL, Cabinet, cabinet
from ledger.envelopes import recorded

SEALED_ITEMS = (
    PETITION,
    PETITIONER,
    REPRESENTATIVES,
    CORRECTIONS,
    MATERIAL,
    ATTACHMENT,
    *sorting.SEALED_ITEMS,
)
"""What intake seals; the sweep removes of these what no event came to refer to."""

MAX_OPENED = 5
"""Items opened at once: an answer with as many attachments is some 35 MB."""


class DisclosureBody(BaseModel):
    """查阅 What is to be opened, and why."""

    model_config = ConfigDict(extra="forbid")
    items: list[Words] = Field(default=[PETITION], min_length=1, max_length=MAX_OPENED)
    purpose: Words = Field(description="用途", examples=["办理"])


def build(workplace: Workplace) -> Parts:
    """Intake's routes."""
    router = APIRouter()
    kept = cabinet(workplace)
    add_reception(router, workplace)
    add_acts(router, workplace, kept)
    _add_reading(router, workplace, kept)
    add_commands(router, CaseStream("intake", case_decider), PERSON_COMMANDS, workplace)
    add_sorting(router, workplace)
    add_passing(router, workplace)
    add_withdrawal(router, workplace)
    add_imports(router, workplace)
    return Parts(router=router, tickers=(vault_sweep(workplace, SEALED_ITEMS),))


def _add_reading(router: APIRouter, workplace: Workplace, kept: Cabinet) -> None:
    @router.post("/cases/{case_id}/disclosures", operation_id="intake_disclose")
    async def disclose_content(
        case_id: CaseId, body: DisclosureBody, caller: Annotated[Caller, Depends(officer)]
    ) -> dict[str, Any]:
        """查阅：先留痕，后展示。Open a petition; that it was opened is recorded first."""
        return await disclose(workplace, kept, caller, case_id, items=tuple(body.items), purpose=body.purpose)

    @router.get("/cases/{case_id}", operation_id="intake_case")
    async def show_case(case_id: CaseId) -> dict[str, Any]:
        """收件登记情况 What intake knows of a case; nothing personal."""
        stream = f"intake-case-{case_id}"
        loaded = await workplace.repository.load(case_decider, stream)
        received = loaded.state.received
        if received is None:
            raise Problem(404, "unknown-case", "没有这件信访事项。", "There is no such case.")
        classified = loaded.state.classified
        return {
            "case_id": case_id,
            "receipt_number": received.receipt_number,
            "first_receiver_unit_id": received.first_receiver_unit_id,
            "channel": received.channel.name.lower(),
            "received_on": received.transfer_deadline.start_on.isoformat(),
            "transfer_due_on": received.transfer_deadline.due_on.isoformat(),
            "registered": loaded.state.registered,
            "category": classified.category.name.lower() if classified else None,
            "subject": classified.subject if classified else None,
            "version": loaded.version,
            **reception_view(loaded.state, list(map(recorded, await workplace.ledger.load(stream)))),
        }
