"""The rules of withdrawal (domain.md §2, transition 21; P3)."""

from __future__ import annotations

from datetime import datetime

from ledger.refusal import Refusal
from statute.instants import SHANGHAI


class WithdrawalNotAskedFor(Refusal):
    """What nobody asked for, or was asked for under pressure, is not confirmed [D]."""

    def __init__(self) -> None:
        super().__init__(
            "withdrawal-not-asked-for",
            "没有待确认的撤回申请。",
            "No withdrawal waits to be confirmed: ask for it first.",
        )


class WithdrawalTooSoon(Refusal):
    """A withdrawal is confirmed a day later, so that nobody withdraws while somebody looks on (P3) [D]."""

    def __init__(self, confirm_from_at: datetime) -> None:
        instant = confirm_from_at.astimezone(SHANGHAI).isoformat(timespec="minutes")
        super().__init__(
            "withdrawal-too-soon",
            f"申请撤回满 24 小时（{instant}）后，由信访人本人确认。",
            f"The petitioner may confirm it 24 hours after it was asked for: from {instant}.",
        )
