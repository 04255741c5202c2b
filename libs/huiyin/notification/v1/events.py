"""The contract huiyin.notification.v1. Generated from huiyin/notification/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TypeAlias

from huiyin.quick import quick

__all__ = ["NoticeDelivered", "NoticeKind", "NoticePrepared", "NoticeUndeliverable", "NotificationCaseEvent"]


class NoticeKind(IntEnum):
    """What a notice is about."""

    UNSPECIFIED = 0
    # 收件回执
    RECEIPT = 1
    # 受理告知书
    ACCEPTANCE = 2
    # 视为受理告知
    DEEMED_ACCEPTANCE = 3
    # 信访处理意见书
    OPINION = 4
    # 办结告知
    CLOSING = 5

    @classmethod
    def _missing_(cls, value: object) -> NoticeKind:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePrepared:
    """A notice is owed to the petitioner. Recorded once for each cause, before anything is opened or sent; it is also the record that the name and contact are disclosed to the sender."""

    case_id: str
    # <kind>-<cause service>-<cause position>: one notice, whatever is replayed.
    notice_key: str
    kind: NoticeKind
    # Template and version: receipt@1.
    template: str
    # What the sender opens for it: who the petitioner is, then the text of the opinion if there is one.
    disclosed_refs: tuple[str, ...] = ()
    receipt_number: str
    # The unit whose act is told: received, accepted, answered, closed.
    unit_id: str
    # The date of that act: received, accepted, deemed accepted, served, closed.
    happened_on: date
    # The clock that the act started (K1, K5) and the last day of its period, as the causing event has them.
    clock: str | None = None
    due_on: date | None = None
    provisional: bool
    # What came of it, in the word of the causing event: SUPPORTED, CONFIRMED ...; empty where nothing is decided.
    finding: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDelivered:
    """The notice was handed over, with the proof of it."""

    case_id: str
    notice_key: str
    # How: maildir, mail, paper ...
    means: str
    # SHA-256 of what was handed over.
    document_sha256: bytes


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeUndeliverable:
    """There is nobody to send it to: the petition came without name or address, or what was kept of it is erased."""

    case_id: str
    notice_key: str
    kind: NoticeKind
    # anonymous, petitioner-not-on-record, content-erased.
    reason: str


NotificationCaseEvent: TypeAlias = NoticePrepared | NoticeDelivered | NoticeUndeliverable
"""Every event of a case as notification sees it."""
