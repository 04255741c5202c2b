"""POST /intake/v1/imports: cases that another system received, registered and classified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from chassis.clock import SHANGHAI
from chassis.http.caller import Caller, officer
from chassis.http.instants import Instant
from chassis.http.names import by_name
from chassis.http.problems import Problem
from chassis.importing import (
    MAX_CASES,
    Brought,
    Imported,
    bring_in,
    refused,
    require_distinct,
    require_import,
    seal_each,
)
from chassis.workplace import Workplace
from huiyin.common.v1.types import Channel, Sealed
from huiyin.envelope.v1.envelope import Origin
from huiyin.intake.v1.events import CaseReceived, Category
from intake.domain.case import Case, ClassifyCase, ImportCase, ReceiveCase, RegisterCase, decide
from intake.domain.receipt import receipt_number, register
from intake.use_cases.petition import PETITION, PETITIONER, Petition, Petitioner
from intake.use_cases.receive import known_unit
from ledger.context import Context
from ledger.envelopes import envelopes_for, line_for
from ledger.lines import NewLine, Serials


class ImportedCase(BaseModel):
    """One case of another system."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(min_length=1, max_length=200, description="来源系统中的编号 Its id in the source.")
    case_id: str = Field(pattern=r"^[A-Za-z0-9-]{1,64}$")
    received_at: Instant
    channel: by_name(Channel)  # type: ignore[valid-type]
    receiver_unit_id: str
    competent_unit_id: str
    category: by_name(Category)  # type: ignore[valid-type]
    subject: str
    title: str
    text: str
    petitioner_name: str = ""


class IntakeImport(BaseModel):
    """Cases of one source, in the order of its file."""

    model_config = ConfigDict(extra="forbid")
    mapping: str = Field(min_length=1, max_length=100)
    cases: list[ImportedCase] = Field(max_length=MAX_CASES)


def add_imports(router: APIRouter, workplace: Workplace) -> None:
    """The import route."""

    @router.post("/imports", operation_id="intake_import")
    async def import_cases(
        body: IntakeImport, caller: Annotated[Caller, Depends(officer)]
    ) -> list[dict[str, Any]]:
        """导入历史收件 Bring in what was received elsewhere; the same key again creates nothing."""
        require_import(workplace)
        require_distinct([case.case_id for case in body.cases])
        checked = [_checked(case) for case in body.cases]
        petitions = {c.case_id: c.petition.items() for c in checked if isinstance(c, _Checked)}
        sealed = await seal_each(workplace, petitions)
        brought = [
            await _brought(workplace, caller, each.case, sealed[each.case_id])
            if isinstance(each, _Checked)
            else each
            for each in checked
        ]
        return list(map(_view, await bring_in(workplace, body.mapping, brought)))


@dataclass(frozen=True, slots=True)
class _Checked:
    """A case with a petition that can be taken."""

    case: ImportedCase
    petition: Petition

    @property
    def case_id(self) -> str:
        return self.case.case_id


def _checked(case: ImportedCase) -> _Checked | Imported:
    petition = _petition(case)
    try:
        petition.check()
    except Problem as problem:
        return refused(case.key, problem)
    return _Checked(case, petition)


def _petition(case: ImportedCase) -> Petition:
    who = Petitioner(name=case.petitioner_name) if case.petitioner_name else None
    return Petition(case.title, case.text, who)


async def _brought(
    workplace: Workplace, caller: Caller, case: ImportedCase, sealed: Mapping[str, Sealed] | Exception
) -> Brought | Imported:
    if isinstance(sealed, Exception):
        return refused(case.key, sealed)
    try:
        unit = await known_unit(workplace, case.receiver_unit_id)
    except Problem as problem:
        return refused(case.key, problem)
    received_at = case.received_at.astimezone(SHANGHAI)
    serials = register(unit.organ_code, received_at.year)
    context = workplace.context(caller, case_id=case.case_id, division=unit.division, origin=Origin.IMPORT)

    def build(numbers: Serials) -> Sequence[NewLine]:
        number = receipt_number(unit.organ_code, received_at.year, numbers[serials])
        return _lines(
            workplace=workplace,
            case=case,
            sealed=sealed,
            number=number,
            received_at=received_at,
            context=context,
        )

    return Brought(case.key, case.model_dump(mode="json"), build, [serials])


def _lines(
    *,
    workplace: Workplace,
    case: ImportedCase,
    sealed: Mapping[str, Sealed],
    number: str,
    received_at: datetime,
    context: Context,
) -> Sequence[NewLine]:
    now = workplace.clock.now()
    command = ImportCase(
        receive=ReceiveCase(
            at=now,
            case_id=case.case_id,
            receipt_number=number,
            received_at=received_at,
            channel=case.channel,
            first_receiver_unit_id=case.receiver_unit_id,
            petitioner=sealed.get(PETITIONER),
            petition=sealed[PETITION],
            statute=workplace.statute,
            imported=True,
        ),
        register=RegisterCase(at=now, by_unit_id=case.receiver_unit_id),
        classify=ClassifyCase(
            at=now,
            by_unit_id=case.receiver_unit_id,
            category=case.category,
            subject=case.subject,
            competent_unit_id=case.competent_unit_id,
        ),
    )
    happened = _at(context, received_at)
    stream = f"intake-case-{case.case_id}"
    return [line_for(each) for each in envelopes_for(decide(Case(), command), stream, 0, now, happened)]


def _at(context: Context, instant: datetime) -> Context:
    return replace(context, occurred_at=instant, idempotency=None)


def _view(imported: Imported) -> dict[str, Any]:
    received = next((e.event for e in imported.events if isinstance(e.event, CaseReceived)), None)
    return {
        "key": imported.key,
        "known": imported.known,
        "refusal": imported.refusal,
        "position": imported.last_position,
        "receipt_number": received.receipt_number if received else "",
    }
