"""What fields of the same name always mean; a .proto says more only where one differs."""

from __future__ import annotations

from enum import EnumMeta, IntEnum
from typing import get_type_hints

from huiyin.catalogue import EventEntry, FieldEntry
from huiyin.registry import ENCODERS

USUAL = {
    "anonymous": "Nobody was named who petitions.",
    "article": "Article of the law.",
    "case_id": "The case.",
    "category": "Of what nature the matter is.",
    "channel": "By which channel it came in.",
    "clock": "The clock: K1, K3, K5 …",
    "competent_unit_id": "The unit found competent to handle it.",
    "contacted": "Did the handler contact the petitioner?",
    "count": "How many events.",
    "days": "The length of the period.",
    "deemed_on": "From when the case counts as accepted: the due date of K3.",
    "due_on": "The last day of the period.",
    "effective_from_on": "From when it is in force.",
    "finding": "What does not fit.",
    "first_receiver_unit_id": "The unit that received the case first 首接单位.",
    "from_unit_id": "The unit that sent it.",
    "ground": "Why it may be closed.",
    "handler_unit_id": "The unit that handled the case.",
    "handling_deadline": "K5: until when the opinion must be served.",
    "holidays_on": "Weekdays that are days off.",
    "items": "Which parts were shown.",
    "jurisdiction": "Whose calendar it is.",
    "kind": "Of which kind it is.",
    "law": "The law it rests on.",
    "level": "Where the unit stands in the territory.",
    "makeup_workdays_on": "Saturdays and Sundays that are worked 调休.",
    "media_type": "What kind of file it is (RFC 2046): one of those that are taken.",
    "name": "The name of the unit.",
    "notice_key": "Which notice: its kind and what caused it.",
    "opinion": "The text of the opinion, in the vault.",
    "outcome": "What the opinion says.",
    "parent_unit_id": "The unit above it.",
    "position": "The position in the source's ledger.",
    "promise_kept": "Was what the opinion promised done?",
    "provisional": "The due date may still move: a calendar is not published yet.",
    "purpose": "Why it was opened.",
    "reach": "Whether the petitioner was reached.",
    "reason": "Why.",
    "receipt_number": "The number on the petitioner's receipt.",
    "received_on": "The civil date of receipt.",
    "reply_received": "Did the petitioner receive the opinion?",
    "roll_last_day": "Whether a last day off moves to the next working day.",
    "rule": "The rule and its version.",
    "rung": "Which step of the ladder.",
    "satisfied": "Is the petitioner satisfied?",
    "service": "The service concerned.",
    "signed_on": "The date of signature.",
    "source": "The service that recorded the event.",
    "start_on": "The day from which the period is counted; itself not counted.",
    "stopped_on": "The day on which the act was done.",
    "stream": "The stream concerned.",
    "to_unit_id": "The unit to which it goes.",
    "transfer_deadline": "K1: until when it must be transferred.",
    "unit_id": "The unit whose act or duty it is.",
    "urgent": "Whether it must be handled at once.",
    "verified_by": "How far it can be relied on.",
    "words": "What was noted.",
    "working_days": "Whether working days are counted.",
    "year": "The year of the calendar.",
}


def choices(entry: EventEntry, field: FieldEntry) -> str:
    """The values of a field that is an enum; empty for others."""
    kind = next(kind for kind, (name, _) in ENCODERS.items() if name == entry.type)
    hint = get_type_hints(kind)[field.name]
    if not (isinstance(hint, EnumMeta) and issubclass(hint, IntEnum)):
        return ""
    return "One of " + ", ".join(f"`{member.name.lower()}`" for member in list(hint)[1:]) + "."
