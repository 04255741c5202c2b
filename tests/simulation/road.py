"""The straight road of a case: eight commands, from its receipt to its closing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.common.v1.types import Channel, Sealed
from huiyin.intake.v1.events import Category
from huiyin.revisit.v1.events import Answer, Reach
from huiyin.routing.v1.events import Outcome
from intake.domain import case as intake
from intake.domain.receipt import receipt_number, register
from ledger.decider import Decider
from revisit.domain import case as revisit
from routing.domain import case as routing
from statute.in_force import shipped_statute

STATUTE = shipped_statute("cn")
OFFICE = "yunling-petitions"
HOUSING = "yunling-housing"
ORGAN = "YL01"
REGISTER = register(ORGAN, 2025)
_YES = Answer.YES


@dataclass(frozen=True, slots=True)
class Step:
    """One command, and who takes it."""

    name: str
    service: str
    decider: Decider[Any, Any, Any]
    unit_id: str
    command: Callable[[str, datetime, int], Any]
    """(case, time, serial) -> the command."""
    numbered: bool = False

    def stream(self, case_id: str) -> str:
        """Where it is recorded."""
        return f"{self.service}-case-{case_id}"


def case_name(number: int) -> str:
    """The id of the n-th case."""
    return f"0198b5e4-0000-7000-8000-{number:012d}"


def _sealed(case_id: str, item: str) -> Sealed:
    return Sealed(ref=f"{case_id}/{item}/1", algorithm="sha256-salted-v1", commitment=bytes(32))


def _receive(case_id: str, at: datetime, serial: int) -> Any:
    return intake.ReceiveCase(
        at=at,
        case_id=case_id,
        receipt_number=receipt_number(ORGAN, 2025, serial),
        received_at=at,
        channel=Channel.WEB,
        first_receiver_unit_id=OFFICE,
        petitioner=_sealed(case_id, "petitioner"),
        petition=_sealed(case_id, "petition"),
        statute=STATUTE,
    )


def _classify(_case_id: str, at: datetime, _serial: int) -> Any:
    return intake.ClassifyCase(
        at=at, by_unit_id=OFFICE, category=Category.CLAIM, subject="城乡建设", competent_unit_id=HOUSING
    )


def _transfer(_case_id: str, at: datetime, _serial: int) -> Any:
    return routing.TransferCase(
        at=at, by_unit_id=OFFICE, to_unit_id=HOUSING, to_unit_known=True, statute=STATUTE
    )


def _serve(case_id: str, at: datetime, _serial: int) -> Any:
    opinion = _sealed(case_id, "opinion")
    return routing.ServeOpinion(
        at=at, by_unit_id=HOUSING, outcome=Outcome.SUPPORTED, opinion=opinion, statute=STATUTE
    )


def _call_back(_case_id: str, at: datetime, _serial: int) -> Any:
    return revisit.RecordCallBack(
        at=at, by_unit_id=OFFICE, reach=Reach.REACHED,
        contacted=_YES, reply_received=_YES, promise_kept=_YES, satisfied=_YES,
    )  # fmt: skip


ROAD: Sequence[Step] = (
    Step("receive", "intake", intake.case_decider, OFFICE, _receive, numbered=True),
    Step(
        "register",
        "intake",
        intake.case_decider,
        OFFICE,
        lambda _c, at, _n: intake.RegisterCase(at=at, by_unit_id=OFFICE),
    ),
    Step("classify", "intake", intake.case_decider, OFFICE, _classify),
    Step("transfer", "routing", routing.case_decider, OFFICE, _transfer),
    Step(
        "accept",
        "routing",
        routing.case_decider,
        HOUSING,
        lambda _c, at, _n: routing.AcceptCase(at=at, by_unit_id=HOUSING, statute=STATUTE),
    ),
    Step("serve", "routing", routing.case_decider, HOUSING, _serve),
    Step("call back", "revisit", revisit.case_decider, OFFICE, _call_back),
    Step(
        "close",
        "revisit",
        revisit.case_decider,
        OFFICE,
        lambda _c, at, _n: revisit.CloseCase(at=at, by_unit_id=OFFICE, statute=STATUTE),
    ),
)
