"""The record of an oral petition is read back and confirmed (信访工作条例 第十九条 [K]; 2005 条例 第十七条 [T05]).

Without confirmation the case is registered all the same (P2); it is shown as unconfirmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.common.v1.types import Channel, Sealed
from huiyin.intake.v1.events import CaseReceived, OralRecordConfirmed
from intake.domain import refusals
from intake.domain import refusals_reception as own

ORAL = frozenset({Channel.VISIT, Channel.PHONE, Channel.VIDEO})
"""Channels by which somebody speaks to the receiving unit itself. A hotline hands over a written work order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOralRecord:
    """The record was read back and the petitioner confirmed it, with corrections or without."""

    at: datetime
    by_unit_id: str
    corrections: Sealed | None = None


def confirm(
    received: CaseReceived, confirmed: OralRecordConfirmed | None, command: ConfirmOralRecord
) -> Sequence[OralRecordConfirmed]:
    """The first receiver wrote it down, so it reads it back; once."""
    if command.by_unit_id != received.first_receiver_unit_id:
        raise refusals.NotFirstReceiver(received.first_receiver_unit_id, command.by_unit_id)
    if received.channel not in ORAL:
        raise own.NotOral(received.channel.name)
    if confirmed is not None:
        if confirmed.corrections == command.corrections:
            return []
        raise own.OralRecordSettled()
    return [
        OralRecordConfirmed(
            case_id=received.case_id,
            unit_id=command.by_unit_id,
            record=received.petition,
            corrections=command.corrections,
        )
    ]


def standing(received: CaseReceived, confirmed: OralRecordConfirmed | None) -> str:
    """Where the record stands: not_oral, unconfirmed or confirmed."""
    if received.channel not in ORAL:
        return "not_oral"
    return "unconfirmed" if confirmed is None else "confirmed"
