"""What is done about a petition after its receipt: reading back, adding, raising the alarm."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, Field

from chassis.http.caller import Caller, officer
from chassis.http.commands import CaseId, Recorded, view
from chassis.http.instants import Instant
from chassis.http.texts import UnitId, Words, plain
from chassis.service import Intention
from chassis.workplace import Workplace
from intake.domain.case import case_decider
from intake.domain.urgent import FlagUrgentMatter, ReportUrgentMatter
from intake.edges.own_channel import Claim, own_claim, petitioner_or_officer, prove
from intake.use_cases.petition import MAX_TEXT
from intake.use_cases.receive import known_unit
from intake.use_cases.supplement import Cabinet, add_attachment, add_material, confirm_record

MOST_UNITS = 20
"""Units told in one report: a county has fewer above and beside it that must know."""

Text = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(plain)]


class OralRecordBody(BaseModel):
    """笔录核对确认 What the petitioner had put right when the record was read out, if anything."""

    model_config = ConfigDict(extra="forbid")
    corrections: Text = Field(default="", description="信访人要求更正的内容")


class MaterialBody(BaseModel):
    """补充材料 What the petitioner adds."""

    model_config = ConfigDict(extra="forbid")
    text: Text = Field(min_length=1, description="补充内容")


class AttachmentBody(BaseModel):
    """附件 A file."""

    model_config = ConfigDict(extra="forbid")
    name: Words = Field(min_length=1, description="文件名")
    media_type: Words = Field(description="媒体类型", examples=["image/jpeg"])
    content: Base64Bytes = Field(description="文件内容，base64")


class UrgentBody(BaseModel):
    """认定紧急重大 Since when the unit has known."""

    model_config = ConfigDict(extra="forbid")
    aware_at: Instant | None = Field(default=None, description="知悉时间；不填即为现在。")


class UrgentReportBody(BaseModel):
    """紧急重大报告 Who was told, and when."""

    model_config = ConfigDict(extra="forbid")
    to_unit_ids: list[UnitId] = Field(min_length=1, max_length=MOST_UNITS, description="接收报告的单位")
    reported_at: Instant | None = Field(default=None, description="报告时间；不填即为现在。")


def add_acts(router: APIRouter, workplace: Workplace, kept: Cabinet) -> None:
    """The routes."""
    _add_record_and_material(router, workplace)
    _add_attachments(router, workplace, kept)
    _add_urgent(router, workplace)


def _add_record_and_material(router: APIRouter, workplace: Workplace) -> None:
    @router.post("/cases/{case_id}/confirm-oral-record", operation_id="intake_confirm_oral_record")
    async def confirm_oral_record(
        case_id: CaseId, body: OralRecordBody, caller: Annotated[Caller, Depends(officer)]
    ) -> Recorded:
        """笔录核对确认：口头提出的，笔录向信访人宣读、经其确认。The record was read back and confirmed."""
        return view(case_id, "intake", await confirm_record(workplace, caller, case_id, body.corrections))

    @router.post("/cases/{case_id}/add-material", operation_id="intake_add_material")
    async def add_own_material(
        case_id: CaseId, body: MaterialBody, claimed: Annotated[Claim, Depends(own_claim)]
    ) -> Recorded:
        """补充材料：信访人经本人渠道补充。The petitioner adds to the petition, through the own channel."""
        await prove(workplace, case_id, claimed)
        return view(case_id, "intake", await add_material(workplace, claimed.caller, case_id, body.text))


def _add_attachments(router: APIRouter, workplace: Workplace, kept: Cabinet) -> None:
    @router.post("/cases/{case_id}/add-attachment", operation_id="intake_add_attachment")
    async def attach(
        case_id: CaseId,
        body: AttachmentBody,
        who: Annotated[Claim | Caller, Depends(petitioner_or_officer)],
    ) -> Recorded:
        """添加附件：信访人本人或者首接单位。The petitioner, or the first receiver, adds a file."""
        caller = who.caller if isinstance(who, Claim) else who
        if isinstance(who, Claim):
            await prove(workplace, case_id, who)
        result = await add_attachment(
            workplace,
            kept,
            caller,
            case_id,
            name=body.name,
            media_type=body.media_type,
            content=body.content,
        )
        return view(case_id, "intake", result)


def _add_urgent(router: APIRouter, workplace: Workplace) -> None:
    @router.post("/cases/{case_id}/flag-urgent-matter", operation_id="intake_flag_urgent_matter")
    async def flag(
        case_id: CaseId, body: UrgentBody, caller: Annotated[Caller, Depends(officer)]
    ) -> Recorded:
        """认定紧急重大：应当立即报告（K12）。The matter is urgent or major: it must be reported at once."""
        intention = Intention(
            decider=case_decider,
            stream=f"intake-case-{case_id}",
            command=lambda at: FlagUrgentMatter(
                at=at, by_unit_id=caller.actor.unit_id, aware_at=body.aware_at, statute=workplace.statute
            ),
            legal_basis="K12",
        )
        return view(case_id, "intake", await workplace.record(intention, case_id=case_id, caller=caller))

    @router.post("/cases/{case_id}/report-urgent-matter", operation_id="intake_report_urgent_matter")
    async def report(
        case_id: CaseId, body: UrgentReportBody, caller: Annotated[Caller, Depends(officer)]
    ) -> Recorded:
        """紧急重大报告：向谁、何时。Say to which units it was reported, and when."""
        for unit_id in body.to_unit_ids:
            await known_unit(workplace, unit_id)
        intention = Intention(
            decider=case_decider,
            stream=f"intake-case-{case_id}",
            command=lambda at: ReportUrgentMatter(
                at=at,
                by_unit_id=caller.actor.unit_id,
                to_unit_ids=tuple(body.to_unit_ids),
                reported_at=body.reported_at,
            ),
            legal_basis="K12",
        )
        return view(case_id, "intake", await workplace.record(intention, case_id=case_id, caller=caller))
