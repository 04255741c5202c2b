"""What notification's lines tell about its intents: notices owed, and notices that will never be sent again."""

from __future__ import annotations

from typing import Any

from chassis.service import Recalled
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.notification.v1.events import NoticeDelivered, NoticePrepared, NoticeUndeliverable


def recall(recorded: RecordedEvent, event: Any) -> Recalled:
    """One that was prepared and not delivered is owed: the maildir knows whether it was handed over already."""
    match event:
        case NoticePrepared():
            return Recalled(due=(event.notice_key,))
        case NoticeDelivered() | NoticeUndeliverable():
            return Recalled(done=(event.notice_key,))
        case _:
            return Recalled()
