"""The receipt as it is printed and handed over 收件回执. Pure: the same facts give the same words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from huiyin.common.v1.types import Channel
from huiyin.intake.v1.events import CaseReceived
from statute.instants import SHANGHAI, civil_date

_CHANNELS = {
    Channel.WEB: ("网上", "the web"),
    Channel.LETTER: ("来信", "letter"),
    Channel.VISIT: ("来访", "visit"),
    Channel.PHONE: ("来电", "telephone"),
    Channel.HOTLINE: ("热线", "hotline"),
    Channel.MAILBOX: ("领导信箱", "leader's mailbox"),
    Channel.FAX: ("传真", "fax"),
    Channel.VIDEO: ("视频", "video"),
}
_RECORDS = {
    "confirmed": (
        "笔录已向您宣读，经您核对确认。",
        "The record was read back to you and you confirmed it.",
    ),
    "unconfirmed": (
        "笔录尚未经您核对确认；您可以要求宣读并更正。这不影响登记和办理。",
        "The record has not been confirmed by you yet; you may have it read back and corrected. Your case goes on.",
    ),
}


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What is printed. `unit` is the name of the first receiver."""

    received: CaseReceived
    unit: str
    received_at: datetime
    recorded_at: datetime
    oral_record: str
    query_code: str = field(repr=False)
    position: int
    hash: str


def receipt_text(facts: ReceiptFacts) -> str:
    """Chinese first, then English; lines ended by a line feed. No name, no contact and nothing of the petition."""
    return "\n".join([*_chinese(facts), "", *_english(facts), ""])


def key_in_gap_days(received_at: datetime, recorded_at: datetime) -> int:
    """Days of the calendar between arrival and key-in."""
    return (civil_date(recorded_at) - civil_date(received_at)).days


def _chinese(facts: ReceiptFacts) -> list[str]:
    received = facts.received
    lines = [
        "收 件 回 执",
        "",
        f"信访编号：{received.receipt_number}",
        f"查 询 码：{facts.query_code}（请妥善保管，不要交给他人）",
        f"收件单位：{facts.unit}",
        f"收件渠道：{_CHANNELS.get(received.channel, ('其他', 'other'))[0]}",
        f"收件时间：{_minute(facts.received_at)}",
        f"录入时间：{_minute(facts.recorded_at)}",
        f"转送期限：{received.transfer_deadline.due_on.isoformat()}（当日24时止，北京时间）",
    ]
    if gap := key_in_gap_days(facts.received_at, facts.recorded_at):
        lines.append(f"收件至录入相隔 {gap} 日；各项期限自收件之日起算。")
    if received.filing is not None and received.filing.petitioners > 1:
        lines.append(
            f"信访人数：{received.filing.petitioners} 人（代表 {received.filing.representatives} 人）"
        )
    if received.filing is not None and received.filing.external_number:
        lines.append(f"外部编号：{received.filing.external_number}")
    if facts.oral_record in _RECORDS:
        lines.append(_RECORDS[facts.oral_record][0])
    lines += [
        f"存证：intake:{facts.position} {facts.hash}",
        "",
        "接下来：收件单位在上述期限内甄别并转送有权处理的机关，并告知您去向。办理信访事项不收取任何费用。",
    ]
    return lines


def _english(facts: ReceiptFacts) -> list[str]:
    received = facts.received
    lines = [
        "RECEIPT",
        f"Number {received.receipt_number}, received by {facts.unit} by "
        f"{_CHANNELS.get(received.channel, ('其他', 'other'))[1]} on {_minute(facts.received_at)}, "
        f"keyed in on {_minute(facts.recorded_at)}.",
        f"It will be passed to the competent office by {received.transfer_deadline.due_on.isoformat()} "
        "(end of day, Asia/Shanghai), and you will be told where it went. There are no fees.",
    ]
    if facts.oral_record in _RECORDS:
        lines.append(_RECORDS[facts.oral_record][1])
    lines.append("With number and query code you can look your case up. Keep the code to yourself.")
    return lines


def _minute(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
