"""Routes for what only the vault may know: accusations, and the parts of a mixed letter (§4a; P1)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from chassis.http.caller import Caller, officer
from chassis.http.commands import CaseId, Recorded, view
from chassis.http.texts import UnitId, plain
from chassis.workplace import Workplace
from intake.domain.splitting import MAX_PARTS
from intake.use_cases.passing import seal_accusation, split_case
from intake.use_cases.petition import Petition


class AccusationBody(BaseModel):
    """密封移送 Whom it accuses and who gets it: sealed, and in no event."""

    model_config = ConfigDict(extra="forbid")
    accused_unit_id: UnitId = Field(description="被检举控告的单位，或者其负责人被检举控告的单位")
    to_unit_id: UnitId = Field(description="移送的机关")
    upper: bool = Field(default=False, description="属于上级机关受理范围，直接报送")


class PartBody(BaseModel):
    """拆分的一件 The text of one part, and nothing of the others."""

    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, AfterValidator(plain)] = Field(default="", description="标题", repr=False)
    text: Annotated[str, AfterValidator(plain)] = Field(description="正文", repr=False)


class SplitBody(BaseModel):
    """拆分 The parts of a mixed letter."""

    model_config = ConfigDict(extra="forbid")
    parts: list[PartBody] = Field(min_length=2, max_length=MAX_PARTS)


class PartReceived(BaseModel):
    """拆分后的信访编号 A part as it was received."""

    case_id: str
    receipt_number: str


class SplitRecorded(Recorded):
    """What was recorded, and the cases that it was divided into."""

    parts: list[PartReceived]


def add_passing(router: APIRouter, workplace: Workplace) -> None:
    """The routes."""

    @router.post("/cases/{case_id}/seal-accusation", operation_id="intake_seal_accusation")
    async def seal(
        case_id: CaseId, body: AccusationBody, caller: Annotated[Caller, Depends(officer)]
    ) -> Recorded:
        """密封检举控告 Seal an accusation and pass it on; a pointer stays."""
        result = await seal_accusation(
            workplace,
            caller,
            case_id,
            accused_unit_id=body.accused_unit_id,
            to_unit_id=body.to_unit_id,
            upper=body.upper,
        )
        return view(case_id, "intake", result)

    @router.post("/cases/{case_id}/split-case", operation_id="intake_split_case")
    async def split(
        case_id: CaseId, body: SplitBody, caller: Annotated[Caller, Depends(officer)]
    ) -> SplitRecorded:
        """拆分：各件自原信收到之日起算。Divide a mixed letter; each part keeps the letter's date and clock."""
        petitions = [Petition(part.title, part.text) for part in body.parts]
        parts, result = await split_case(workplace, caller, case_id, petitions)
        return SplitRecorded(
            **view(case_id, "intake", result).model_dump(),
            parts=[PartReceived(case_id=p.case_id, receipt_number=p.receipt_number) for p in parts],
        )
