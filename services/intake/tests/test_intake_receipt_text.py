"""The printed receipt: what a petitioner holds in hand, Chinese first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from huiyin.common.v1.types import Channel
from huiyin.intake.v1.events import CaseReceived
from intake.domain.receipt_text import ReceiptFacts, key_in_gap_days, receipt_text
from intake.tests.intake_example import AT, NEW, RECEIVE


def facts(**other: object) -> ReceiptFacts:
    (received,) = NEW.when(replace(RECEIVE, **other))  # type: ignore[arg-type]
    assert isinstance(received, CaseReceived)
    return ReceiptFacts(
        received=received,
        unit="云岭区信访局",
        received_at=AT,
        recorded_at=AT,
        oral_record="not_oral",
        query_code="ABCDEFGHIJKLMNOP",
        position=17,
        hash="00ff",
    )


def test_the_receipt_says_number_code_unit_times_and_until_when_it_is_passed_on() -> None:
    text = receipt_text(facts())
    chinese, english = text.split("\n\nRECEIPT\n")
    for words in (
        "信访编号：YL01-2025-000001-X",
        "ABCDEFGHIJKLMNOP",
        "收件单位：云岭区信访局",
        "收件渠道：网上",
        "收件时间：2025-08-18 09:30",
        "转送期限：2025-09-02",
        "存证：intake:17 00ff",
        "不收取任何费用",
    ):
        assert words in chinese
    assert "Number YL01-2025-000001-X, received by 云岭区信访局 by the web on 2025-08-18 09:30" in english


def test_the_days_between_arrival_and_key_in_are_printed() -> None:
    late = replace(facts(channel=Channel.LETTER), recorded_at=AT + timedelta(days=3))
    assert "收件至录入相隔 3 日" in receipt_text(late)
    assert "相隔" not in receipt_text(facts())


def test_a_gap_is_counted_in_days_of_the_calendar() -> None:
    evening = AT + timedelta(hours=14)  # 23:30 in Shanghai.
    assert key_in_gap_days(evening, evening + timedelta(hours=1)) == 1
    assert key_in_gap_days(evening, evening + timedelta(minutes=29)) == 0


@pytest.mark.parametrize(
    ("standing", "zh", "en"),
    [
        ("confirmed", "经您核对确认", "you confirmed it"),
        ("unconfirmed", "尚未经您核对确认", "not been confirmed"),
    ],
)
def test_an_oral_record_says_whether_it_was_confirmed(standing: str, zh: str, en: str) -> None:
    text = receipt_text(replace(facts(channel=Channel.VISIT), oral_record=standing))
    assert zh in text
    assert en in text


def test_a_joint_petition_and_a_work_order_are_named_by_number_alone() -> None:
    text = receipt_text(facts(petitioners=300, representative_count=5, external_number="12345-7"))
    assert "信访人数：300 人（代表 5 人）" in text
    assert "外部编号：12345-7" in text


@pytest.mark.parametrize("channel", [each for each in Channel if each is not Channel.UNSPECIFIED])
def test_every_channel_has_a_word(channel: Channel) -> None:
    assert "其他" not in receipt_text(facts(channel=channel))


def test_the_query_code_is_not_shown_by_accident() -> None:
    assert "ABCDEFGH" not in repr(facts())
