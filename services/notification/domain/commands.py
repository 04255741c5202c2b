"""What may be asked of the notices of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from huiyin.common.v1.types import Sealed
from huiyin.notification.v1.events import NoticeKind


def notice_key(kind: NoticeKind, service: str, position: int) -> str:
    """One notice for each cause, whatever is replayed: receipt-intake-12."""
    return f"{kind.name.lower()}-{service}-{position}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the notice tells, as the causing event has it. Nothing personal; see NoticePrepared for each field."""

    unit_id: str
    happened_on: date
    clock: str | None = None
    due_on: date | None = None
    provisional: bool = False
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareNotice:
    """A notice becomes due.

    `receipt_number` and `petitioner` are said with the RECEIPT (None: anonymous); later notices of the case
    go to the same petitioner. `refs` is what else the sender opens: the text of the opinion.
    """

    at: datetime
    case_id: str
    notice_key: str
    kind: NoticeKind
    template: str
    told: Told
    receipt_number: str | None = None
    petitioner: Sealed | None = None
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDelivery:
    """The notice was handed over; `document_sha256` is the SHA-256 of what was."""

    at: datetime
    notice_key: str
    means: str
    document_sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AbandonNotice:
    """The notice can never be written: what it needs was erased on purpose."""

    at: datetime
    notice_key: str
    reason: str


NotificationCommand: TypeAlias = PrepareNotice | RecordDelivery | AbandonNotice
