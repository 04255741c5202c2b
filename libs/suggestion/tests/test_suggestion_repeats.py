"""Repeats: by the matter, never by the person; nothing readable is kept; erased with the case."""

import pytest

from suggestion.fingerprint import KEPT, Fingerprint, Marker, Reading, plain
from suggestion.passages import passages
from suggestion.repeats import Proposal, Relation, RepeatIndex

KEY = b"a key of an office, 32 bytes long"
PUMP = "我们小区的二次供水泵房从上个月起每天夜里停水，六楼以上的住户做不了饭，物业说要等配件，恳请尽快修好。"
BUS = "十二路公交车改线以后不再经过人民医院，老人看病要换两趟车，希望恢复原来的站点，或者加开一趟区间车。"
SCHOOL = (
    "实验小学门口没有斑马线，早晚接送孩子的车很多，已经发生过两次刮擦，请交警部门在上下学时段安排人员疏导。"
)


def reading(body: str, title: str = "", *, leave_out: tuple[str, ...] = (), key: bytes = KEY) -> Reading:
    return Marker(key).read(title, body, leave_out=leave_out)


def stored(**bodies: str) -> RepeatIndex:
    index = RepeatIndex()
    for case_id, body in bodies.items():
        index.add(case_id, reading(body).fingerprint)
    return index


def find(index: RepeatIndex, body: str, *, is_open: bool = True) -> list[Proposal]:
    return index.find(reading(body), is_open=lambda _: is_open)


def test_the_identical_text_is_found_whatever_its_title_and_blanks() -> None:
    index = stored(pump=PUMP, bus=BUS, school=SCHOOL)
    found = index.find(reading(" " + PUMP.replace("，", " , ") + "\n", "另一个标题"), is_open=lambda _: True)
    assert [(each.case_id, each.identical, each.score) for each in found] == [("pump", True, 1.0)]


def test_every_identical_text_is_found_however_many_there_are() -> None:
    index = stored(**{f"c{n}": PUMP for n in range(12)}, bus=BUS)
    assert len(find(index, PUMP)) == 12


def test_a_reworded_text_is_the_same_case_while_that_is_open_and_an_earlier_one_after() -> None:
    index = stored(pump=PUMP, bus=BUS, school=SCHOOL)
    reworded = "尊敬的领导：" + PUMP.replace("恳请尽快修好", "请求领导督促物业") + "谢谢！"
    open_, closed = find(index, reworded, is_open=True)[0], find(index, reworded, is_open=False)[0]
    assert (open_.case_id, open_.relation, open_.identical) == ("pump", Relation.SAME_CASE, False)
    assert closed.relation is Relation.EARLIER_CASE


def test_the_same_matter_in_other_words_is_proposed_as_a_joint_matter() -> None:
    index = stored(pump=PUMP, bus=BUS, school=SCHOOL)
    found = find(
        index, "二次供水泵房又坏了，高层没有水用，孩子洗不了澡，六楼以上的住户意见很大，请问什么时候能恢复？"
    )
    assert [(each.case_id, each.relation) for each in found] == [("pump", Relation.JOINT_MATTER)]


def test_another_matter_is_not_proposed() -> None:
    assert find(stored(bus=BUS, school=SCHOOL), PUMP) == []
    assert find(RepeatIndex(), PUMP) == []


def test_the_reason_is_a_passage_of_the_new_text() -> None:
    (found,) = find(stored(pump=PUMP, bus=BUS), "您好。" + PUMP)[:1]
    assert found.passages[0] in plain(PUMP)
    assert len(found.passages[0]) > 10


def test_a_telephone_number_and_a_name_do_not_make_two_cases_alike() -> None:
    person = "反映人张某，住云岭区柳荫街道和顺路，电话14000000101。"
    told = ("反映人张某", "住云岭区柳荫街道和顺路", "电话")
    first = reading(BUS + person, leave_out=told).fingerprint
    second = reading(SCHOOL + person, leave_out=told).fingerprint
    assert first == reading(BUS).fingerprint
    assert set(first.marks) & set(second.marks) == (
        set(reading(BUS).fingerprint.marks) & set(reading(SCHOOL).fingerprint.marks)
    )


def test_short_bodies_are_alike_only_under_the_same_title() -> None:
    one, other = reading("见附件", "停水").fingerprint, reading("见附件", "公交").fingerprint
    assert one.whole != other.whole
    assert one.whole == reading("见附件。", "停水").fingerprint.whole


def test_an_erased_case_is_found_no_more_and_leaves_nothing() -> None:
    index = stored(pump=PUMP, bus=BUS)
    index.remove("pump")
    index.remove("pump")
    assert find(index, PUMP) == []
    assert len(index) == 1
    index.remove("bus")
    assert not index._holders
    assert not index._whole
    assert not any(index._prints)
    assert not any(index._cases)


def test_adding_a_case_twice_changes_nothing_and_a_new_text_replaces_the_old() -> None:
    index = stored(pump=PUMP)
    index.add("pump", reading(PUMP).fingerprint)
    assert len(find(index, PUMP)) == len(index) == 1
    index.add("pump", reading(BUS).fingerprint)
    assert find(index, PUMP) == []
    assert [each.case_id for each in find(index, BUS)] == ["pump"]


def test_a_case_is_not_proposed_to_itself() -> None:
    assert stored(pump=PUMP).find(reading(PUMP), is_open=lambda _: True, besides="pump") == []


def test_two_offices_keys_make_marks_that_cannot_be_compared() -> None:
    mine, theirs = reading(PUMP).fingerprint, reading(PUMP, key=KEY[::-1]).fingerprint
    assert mine.whole != theirs.whole
    assert len(set(mine.marks) & set(theirs.marks)) <= 1


def test_a_fingerprint_has_no_character_of_the_text_and_a_bounded_size() -> None:
    long = "".join(chr(0x4E00 + n) for n in range(3_000))
    raw = reading(long).fingerprint.to_bytes()
    assert len(raw) == 16 + 3 * KEPT
    assert not any(pair.encode() in reading(PUMP).fingerprint.to_bytes() for pair in ("二次", "供水", "泵房"))


def test_a_long_text_is_recognised_by_the_marks_that_both_keep() -> None:
    long = "".join(chr(0x4E00 + 7 * n % 5_000) for n in range(900))
    index = stored(long=long, bus=BUS)
    found = find(index, long[:850])
    assert [(each.case_id, each.relation) for each in found] == [("long", Relation.SAME_CASE)]
    assert found[0].score > 0.85


def test_a_part_of_a_long_text_gets_the_score_it_would_get_with_all_marks_kept() -> None:
    long = "".join(chr(0x4E00 + n) for n in range(900))
    (found,) = find(stored(long=long, bus=BUS), long[:300])
    assert found.score == pytest.approx((300 / 900) ** 0.5, abs=0.1)


def test_fingerprints_travel_as_bytes() -> None:
    fingerprint = reading(PUMP).fingerprint
    assert Fingerprint.from_bytes(fingerprint.to_bytes()) == fingerprint


@pytest.mark.parametrize("raw", [b"", b"x" * 15, b"x" * 17, b"x" * 22, b"x" * (16 + 3 * KEPT + 3)])
def test_bytes_that_are_no_fingerprint_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        Fingerprint.from_bytes(raw)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Marker(b"short")


def test_passages_are_the_longest_runs_of_shared_pairs() -> None:
    assert passages("停水了泵房停水", {"停水", "水了", "泵房", "房停"}) == ("泵房停水", "停水了")
    assert passages("", set()) == ()
