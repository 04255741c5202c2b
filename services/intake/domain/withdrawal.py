"""Withdrawal: by the petitioner alone, a second time after a day (domain.md §2, 21); and P3, a word to the upper organ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import (
    CaseWithdrawn,
    IntakeCaseEvent,
    SealedReportReceived,
    WithdrawalChannel,
    WithdrawalRequested,
)
from intake.domain import refusals_withdrawal as rules
from intake.domain.standing import received, still_open
from intake.domain.state import Case

REFLECTION = timedelta(hours=24)
"""Between asking and confirming [D]: whoever was pressed is alone again by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithdrawal:
    """Ask that the petition be withdrawn. `by_unit_id` is empty where the petitioner asks by its own channel."""

    at: datetime
    channel: WithdrawalChannel
    by_unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmWithdrawal:
    """The petitioner, who proved itself with its query code, confirms. No office can."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPressure:
    """The petitioner tells the organ above that it was pressed or punished (P3)."""

    at: datetime
    report: Sealed
    to_unit_id: str


def request(case: Case, command: RequestWithdrawal) -> Sequence[IntakeCaseEvent]:
    """It is noted by whom it was asked for, and nothing follows from it by itself."""
    receipt = received(case)
    if case.sorting.withdrawal is not None or isinstance(case.sorting.ended, CaseWithdrawn):
        return []
    still_open(case)
    return [
        WithdrawalRequested(
            case_id=receipt.case_id,
            channel=command.channel,
            unit_id=command.by_unit_id,
            confirm_from_at=command.at + REFLECTION,
        )
    ]


def confirm(case: Case, command: ConfirmWithdrawal) -> Sequence[IntakeCaseEvent]:
    """The petition is withdrawn; what happened until now stays."""
    receipt = received(case)
    if isinstance(case.sorting.ended, CaseWithdrawn):
        return []
    still_open(case)
    asked = case.sorting.withdrawal
    if asked is None:
        raise rules.WithdrawalNotAskedFor()
    if command.at < asked.confirm_from_at:
        raise rules.WithdrawalTooSoon(asked.confirm_from_at)
    return [CaseWithdrawn(case_id=receipt.case_id, requested_by_channel=asked.channel)]


def report_pressure(case: Case, command: ReportPressure) -> Sequence[IntakeCaseEvent]:
    """Sealed for the organ above, whatever became of the case; what was asked under pressure is asked no longer."""
    receipt = received(case)
    if command.report.ref in case.sorting.reports:
        return []
    return [
        SealedReportReceived(case_id=receipt.case_id, report=command.report, to_unit_id=command.to_unit_id)
    ]
