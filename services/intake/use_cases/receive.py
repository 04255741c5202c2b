"""Receiving a petition: sealed first, then recorded with its number; only then is it acknowledged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.clock import SHANGHAI
from chassis.directory import Unit
from chassis.http.caller import Caller
from chassis.http.problems import Problem
from chassis.workplace import Workplace
from huiyin.common.v1.types import Channel
from huiyin.ids import uuid7
from huiyin.intake.v1.events import CaseReceived
from intake.domain.case import case_decider
from intake.domain.filing import filing
from intake.domain.receipt import query_code, receipt_number, register
from intake.domain.receiving import ReceiveCase
from intake.use_cases.petition import PETITION, PETITIONER, REPRESENTATIVES, Petition

LEGAL_BASIS = "K1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the petitioner holds in hand."""

    case_id: str
    receipt_number: str
    query_code: str
    received_at: datetime
    recorded_at: datetime
    transfer_due_on: str
    key_in_due_on: str | None
    position: int
    hash: str


async def receive(
    workplace: Workplace,
    caller: Caller,
    petition: Petition,
    *,
    channel: Channel,
    receiver_unit_id: str,
    received_at: datetime | None,
    confidential: bool = False,
    external_number: str = "",
    petitioners: int = 1,
) -> Receipt:
    """Take a petition in. Raises Problem, Refusal or LedgerError; then nothing was received."""
    petition.check()
    representatives = len(petition.representatives)
    filing(  # Asked before anything is sealed: a sixth name must not even reach the vault (P6).
        channel=channel,
        confidential=confidential,
        external_number=external_number,
        petitioners=petitioners,
        representatives=representatives,
    )
    unit = await known_unit(workplace, receiver_unit_id)
    case_id = uuid7(workplace.clock.now())
    sealed = await workplace.vault.seal(case_id, petition.items(), at=workplace.clock.now())
    year = (received_at or workplace.clock.now()).astimezone(SHANGHAI).year
    serials = register(unit.organ_code, year)
    context = workplace.context(caller, case_id=case_id, division=unit.division)
    context = replace(
        context,
        occurred_at=received_at,
        legal_basis=lambda event: event.transfer_deadline.rule,
    )
    result = await workplace.repository.execute_numbered(
        case_decider,
        f"intake-case-{case_id}",
        [serials],
        lambda at, numbers: ReceiveCase(
            at=at,
            case_id=case_id,
            receipt_number=receipt_number(unit.organ_code, year, numbers[serials]),
            received_at=received_at or at,
            channel=channel,
            first_receiver_unit_id=unit.unit_id,
            petitioner=sealed.get(PETITIONER),
            petition=sealed[PETITION],
            statute=workplace.statute,
            confidential=confidential,
            external_number=external_number,
            petitioners=petitioners,
            representatives=sealed.get(REPRESENTATIVES),
            representative_count=representatives,
        ),
        context,
    )
    recorded = result.events[0]
    received = recorded.event
    assert isinstance(received, CaseReceived)
    return Receipt(
        case_id=received.case_id,
        receipt_number=received.receipt_number,
        query_code=query_code(workplace.keys["receipt"], received.case_id),
        received_at=recorded.envelope.occurred_at,
        recorded_at=recorded.envelope.recorded_at,
        transfer_due_on=received.transfer_deadline.due_on.isoformat(),
        key_in_due_on=received.key_in_deadline.due_on.isoformat() if received.key_in_deadline else None,
        position=recorded.position,
        hash=result.first_hash.hex(),
    )


async def known_unit(workplace: Workplace, unit_id: str) -> Unit:
    """The unit, or a 422 problem."""
    unit = await workplace.directory.get(unit_id)
    if unit is None:
        raise Problem(
            422, "unknown-unit", f"单位目录中没有 {unit_id}。", f"The directory has no unit {unit_id}."
        )
    return unit
