"""A petition and what is done about it, for the tests of intake."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from huiyin.common.v1.types import Channel, Sealed
from huiyin.intake.v1.events import Category, IntakeCaseEvent
from intake.domain.case import (
    Case,
    ClassifyCase,
    DiscloseContent,
    ImportCase,
    IntakeCommand,
    ReceiveCase,
    RegisterCase,
    case_decider,
)
from ledger.kit import Scenario
from statute.in_force import shipped_statute

CN = shipped_statute("cn")
AT = datetime(2025, 8, 18, 1, 30, tzinfo=UTC)  # A Monday, 9:30 in Shanghai.
CASE = "0198b5e4-0000-7000-8000-000000000001"
OFFICE = "yunling-petitions"
HOUSING = "yunling-housing"
SEALED = Sealed(ref=f"{CASE}/petition/1", algorithm="sha256-salted-v1", commitment=bytes(32))
WHO = Sealed(ref=f"{CASE}/petitioner/1", algorithm="sha256-salted-v1", commitment=bytes(32))

NEW: Scenario[Case, IntakeCommand, IntakeCaseEvent] = Scenario(case_decider)
LONG_AGO = AT - timedelta(days=400)

RECEIVE = ReceiveCase(
    at=AT,
    case_id=CASE,
    receipt_number="YL01-2025-000001-X",
    received_at=AT,
    channel=Channel.WEB,
    first_receiver_unit_id=OFFICE,
    petitioner=WHO,
    petition=SEALED,
    statute=CN,
)
REGISTER = RegisterCase(at=AT, by_unit_id=OFFICE)
CLASSIFY = ClassifyCase(
    at=AT, by_unit_id=OFFICE, category=Category.CLAIM, subject="城乡建设", competent_unit_id=HOUSING
)
DISCLOSE = DiscloseContent(at=AT, by_unit_id=OFFICE, items=("petition",), purpose="办理")
IMPORT = ImportCase(
    receive=replace(RECEIVE, received_at=LONG_AGO, imported=True), register=REGISTER, classify=CLASSIFY
)

RECEIVED = NEW.after(RECEIVE)
REGISTERED = RECEIVED.after(REGISTER)
CLASSIFIED = REGISTERED.after(CLASSIFY)


def receive(**other: Any) -> ReceiveCase:
    """The same petition, but for what is given."""
    return replace(RECEIVE, **other)
