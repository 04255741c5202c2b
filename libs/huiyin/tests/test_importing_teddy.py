"""What the mapping `teddy-replies` makes of a row."""

from datetime import UTC, date, datetime

import pytest

from huiyin.importing import teddy
from huiyin.importing.facts import Facts, Rejected
from huiyin.importing.teddy import SHANGHAI, TeddyReplies

NOW = datetime(2025, 8, 18, tzinfo=UTC)
RULE = TeddyReplies()
ROW = {
    "id": "m-1",
    "user": "李某某",
    "time": "2019-03-01 09:00:00",
    "region": "云岭区",
    "title": "路灯不亮",
    "body": "小区门口的路灯坏了三个月。",
    "reply": "已经修复。",
    "reply_time": "2019-03-11 10:00:00",
    "reply_sign_date": "2019-03-10",
}


def read(**changes: str) -> Facts | Rejected:
    return RULE.facts(7, {**ROW, **changes}, NOW)


def taken(**changes: str) -> Facts:
    facts = read(**changes)
    assert isinstance(facts, Facts), facts
    return facts


def test_a_row_is_received_at_its_time_and_served_at_its_reply_time() -> None:
    facts = taken()
    assert facts.received_at == datetime(2019, 3, 1, 9, tzinfo=SHANGHAI)
    assert facts.served_at == datetime(2019, 3, 11, 10, tzinfo=SHANGHAI)
    assert facts.signed_on == date(2019, 3, 10)
    assert (facts.number, facts.unit.name, facts.notes) == (7, "云岭区", ())


def test_the_same_row_is_the_same_case_and_the_same_region_the_same_unit() -> None:
    assert taken().case_id == taken(title="另一标题").case_id != taken(id="m-2").case_id
    assert taken().unit == taken(id="m-2").unit != taken(region="").unit
    assert taken(region=" ").unit.name == "未填"


def test_a_row_without_a_reply_is_an_open_case() -> None:
    facts = taken(reply="", reply_time="", reply_sign_date="")
    assert (facts.served_at, facts.opinion, facts.notes) == (None, "", ())


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"reply_sign_date": "2019-02-30"}, teddy.SIGN_DATE_IMPOSSIBLE),
        ({"reply_sign_date": "三月"}, teddy.SIGN_DATE_IMPOSSIBLE),
        ({"reply_sign_date": "2019-02-28"}, teddy.SIGN_DATE_OUTSIDE),
        ({"reply_sign_date": "2019-03-12"}, teddy.SIGN_DATE_OUTSIDE),
        ({"reply": "", "reply_time": ""}, teddy.SIGN_DATE_WITHOUT_REPLY),
    ],
)
def test_a_doubtful_sign_date_is_left_out_and_noted(changes: dict[str, str], note: str) -> None:
    facts = taken(**changes)
    assert (facts.signed_on, facts.notes) == (None, (note,))


@pytest.mark.parametrize("day", ["2019-03-01", "2019-03-11"])
def test_a_sign_date_on_the_day_of_the_message_or_of_the_reply_is_kept(day: str) -> None:
    assert taken(reply_sign_date=day).signed_on == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("changes", "note"),
    [({"reply_time": ""}, teddy.REPLY_WITHOUT_TIME), ({"reply": " "}, teddy.REPLY_WITHOUT_TEXT)],
)
def test_half_a_reply_is_left_out_and_noted(changes: dict[str, str], note: str) -> None:
    facts = taken(reply_sign_date="", **changes)
    assert (facts.served_at, facts.notes) == (None, (note,))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": " "}, "没有编号"),
        ({"id": "9" * 101}, "编号过长"),
        ({"time": ""}, "没有收到时间"),
        ({"time": "2019-02-30 09:00:00"}, "收到时间不是有效时间"),
        ({"time": "昨天"}, "收到时间不是有效时间"),
        ({"time": "2031-01-01 00:00:00"}, "收到时间晚于现在"),
        ({"reply_time": "2019-13-01 09:00:00"}, "答复时间不是有效时间"),
        ({"reply_time": "2019-02-28 09:00:00"}, "早于收到时间"),
        ({"reply_time": "2031-01-01 00:00:00"}, "答复时间晚于现在"),
        ({"title": "", "body": "\n"}, "标题和正文都是空的"),
        ({"body": "长" * 20_001}, "正文超过"),
        ({"reply": "长" * 20_001}, "答复超过"),
        ({"title": "长" * 201}, "标题超过"),
        ({"region": "长" * 101}, "地区超过"),
    ],
)
def test_what_cannot_be_taken_is_rejected_with_a_reason(changes: dict[str, str], words: str) -> None:
    rejected = read(**changes)
    assert isinstance(rejected, Rejected)
    assert words in rejected.reason
    assert rejected.number == 7


def test_every_note_has_its_meaning() -> None:
    names = {value for name, value in vars(teddy).items() if name.startswith(("SIGN_", "REPLY_"))}
    assert names == set(RULE.notes)
