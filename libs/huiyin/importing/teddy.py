"""`teddy-replies`: messages to city and county leaders with the official reply (docs/import-rule.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from huiyin.importing import facts, reasons
from huiyin.importing.facts import Facts, Rejected, Unit
from huiyin.importing.reasons import Reason
from huiyin.importing.rows import MAX_NAMED, nameable

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNNAMED = "未填"

LIMITS = (
    ("title", 200, "标题", "title"),
    ("body", 20_000, "正文", "text"),
    ("reply", 20_000, "答复", "reply"),
    ("user", 200, "姓名", "name"),
    ("region", 100, "地区", "region"),
)
"""Characters, as the services accept them."""

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

SIGN_DATE_IMPOSSIBLE = "sign_date_impossible"
SIGN_DATE_OUTSIDE = "sign_date_outside"
SIGN_DATE_WITHOUT_REPLY = "sign_date_without_reply"
REPLY_WITHOUT_TIME = "reply_without_time"
REPLY_WITHOUT_TEXT = "reply_without_text"


class _Refuse(Exception):
    """Ends the reading of a row."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))


class TeddyReplies:
    """The mapping."""

    name = "teddy-replies"
    columns: Sequence[str] = (
        "id",
        "user",
        "time",
        "region",
        "title",
        "body",
        "reply",
        "reply_time",
        "reply_sign_date",
    )
    office: Unit = facts.unit(name, "网民留言受理（导入）")
    notes: Mapping[str, Reason] = {
        SIGN_DATE_IMPOSSIBLE: Reason(
            "落款日期无效，未记签发。", "Sign date impossible: no signing recorded."
        ),
        SIGN_DATE_OUTSIDE: Reason(
            "落款日期不在收到与答复之间，未记签发。",
            "Sign date not between message and reply: no signing recorded.",
        ),
        SIGN_DATE_WITHOUT_REPLY: Reason(
            "有落款日期而没有答复，未记签发。", "Signed but not answered: no signing recorded."
        ),
        REPLY_WITHOUT_TIME: Reason(
            "有答复而没有答复时间，未记答复。", "A reply without its time: no opinion recorded."
        ),
        REPLY_WITHOUT_TEXT: Reason(
            "有答复时间而没有答复，未记答复。", "A reply without a text: no opinion recorded."
        ),
    }

    def facts(self, number: int, values: Mapping[str, str], now: datetime) -> Facts | Rejected:
        """What a row says, or why it is not taken."""
        try:
            return self._facts(number, values, now)
        except _Refuse as refused:
            return Rejected(number, nameable(values["id"]), str(refused))

    def _facts(self, number: int, values: Mapping[str, str], now: datetime) -> Facts:
        row_id = _checked_id(values["id"])
        _check_texts(values)
        received_at = _instant(values["time"], now, "收到时间", "time of receipt")
        if received_at is None:
            raise _Refuse(reasons.NO_TIME)
        served_at, notes = _served(values, received_at, now)
        signed_on = _signed(values["reply_sign_date"].strip(), received_at, served_at, notes)
        return Facts(
            number=number,
            id=row_id,
            case_id=facts.case_id(self.name, row_id),
            received_at=received_at,
            unit=facts.unit(self.name, values["region"].strip() or UNNAMED),
            title=values["title"],
            text=values["body"],
            petitioner_name=values["user"].strip(),
            signed_on=signed_on,
            served_at=served_at,
            opinion=values["reply"] if served_at else "",
            notes=tuple(notes),
        )


def _checked_id(value: str) -> str:
    row_id = value.strip()
    if not row_id:
        raise _Refuse(reasons.NO_ID)
    if len(row_id) > MAX_NAMED:
        raise _Refuse(reasons.ID_TOO_LONG)
    return row_id


def _check_texts(values: Mapping[str, str]) -> None:
    for column, limit, zh, en in LIMITS:
        if len(values[column]) > limit:
            raise _Refuse(reasons.too_long(zh, en, limit))
    if not values["title"].strip() and not values["body"].strip():
        raise _Refuse(reasons.NO_CONTENT)


def _instant(text: str, now: datetime, zh: str, en: str) -> datetime | None:
    """A time of the file, which is Asia/Shanghai; None if there is none."""
    text = text.strip()
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text) if _TIME.fullmatch(text) else None
    except ValueError:
        instant = None
    if instant is None:
        raise _Refuse(reasons.impossible(zh, en))
    instant = instant.replace(tzinfo=SHANGHAI)
    if instant > now:
        raise _Refuse(reasons.future(zh, en))
    return instant


def _served(
    values: Mapping[str, str], received_at: datetime, now: datetime
) -> tuple[datetime | None, list[str]]:
    served_at = _instant(values["reply_time"], now, "答复时间", "time of the reply")
    replied = bool(values["reply"].strip())
    if served_at is None:
        return None, [REPLY_WITHOUT_TIME] if replied else []
    if served_at < received_at:
        raise _Refuse(reasons.before_receipt(received_at, served_at))
    return (served_at, []) if replied else (None, [REPLY_WITHOUT_TEXT])


def _signed(text: str, received_at: datetime, served_at: datetime | None, notes: list[str]) -> date | None:
    """The day of the signature, if it can be; otherwise a note."""
    if not text:
        return None
    if served_at is None:
        notes.append(SIGN_DATE_WITHOUT_REPLY)
        return None
    try:
        signed_on = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        signed_on = None
    if signed_on is None:
        notes.append(SIGN_DATE_IMPOSSIBLE)
    elif not received_at.date() <= signed_on <= served_at.date():
        notes.append(SIGN_DATE_OUTSIDE)
        return None
    return signed_on


MAPPINGS = {TeddyReplies.name: TeddyReplies()}
"""By the name that `--mapping` takes."""
