"""A case to be sorted, and the commands of sorting, for the tests of intake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from huiyin.common.v1.types import Channel, Sealed
from huiyin.intake.v1.events import (
    Category,
    NonAcceptanceGround,
    Route,
    SuggestionOutcome,
    WithdrawalChannel,
)
from intake.domain.accusation import SealAccusation
from intake.domain.corrections import CorrectRegistration, ReclassifyCase, VoidDuplicateRegistration
from intake.domain.non_acceptance import ConfirmNonAcceptance, DeclineNonAcceptance, ProposeNonAcceptance
from intake.domain.routing_out import RouteOut
from intake.domain.splitting import SplitCase
from intake.domain.suggestion import DecideSuggestion, StudySuggestion
from intake.domain.withdrawal import ConfirmWithdrawal, ReportPressure, RequestWithdrawal
from intake.tests.intake_example import AT, CASE, CLASSIFY, CN, HOUSING, OFFICE, REGISTERED

ONE, OTHER = "c1", "c2"
"""Two persons of the petition office."""
EARLIER = "0198b5e4-0000-7000-8000-0000000000ff"
COUNTY = "yunling-county"
NEXT_DAY = AT + timedelta(hours=24)


def sealed(item: str, n: int = 1) -> Sealed:
    """Something in the vault."""
    return Sealed(ref=f"{CASE}/sorting_{item}/{n}", algorithm="sha256-salted-v1", commitment=bytes(32))


LABOUR = replace(
    CLASSIFY,
    subject="S04",
    route=Route.ARBITRATION,
    legal_basis="R2022.31.2",
    by_ref=ONE,
)
ROUTE_OUT = RouteOut(
    at=AT,
    by_unit_id=OFFICE,
    by_ref=OTHER,
    organ_name="云岭区劳动人事争议仲裁委员会",
    legal_basis="R2022.31.2",
    organ_limit="一年（劳动争议调解仲裁法第二十七条）",
    notice=sealed("notice"),
)
PROPOSE = ProposeNonAcceptance(
    at=AT,
    by_unit_id=OFFICE,
    by_ref=ONE,
    ground=NonAcceptanceGround.DUPLICATE,
    earlier_case_id=EARLIER,
    earlier_unit_id=COUNTY,
    earlier_due_on=date(2025, 9, 1),
    facts_same=True,
    notice=sealed("notice"),
    below=True,
)
FINAL = replace(PROPOSE, ground=NonAcceptanceGround.FINAL_OPINION, earlier_due_on=None, below=False)
CONFIRM = ConfirmNonAcceptance(at=AT, by_unit_id=OFFICE, by_ref=OTHER, facts_same=True)
DECLINE = DeclineNonAcceptance(at=AT, by_unit_id=OFFICE, by_ref=OTHER, reason=sealed("reason"))
SPLIT = SplitCase(at=AT, by_unit_id=OFFICE, by_ref=ONE, part_case_ids=(f"{CASE}-1", f"{CASE}-2"))
ACCUSATION = replace(CLASSIFY, category=Category.ACCUSATION, by_ref=ONE)
SEAL = SealAccusation(
    at=AT,
    by_unit_id=OFFICE,
    upper=False,
    against_receiver=False,
    to_accused=False,
    receipt_hash=bytes(32),
    accused=sealed("accused"),
    statute=CN,
)
AT_TERMINAL = RequestWithdrawal(at=AT, channel=WithdrawalChannel.OFFICE_TERMINAL, by_unit_id=HOUSING)
AT_HOME = RequestWithdrawal(at=AT, channel=WithdrawalChannel.PETITIONER, by_unit_id="")
WITHDRAW = ConfirmWithdrawal(at=NEXT_DAY)
PRESSED = ReportPressure(at=AT, report=sealed("report"), to_unit_id=COUNTY)
CORRECT = CorrectRegistration(
    at=AT,
    by_unit_id=OFFICE,
    by_ref=ONE,
    channel=Channel.LETTER,
    received_on=date(2025, 8, 15),
    reason=sealed("reason"),
    statute=CN,
)
RECLASSIFY = ReclassifyCase(
    at=AT,
    by_unit_id=OFFICE,
    by_ref=ONE,
    category=Category.SUGGESTION,
    subject="城乡建设",
    competent_unit_id=HOUSING,
    reason=sealed("reason"),
)
VOID = VoidDuplicateRegistration(
    at=AT,
    by_unit_id=OFFICE,
    by_ref=ONE,
    kept_case_id=EARLIER,
    reason=sealed("reason"),
    kept_open=True,
    kept_received_on=date(2025, 8, 18),
)
SUGGESTED = replace(CLASSIFY, category=Category.SUGGESTION, by_ref=ONE)
STUDY = StudySuggestion(at=AT, by_unit_id=HOUSING, statute=CN)
ADOPT = DecideSuggestion(at=AT, by_unit_id=HOUSING, outcome=SuggestionOutcome.ADOPTED, reply=sealed("reply"))

CLAIM = REGISTERED.after(replace(CLASSIFY, by_ref=ONE))
EVERY = (
    ROUTE_OUT,
    PROPOSE,
    FINAL,
    CONFIRM,
    DECLINE,
    SPLIT,
    SEAL,
    AT_TERMINAL,
    AT_HOME,
    WITHDRAW,
    PRESSED,
    CORRECT,
    RECLASSIFY,
    VOID,
    STUDY,
    ADOPT,
)
"""One of each."""
