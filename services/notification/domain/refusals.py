"""The rules that notification enforces, each as the fact that it was broken."""

from __future__ import annotations

from ledger.refusal import Refusal


class UnknownNotice(Refusal):
    """Only what was prepared is handed over."""

    def __init__(self, notice_key: str) -> None:
        super().__init__(
            "notice-once",
            f"没有待发的通知 {notice_key}。",
            f"No notice {notice_key} was prepared in this case: check its key.",
        )


class DeliveredOtherwise(Refusal):
    """A notice is handed over once; what was handed over does not change."""

    def __init__(self, notice_key: str) -> None:
        super().__init__(
            "notice-once",
            f"通知 {notice_key} 已经送达，送达的内容不同。",
            f"Notice {notice_key} was delivered already, with another content.",
        )


class NoticeIsUndeliverable(Refusal):
    """There is nobody to whom it could have been handed."""

    def __init__(self, notice_key: str) -> None:
        super().__init__(
            "notice-once",
            f"通知 {notice_key} 已记录为无法送达。",
            f"Notice {notice_key} is on record as undeliverable.",
        )
