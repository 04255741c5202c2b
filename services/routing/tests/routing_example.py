"""A case and what is done about it, for the tests of routing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from huiyin.common.v1.types import Sealed
from huiyin.routing.v1.events import Outcome, RoutingCaseEvent
from ledger.kit import Scenario
from routing.domain.case import (
    AcceptCase,
    Case,
    DeemAccepted,
    ImportHandling,
    RoutingCommand,
    ServeOpinion,
    SignOpinion,
    TransferCase,
    case_decider,
)
from routing.domain.queue import QueueCase
from statute.in_force import shipped_statute

CN = shipped_statute("cn")
CASE = "0198b5e4-0000-7000-8000-000000000001"
OFFICE = "yunling-petitions"
HOUSING = "yunling-housing"
SEALED = Sealed(ref=f"{CASE}/opinion/1", algorithm="sha256-salted-v1", commitment=bytes(32))
OTHER_SEALED = Sealed(ref=f"{CASE}/opinion/2", algorithm="sha256-salted-v1", commitment=bytes(range(32)))

NEW: Scenario[Case, RoutingCommand, RoutingCaseEvent] = Scenario(case_decider)


def noon(day: date) -> datetime:
    """Twelve o'clock in Shanghai."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


SENT_ON = date(2025, 9, 20)
"""A Saturday: its 15 days end on 2025-10-05, within the holidays, and roll to the 9th (domain.md §9, 5)."""

DUE_ON = date(2025, 10, 9)
QUEUE = QueueCase(
    at=noon(date(2025, 9, 19)),
    case_id=CASE,
    first_receiver_unit_id=OFFICE,
    competent_unit_id=HOUSING,
    receipt_number="YL01-2025-000001-X",
    received_on=date(2025, 9, 18),
)
TRANSFER = TransferCase(
    at=noon(SENT_ON), by_unit_id=OFFICE, to_unit_id=HOUSING, to_unit_known=True, statute=CN
)
QUEUED = NEW.after(QUEUE)
TRANSFERRED = QUEUED.after(TRANSFER)


def accept(on: date = date(2025, 9, 25), *, unit: str = HOUSING) -> AcceptCase:
    """Accepted on that day."""
    return AcceptCase(at=noon(on), by_unit_id=unit, statute=CN)


def deem(on: date) -> DeemAccepted:
    """Oversight found K3 missed, on that day."""
    return DeemAccepted(at=noon(on), statute=CN)


def sign(on: date, *, signed_on: date | None = None, unit: str = HOUSING) -> SignOpinion:
    """Signed, and entered on that day."""
    return SignOpinion(at=noon(on), by_unit_id=unit, signed_on=signed_on or on)


def serve(on: date, *, unit: str = HOUSING, opinion: Sealed = SEALED) -> ServeOpinion:
    """Served on that day."""
    return ServeOpinion(at=noon(on), by_unit_id=unit, outcome=Outcome.SUPPORTED, opinion=opinion, statute=CN)


def imported(*, signed: SignOpinion | None = None, served: ServeOpinion | None = None) -> ImportHandling:
    """The handling of a case elsewhere."""
    return ImportHandling(queue=QUEUE, transfer=TRANSFER, sign=signed, serve=served, statute=CN)
