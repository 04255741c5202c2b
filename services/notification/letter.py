"""The wording of a notice: a template, and what goes into it. Chinese first, English second.

The text is a function of the recorded notice, of what the vault holds, of the directory (a unit once founded keeps
its name) and of the receipt key; so a second try writes the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from string import Template
from typing import Final

from huiyin.notification.v1.events import NoticeKind, NoticePrepared
from notification.petitioner import Petitioner

FOLDER = Path(__file__).parent / "templates"

TITLES: Final = {
    NoticeKind.RECEIPT: "收件回执",
    NoticeKind.ACCEPTANCE: "受理告知书",
    NoticeKind.DEEMED_ACCEPTANCE: "视为受理告知",
    NoticeKind.OPINION: "信访处理意见书",
    NoticeKind.CLOSING: "办结告知",
}
_FINDINGS: Final = {
    "SUPPORTED": ("诉求合理，予以支持", "supported"),
    "PARTLY_SUPPORTED": ("诉求部分合理，部分予以支持", "supported in part"),
    "EXPLAINED": ("诉求合理但缺乏依据，作出解释说明", "reasonable, but without a legal basis: explained"),
    "NOT_SUPPORTED": ("诉求不予支持", "not supported"),
    "CONFIRMED": ("经回访，您已确认收到答复", "you confirmed in a call-back that the reply arrived"),
    "REVIEW_PERIOD_ENDED": (
        "申请复查的期限已经届满",
        "the period for asking a review has ended",
    ),
}
_UNCODED: Final = ("详见正文", "see the text")


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that is not in the recorded notice. The personal parts are not shown by `repr`."""

    petitioner: Petitioner = field(repr=False)
    unit_name: str
    query_code: str = field(repr=False)
    opinion: str = field(repr=False, default="")


def write(notice: NoticePrepared, letter: Letter) -> str:
    """The text of the notice, lines ended by a line feed. KeyError if its template is not known here."""
    zh, en = _FINDINGS.get(notice.finding, _UNCODED)
    return _template(notice.template).substitute(
        name=letter.petitioner.name,
        receipt_number=notice.receipt_number,
        unit=letter.unit_name,
        happened_on=notice.happened_on.isoformat(),
        due=_due(notice),
        due_on=_due_in_english(notice),
        query_code=letter.query_code,
        opinion=_clean(letter.opinion),
        finding_zh=zh,
        finding_en=en,
    )


def _due(notice: NoticePrepared) -> str:
    if notice.due_on is None:
        return ""
    doubt = "；该年度放假安排尚未公布，暂定" if notice.provisional else ""
    return f"{_iso(notice.due_on)}（当日24时止，北京时间；计时 {notice.clock}{doubt}）"


def _due_in_english(notice: NoticePrepared) -> str:
    if notice.due_on is None:
        return ""
    doubt = ", provisional: the holidays of that year are not published yet" if notice.provisional else ""
    return f"{_iso(notice.due_on)} (end of day, Asia/Shanghai; clock {notice.clock}{doubt})"


def _iso(day: date) -> str:
    return day.isoformat()


def _clean(text: str) -> str:
    """Lines as lines; no other control characters."""
    lines = ("".join(c for c in line if c.isprintable() or c == "\t").rstrip() for line in text.splitlines())
    return "\n".join(lines).strip("\n")


@cache
def _template(name: str) -> Template:
    """receipt@1 is templates/receipt.1.txt: a wording once used is never edited."""
    kind, _, version = name.partition("@")
    if not (kind.replace("_", "").isalpha() and version.isdecimal()):
        raise KeyError(f"{name} is not the name of a template")
    path = FOLDER / f"{kind}.{version}.txt"
    if not path.exists():
        raise KeyError(f"there is no template {name}: this program is older than the notice")
    return Template(path.read_text(encoding="utf-8"))
