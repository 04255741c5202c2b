"""The petitioner's own channel: receipt number and query code in headers, and never an office's terminal (P3)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from fastapi import Request

from chassis.http.caller import Caller, anyone, officer
from chassis.http.headers import header
from chassis.http.problems import Problem
from chassis.workplace import Workplace
from huiyin.intake.v1.events import CaseReceived
from intake.domain.case import case_decider
from intake.domain.receipt import query_code

RECEIPT_NUMBER = b"huiyin-receipt-number"
QUERY_CODE = b"huiyin-query-code"


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says that a case is their own; `prove` finds out."""

    caller: Caller
    receipt_number: str
    query_code: str = field(repr=False)


async def claim(request: Request) -> Claim:
    """Number and code of the receipt. Raises a 401 problem where either is missing."""
    claimed = _claimed(request, await anyone(request))
    if claimed is None:
        raise Problem(
            401,
            "query-code-missing",
            "请在请求头 Huiyin-Receipt-Number 与 Huiyin-Query-Code 中写明信访编号和查询码。",
            "Say receipt number and query code in the headers Huiyin-Receipt-Number and Huiyin-Query-Code.",
        )
    return claimed


async def own_claim(request: Request) -> Claim:
    """As `claim`, from no office: what only the petitioner may do is not done at an office's terminal."""
    claimed = await claim(request)
    if claimed.caller.actor.unit_id:
        raise Problem(
            403,
            "own-channel",
            "须由信访人本人渠道办理，不得在机关终端代办。",
            "Only the petitioner may do this, by its own channel; an office may not.",
        )
    return claimed


async def petitioner_or_officer(request: Request) -> Claim | Caller:
    """The petitioner where number and code are given by no office, otherwise an officer."""
    caller = await anyone(request)
    if caller.actor.unit_id:
        return caller
    return _claimed(request, caller) or await officer(request)


def _claimed(request: Request, caller: Caller) -> Claim | None:
    number, code = header(request.scope, RECEIPT_NUMBER), header(request.scope, QUERY_CODE)
    return Claim(caller, number, code) if number and code else None


async def prove(workplace: Workplace, case_id: str, claimed: Claim) -> CaseReceived:
    """The receipt that number and code prove. One problem for every mismatch, so that nothing is told."""
    loaded = await workplace.repository.load(case_decider, f"intake-case-{case_id}")
    received = loaded.state.received
    number = received.receipt_number if received else ""
    code = query_code(workplace.keys["receipt"], case_id)
    fits = hmac.compare_digest(number.encode(), claimed.receipt_number.encode())
    fits &= hmac.compare_digest(code.encode(), claimed.query_code.encode())
    if received is None or not fits:
        raise Problem(
            403,
            "query-code",
            "信访编号或查询码不符。",
            "Receipt number and query code do not fit: both are on the receipt.",
        )
    return received
