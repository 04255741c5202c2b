"""Intake's HTTP API."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from chassis.clock import shown
from chassis.http.caller import Caller, anyone, officer
from chassis.http.commands import CaseId, CaseStream, add_commands
from chassis.http.instants import Instant
from chassis.http.names import by_name
from chassis.http.problems import Problem
from chassis.http.texts import UnitId, Words
from chassis.service import Parts
from chassis.vault_sweep import vault_sweep
from chassis.workplace import Workplace
from huiyin.common.v1.types import Channel
from intake.domain.case import PERSON_COMMANDS, case_decider
from intake.edges.imports import add_imports
from intake.use_cases.disclose import disclose
from intake.use_cases.petition import PETITION, PETITIONER, Petition, Petitioner
from intake.use_cases.receive import receive


class PetitionerBody(BaseModel):
    """信访人 Who petitions; everything is optional, and an anonymous petition leaves it out."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(default="", description="姓名", examples=["张某"])
    contact: str = Field(default="", description="联系方式")
    address: str = Field(default="", description="住址")


class PetitionBody(BaseModel):
    """信访事项 A petition as it is handed in."""

    model_config = ConfigDict(extra="forbid")
    channel: by_name(Channel)  # type: ignore[valid-type]
    receiver_unit_id: UnitId = Field(description="首接单位 The unit that receives it first.")
    title: str = Field(default="", description="标题")
    text: str = Field(description="正文")
    petitioner: PetitionerBody | None = None
    received_at: Instant | None = Field(
        default=None,
        description="收件时间，仅限信件、来访、电话、传真。When it arrived on paper, by visit, phone or fax.",
    )


class ReceiptBody(BaseModel):
    """收件回执 The receipt: proof that the petition exists, before any officer acts."""

    case_id: str
    receipt_number: str
    query_code: str
    received_at: str
    recorded_at: str
    transfer_due_on: str
    position: str
    hash: str


class DisclosureBody(BaseModel):
    """查阅 What is to be opened, and why."""

    model_config = ConfigDict(extra="forbid")
    items: list[Words] = Field(default=[PETITION], min_length=1, max_length=2)
    purpose: Words = Field(description="用途", examples=["办理"])


def build(workplace: Workplace) -> Parts:
    """Intake's routes."""
    router = APIRouter()
    _add_reception(router, workplace)
    _add_reading(router, workplace)
    add_commands(router, CaseStream("intake", case_decider), PERSON_COMMANDS, workplace)
    add_imports(router, workplace)
    return Parts(router=router, tickers=(vault_sweep(workplace, (PETITION, PETITIONER)),))


def _add_reception(router: APIRouter, workplace: Workplace) -> None:
    @router.post("/cases", status_code=201, operation_id="intake_receive_case")
    async def receive_case(body: PetitionBody, caller: Annotated[Caller, Depends(anyone)]) -> ReceiptBody:
        """收到：登记之前即出具回执。Receive a petition; the receipt is durable before it is answered."""
        who = Petitioner(**body.petitioner.model_dump()) if body.petitioner else None
        receipt = await receive(
            workplace,
            caller,
            Petition(body.title, body.text, who),
            channel=body.channel,
            receiver_unit_id=body.receiver_unit_id,
            received_at=body.received_at,
        )
        return ReceiptBody(
            case_id=receipt.case_id,
            receipt_number=receipt.receipt_number,
            query_code=receipt.query_code,
            received_at=shown(receipt.received_at),
            recorded_at=shown(receipt.recorded_at),
            transfer_due_on=receipt.transfer_due_on,
            position=f"intake:{receipt.position}",
            hash=receipt.hash,
        )


def _add_reading(router: APIRouter, workplace: Workplace) -> None:
    @router.post("/cases/{case_id}/disclosures", operation_id="intake_disclose")
    async def disclose_content(
        case_id: CaseId, body: DisclosureBody, caller: Annotated[Caller, Depends(officer)]
    ) -> dict[str, Any]:
        """查阅：先留痕，后展示。Open a petition; that it was opened is recorded first."""
        return await disclose(workplace, caller, case_id, items=tuple(body.items), purpose=body.purpose)

    @router.get("/cases/{case_id}", operation_id="intake_case")
    async def show_case(case_id: CaseId) -> dict[str, Any]:
        """收件登记情况 What intake knows of a case; nothing personal."""
        loaded = await workplace.repository.load(case_decider, f"intake-case-{case_id}")
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
        }
