"""Why a row was not taken, or a step of it left out: for the clerk who has to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Chinese first, English second."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"


UNREADABLE = Reason("此行无法读取：引号不成对。", "The row cannot be read: a quotation mark is never closed.")
RECORD_TOO_LONG = Reason("此行过长，无法读取。", "The row is too long to be read.")
NOT_UTF8 = Reason("含有不是 UTF-8 的字节。", "It holds bytes that are no UTF-8.")
NUL = Reason("含有空字符（NUL）。", "It holds a NUL character.")
NO_ID = Reason("没有编号。", "It has no id.")
ID_TOO_LONG = Reason("编号过长。", "Its id is too long.")
DUPLICATE = Reason("编号与前面一行相同。", "A row before has the same id.")
NO_TIME = Reason("没有收到时间。", "It has no time of receipt.")
NO_CONTENT = Reason("标题和正文都是空的。", "It has neither a title nor a text.")


def columns(expected: int, found: int) -> Reason:
    """The wrong number of columns."""
    return Reason(f"应有 {expected} 列，实有 {found} 列。", f"It has {found} columns instead of {expected}.")


def impossible(zh: str, en: str) -> Reason:
    """A time that no calendar has, or that cannot be read. The value is not repeated: it may be anything."""
    return Reason(f"{zh}不是有效时间（应为 2019-04-24 15:07:30）。", f"The {en} is no possible time.")


def future(zh: str, en: str) -> Reason:
    """A time that has not come."""
    return Reason(f"{zh}晚于现在。", f"The {en} lies in the future.")


def before_receipt(received_at: datetime, served_at: datetime) -> Reason:
    """A reply before its message."""
    return Reason(
        f"答复时间（{served_at:%Y-%m-%d %H:%M}）早于收到时间（{received_at:%Y-%m-%d %H:%M}）。",
        "It was answered before it was received.",
    )


def too_long(zh: str, en: str, limit: int) -> Reason:
    """A text beyond what a petition or opinion may have."""
    return Reason(f"{zh}超过 {limit} 字。", f"The {en} has more than {limit} characters.")
