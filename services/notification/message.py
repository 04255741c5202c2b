"""A notice as an Internet message (RFC 5322), ready for a maildir."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from zoneinfo import ZoneInfo

from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.notification.v1.events import NoticePrepared
from notification.letter import TITLES
from notification.petitioner import Petitioner

DOMAIN: Final = "notification.huiyin.invalid"
"""No such domain can exist (RFC 2606): whoever sends the message puts real addresses in its place."""

MAX_LINE_OCTETS: Final = 998
"""RFC 5322 §2.1.1, without the line's end. Longer lines go in base64."""

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def file_name(notice_key: str) -> str:
    """The name in the maildir: one for each notice, for ever."""
    return f"{notice_key}.huiyin"


def message(
    notice: NoticePrepared, recorded: RecordedEvent, position: int, petitioner: Petitioner, text: str
) -> bytes:
    """The message. Equal arguments give equal bytes, whenever it is made."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("回音 Huiyin", "notices", DOMAIN)
    mail["To"] = Address(petitioner.name, "petitioner", DOMAIN)
    mail["Subject"] = f"{TITLES[notice.kind]} {notice.receipt_number}"
    mail["Date"] = _shown(recorded.recorded_at)
    mail["Message-ID"] = f"<{notice.notice_key}@{DOMAIN}>"
    mail["X-Huiyin-Notice"] = notice.notice_key
    mail["X-Huiyin-Case"] = notice.case_id
    mail["X-Huiyin-Template"] = notice.template
    if recorded.caused_by is not None:
        mail["X-Huiyin-Cause"] = f"{recorded.caused_by.service}:{recorded.caused_by.position}"
    mail["X-Huiyin-Disclosure"] = f"notification:{position}"
    mail["X-Huiyin-Trace"] = recorded.traceparent
    if petitioner.contact:
        mail["X-Huiyin-Contact"] = petitioner.contact
    longest = max(len(line.encode()) for line in text.splitlines())
    mail.set_content(text, charset="utf-8", cte="8bit" if longest <= MAX_LINE_OCTETS else "base64")
    return mail.as_bytes()


def _shown(instant: datetime) -> datetime:
    return instant.astimezone(_SHANGHAI).replace(microsecond=0)
