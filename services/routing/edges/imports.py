"""POST /routing/v1/imports: what happened to cases elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from chassis.clock import SHANGHAI
from chassis.http.caller import Caller, officer
from chassis.http.instants import Instant
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
from huiyin.common.v1.types import Sealed
from huiyin.envelope.v1.envelope import CausedBy, Origin
from huiyin.routing.v1.events import AcceptanceDeemed, OpinionServed, OpinionSigned, Outcome
from huiyin.routing.v1.events import CaseAccepted as Accepted
from ledger.envelopes import envelopes_for, line_for
from ledger.lines import NewLine, Serials
from routing.domain.case import (
    Case,
    ImportHandling,
    ServeOpinion,
    SignOpinion,
    TransferCase,
    decide,
)
from routing.domain.queue import QueueCase
from routing.use_cases.policies import stream_of
from statute.instants import civil_date, end_instant

OPINION = "opinion"
MAX_OPINION = 20_000
"""Characters: as long as a petition may be."""


class ImportedHandling(BaseModel):
    """What happened to one case. `intake_position`: the line by which intake classified it."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(min_length=1, max_length=200)
    case_id: str = Field(pattern=r"^[A-Za-z0-9-]{1,64}$")
    receipt_number: str
    intake_position: int
    from_unit_id: str
    to_unit_id: str
    transferred_at: Instant
    signed_on: date | None = None
    served_at: Instant | None = None
    opinion: str = Field(default="", max_length=MAX_OPINION)


class RoutingImport(BaseModel):
    """Handlings of one source, in the order of its file."""

    model_config = ConfigDict(extra="forbid")
    mapping: str = Field(min_length=1, max_length=100)
    cases: list[ImportedHandling] = Field(max_length=MAX_CASES)


def add_imports(router: APIRouter, workplace: Workplace) -> None:
    """The import route."""

    @router.post("/imports", operation_id="routing_import")
    async def import_handlings(
        body: RoutingImport, caller: Annotated[Caller, Depends(officer)]
    ) -> list[dict[str, Any]]:
        """导入历史办理 Bring in how cases were handled elsewhere; the same key again creates nothing."""
        require_import(workplace)
        require_distinct([case.case_id for case in body.cases])
        contents = {case.case_id: {OPINION: case.opinion} if case.served_at else {} for case in body.cases}
        sealed = await seal_each(workplace, contents)
        brought = [await _brought(workplace, caller, case, sealed[case.case_id]) for case in body.cases]
        return list(map(_view, await bring_in(workplace, body.mapping, brought)))


async def _brought(
    workplace: Workplace, caller: Caller, case: ImportedHandling, sealed: Mapping[str, Sealed] | Exception
) -> Brought | Imported:
    if isinstance(sealed, Exception):
        return refused(case.key, sealed)
    unit = await workplace.directory.get(case.to_unit_id)
    command = _command(workplace, case, sealed.get(OPINION), known=unit is not None)
    context = replace(
        workplace.context(
            caller,
            case_id=case.case_id,
            division=unit.division if unit else "000000",
            origin=Origin.IMPORT,
        ),
        caused_by=CausedBy(service="intake", position=case.intake_position),
        occurred_at=lambda event: _happened(event, case),
        idempotency=None,
    )

    def build(_: Serials) -> Sequence[NewLine]:
        now = workplace.clock.now()
        events = decide(Case(), command)
        return [line_for(each) for each in envelopes_for(events, stream_of(case.case_id), 0, now, context)]

    return Brought(case.key, case.model_dump(mode="json"), build)


def _command(
    workplace: Workplace, case: ImportedHandling, opinion: Sealed | None, *, known: bool
) -> ImportHandling:
    statute = workplace.statute
    signed_at = _signed_at(case)
    return ImportHandling(
        queue=QueueCase(
            at=case.transferred_at,
            case_id=case.case_id,
            first_receiver_unit_id=case.from_unit_id,
            competent_unit_id=case.to_unit_id,
            receipt_number=case.receipt_number,
            received_on=civil_date(case.transferred_at),
        ),
        transfer=TransferCase(
            at=case.transferred_at,
            by_unit_id=case.from_unit_id,
            to_unit_id=case.to_unit_id,
            to_unit_known=known,
            statute=statute,
        ),
        sign=None
        if case.signed_on is None or signed_at is None
        else SignOpinion(at=signed_at, by_unit_id=case.to_unit_id, signed_on=case.signed_on),
        serve=None
        if case.served_at is None or opinion is None
        else ServeOpinion(
            at=case.served_at,
            by_unit_id=case.to_unit_id,
            outcome=Outcome.NOT_CODED,
            opinion=opinion,
            statute=statute,
        ),
        statute=statute,
    )


def _signed_at(case: ImportedHandling) -> datetime | None:
    """Only the day of a signature is known: its first moment, but within transfer and service."""
    if case.signed_on is None:
        return None
    begin = datetime.combine(case.signed_on, time(), SHANGHAI)
    bounded = max(begin, case.transferred_at)
    return min(bounded, case.served_at) if case.served_at else bounded


def _happened(event: Any, case: ImportedHandling) -> datetime | None:
    match event:
        case AcceptanceDeemed(deemed_on=deemed_on):
            return end_instant(deemed_on)
        case OpinionSigned():
            return _signed_at(case)
        case OpinionServed() | Accepted():
            return case.served_at
        case _:
            return case.transferred_at


def _view(imported: Imported) -> dict[str, Any]:
    return {
        "key": imported.key,
        "known": imported.known,
        "refusal": imported.refusal,
        "position": imported.last_position,
    }
