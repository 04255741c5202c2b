"""Receiving over HTTP: every channel, alone or together, openly or in confidence; and the receipt to be printed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from chassis.clock import shown
from chassis.http.caller import Caller, anyone
from chassis.http.commands import CaseId
from chassis.http.instants import Instant
from chassis.http.names import by_name
from chassis.http.texts import UnitId, Words
from chassis.workplace import Workplace
from huiyin.common.v1.types import Channel
from intake.domain.case import case_decider
from intake.domain.oral_record import standing
from intake.domain.receipt_text import ReceiptFacts, receipt_text
from intake.edges.own_channel import Claim, claim, prove
from intake.use_cases.petition import Petition, Petitioner
from intake.use_cases.receive import receive
from ledger.envelopes import recorded

MOST_PETITIONERS = 4_294_967_295
"""As many as the event can hold: the number itself is never a reason to refuse (P6)."""

MOST_NAMES = 1_000
"""Representatives in one request: far above the five of P6, so that P6 itself is what answers."""


class PetitionerBody(BaseModel):
    """信访人 Who petitions; everything is optional, and an anonymous petition leaves it out."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(default="", description="姓名", examples=["张某"])
    contact: str = Field(default="", description="联系方式")
    address: str = Field(default="", description="住址")


class PetitionBody(BaseModel):
    """信访事项 A petition as it is handed in. Three fields are mandatory."""

    model_config = ConfigDict(extra="forbid")
    channel: by_name(Channel)  # type: ignore[valid-type]
    receiver_unit_id: UnitId = Field(description="首接单位 The unit that receives it first.")
    title: str = Field(default="", description="标题")
    text: str = Field(description="正文")
    petitioner: PetitionerBody | None = None
    received_at: Instant | None = Field(
        default=None,
        description="收件时间，网上信访除外。When it arrived, where it is keyed in later: every channel but the web.",
    )
    confidential: bool = Field(
        default=False,
        description="要求保密：身份只有首接单位可查阅。Only the first receiver may see who it is.",
    )
    external_number: Words = Field(
        default="",
        description="工单号或文号 Number of the work order or document.",
        examples=["12345-20250818-0042"],
    )
    petitioners: int = Field(
        default=1,
        ge=1,
        le=MOST_PETITIONERS,
        description="信访人数，联名、集体访照实填写。How many petition together.",
    )
    representatives: list[PetitionerBody] = Field(
        default=[],
        max_length=MOST_NAMES,
        description="代表，至多五人；其余人不列名。At most five; nobody else is listed.",
    )


class ReceiptBody(BaseModel):
    """收件回执 The receipt: proof that the petition exists, before any officer acts."""

    case_id: str
    receipt_number: str
    query_code: str
    received_at: str
    recorded_at: str
    transfer_due_on: str
    key_in_due_on: str | None = Field(description="录入期限（K0）；网上信访没有。")
    position: str
    hash: str


def add_reception(router: APIRouter, workplace: Workplace) -> None:
    """POST /cases and GET /cases/{case_id}/receipt."""

    @router.post("/cases", status_code=201, operation_id="intake_receive_case")
    async def receive_case(body: PetitionBody, caller: Annotated[Caller, Depends(anyone)]) -> ReceiptBody:
        """收到：登记之前即出具回执。Receive a petition; the receipt is durable before it is answered."""
        receipt = await receive(
            workplace,
            caller,
            _petition(body),
            channel=body.channel,
            receiver_unit_id=body.receiver_unit_id,
            received_at=body.received_at,
            confidential=body.confidential,
            external_number=body.external_number,
            petitioners=body.petitioners,
        )
        return ReceiptBody(
            case_id=receipt.case_id,
            receipt_number=receipt.receipt_number,
            query_code=receipt.query_code,
            received_at=shown(receipt.received_at),
            recorded_at=shown(receipt.recorded_at),
            transfer_due_on=receipt.transfer_due_on,
            key_in_due_on=receipt.key_in_due_on,
            position=f"intake:{receipt.position}",
            hash=receipt.hash,
        )

    @router.get(
        "/cases/{case_id}/receipt", operation_id="intake_print_receipt", response_class=PlainTextResponse
    )
    async def print_receipt(case_id: CaseId, claimed: Annotated[Claim, Depends(claim)]) -> str:
        """打印收件回执 The receipt on paper, for whoever holds its number and query code."""
        await prove(workplace, case_id, claimed)
        return receipt_text(await _facts(workplace, case_id, claimed.query_code))


def _petition(body: PetitionBody) -> Petition:
    who = Petitioner(**body.petitioner.model_dump()) if body.petitioner else None
    representatives = tuple(Petitioner(**each.model_dump()) for each in body.representatives)
    return Petition(body.title, body.text, who, representatives)


async def _facts(workplace: Workplace, case_id: str, query_code: str) -> ReceiptFacts:
    stream = f"intake-case-{case_id}"
    case = (await workplace.repository.load(case_decider, stream)).state
    line = (await workplace.ledger.load(stream))[0]
    first = recorded(line)
    unit = await workplace.directory.get(first.event.first_receiver_unit_id)
    return ReceiptFacts(
        received=first.event,
        unit=unit.name if unit else first.event.first_receiver_unit_id,
        received_at=first.envelope.occurred_at,
        recorded_at=first.envelope.recorded_at,
        oral_record=standing(first.event, case.reception.confirmed),
        query_code=query_code,
        position=line.position,
        hash=line.hash.hex(),
    )
