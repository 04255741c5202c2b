"""The rules that intake enforces, each as the fact that it was broken."""

from __future__ import annotations

from datetime import datetime

from ledger.refusal import Refusal


class UnknownCase(Refusal):
    """No such case here."""

    def __init__(self) -> None:
        super().__init__("lifecycle-1", "没有这件信访事项。", "There is no such case: check its number.")


class NotFirstReceiver(Refusal):
    """首接首办: the unit that received the case first registers and classifies it."""

    def __init__(self, first_receiver: str, unit: str) -> None:
        super().__init__(
            "C07",
            f"首接单位是 {first_receiver}，{unit} 不能登记或甄别。",
            f"{first_receiver} received the case first and answers for it; {unit} may not act for it.",
        )


class NotRegistered(Refusal):
    """Registered first, judged later."""

    def __init__(self, case_id: str) -> None:
        super().__init__(
            "lifecycle-3",
            "尚未登记，不能甄别；请先登记。",
            f"Case {case_id} is not registered yet: register it before it is classified.",
        )


class AlreadyClassified(Refusal):
    """A classification is corrected by an event of its own, not by saying something else."""

    def __init__(self, case_id: str) -> None:
        super().__init__(
            "lifecycle-3",
            "已经甄别，内容与此次不同；请走更正程序。",
            f"Case {case_id} was classified otherwise before: correct it instead of classifying it again.",
        )


class ReceiptInTheFuture(Refusal):
    """Nothing is received before it has arrived."""

    def __init__(self, received_at: datetime) -> None:
        super().__init__(
            "time-honest",
            f"收件时间 {received_at.isoformat()} 晚于现在。",
            "The time of receipt lies in the future: correct it.",
        )


class ReceiptBackdated(Refusal):
    """What arrives through the system was received when it arrived."""

    def __init__(self, channel: str) -> None:
        super().__init__(
            "time-honest",
            f"渠道 {channel} 的收件时间由系统记录，不能另填。",
            f"The system itself notes when a petition by {channel} arrived: leave received_at out.",
        )


class PurposeMissing(Refusal):
    """Whoever opens a petition says why (P14)."""

    def __init__(self) -> None:
        super().__init__("P14", "查阅须说明用途。", "Say for which purpose the petition is to be opened.")
