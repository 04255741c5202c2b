"""The demonstration's texts are presentable and invented, and its directory holds together."""

import re
from collections import Counter

from huiyin.demo.scenario import load

DEMO = load()
UNITS = {unit.key: unit for unit in DEMO.units}

SUBJECTS = {
    *("农村农业", "自然资源", "城乡建设", "劳动和社会保障", "卫生健康", "教育", "民政", "退役军人"),
    *("生态环境", "交通运输", "经济金融管理", "市场监管", "安全生产", "科技文体旅游", "政法", "组织人事"),
    *("纪检监察", "党务政务", "信息产业", "其他"),
}
THEMES = {"交房难", "办证难", "物业乱象", "金融平台逾期兑付", "网络数字平台诱导消费"}
CHANNELS = {"web", "letter", "visit", "phone", "hotline", "mailbox"}


# --- the texts


def test_there_are_enough_petitions_and_no_two_say_the_same() -> None:
    assert len(DEMO.petitions) >= 64
    for texts in (
        [petition.id for petition in DEMO.petitions],
        [petition.title for petition in DEMO.petitions],
        [petition.body for petition in DEMO.petitions],
        [petition.answer.body for petition in DEMO.petitions],
    ):
        assert len(set(texts)) == len(texts)


def test_texts_are_neither_too_short_nor_too_long() -> None:
    for petition in DEMO.petitions:
        assert len(petition.title) <= 20, petition.id
        assert 50 <= len(petition.body) <= 220, petition.id
        assert 60 <= len(petition.answer.body) <= 200, petition.id
        assert petition.signatories >= 1, petition.id


def test_texts_are_chinese_in_full_width_punctuation() -> None:
    for petition in DEMO.petitions:
        for text in (petition.title, petition.body, petition.answer.body):
            assert not re.search(r"[,;:?!()\s]", text), petition.id
            assert text.count("“") == text.count("”"), petition.id


def test_petitioners_are_called_by_a_surname_and_mou() -> None:
    names = [petition.petitioner.name for petition in DEMO.petitions if petition.petitioner]
    assert [name for name in names if not re.fullmatch(r"[\u4e00-\u9fff]某某?", name)] == []


def test_every_telephone_number_is_in_the_fictional_block() -> None:
    shipped = [petition.petitioner.phone for petition in DEMO.petitions if petition.petitioner]
    assert all(re.fullmatch(r"1400000\d{4}", phone) for phone in shipped)
    assert len(set(shipped)) == len(shipped)


def test_no_text_carries_a_long_number_that_could_be_somebodys() -> None:
    for petition in DEMO.petitions:
        address = petition.petitioner.address if petition.petitioner else ""
        for text in (petition.title, petition.body, petition.answer.body, address):
            assert not re.search(r"\d{4}|@", text), petition.id


def test_subjects_themes_channels_and_outcomes_are_varied_and_known() -> None:
    subjects = Counter(petition.subject for petition in DEMO.petitions)
    assert set(subjects) <= SUBJECTS
    assert len(subjects) >= 15
    assert {petition.theme for petition in DEMO.petitions} == THEMES | {None}
    assert {petition.channel for petition in DEMO.petitions} == CHANNELS
    assert {petition.category for petition in DEMO.petitions} == {"claim", "suggestion"}
    assert {p.answer.outcome for p in DEMO.petitions} == {"supported", "partly", "explained", "not_supported"}
    assert {petition.answer.promise for petition in DEMO.petitions} == {True, False}


def test_some_petitions_are_anonymous_and_some_are_joint() -> None:
    assert 1 <= sum(petition.petitioner is None for petition in DEMO.petitions) <= 10
    assert sum(petition.signatories >= 5 for petition in DEMO.petitions) >= 10


# --- the directory


def test_the_directory_is_one_tree_with_parents_before_children() -> None:
    seen: set[str] = set()
    for unit in DEMO.units:
        assert unit.key not in seen
        assert (unit.parent in seen) if unit.parent else not seen, unit.key
        seen.add(unit.key)


def test_parents_are_governments_and_levels_go_down_one_at_a_time() -> None:
    levels = ("province", "city", "county", "township")
    for unit in DEMO.units:
        if unit.parent is None:
            assert (unit.kind, unit.level) == ("government", "province")
            continue
        above = UNITS[unit.parent]
        assert above.kind == "government", unit.key
        steps_down = levels.index(unit.level) - levels.index(above.level)
        assert steps_down == (1 if unit.kind == "government" else 0), unit.key


def test_every_government_has_one_petition_office_and_the_tree_has_the_size_it_should() -> None:
    governments = [unit for unit in DEMO.units if unit.kind == "government"]
    assert Counter(unit.level for unit in governments) == {
        "province": 1,
        "city": 2,
        "county": 6,
        "township": 4,
    }
    offices = Counter(unit.parent for unit in DEMO.units if unit.kind == "petition_office")
    assert offices == {unit.key: 1 for unit in governments}
    assert 40 <= len(DEMO.units) <= 64


def test_divisions_are_fictional_and_organ_codes_are_unique() -> None:
    codes = [unit.organ_code for unit in DEMO.units]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z]{2}\d{2}", code) for code in codes)
    for unit in DEMO.units:
        assert re.fullmatch(r"99\d{4}", unit.division), unit.key
        if unit.parent and unit.level in ("county", "township"):
            above = UNITS[unit.parent].division
            assert unit.division.startswith(above[:4]), unit.key


def test_every_reference_from_a_petition_to_a_unit_resolves() -> None:
    for petition in DEMO.petitions:
        assert UNITS[petition.region].kind == "government", petition.id
        competent = UNITS[petition.answer.unit]
        assert competent.kind == "competent" or competent.level == "township", petition.id
        region = UNITS[petition.region].division
        area = competent.division.rstrip("0")
        assert region.startswith(area), f"{petition.id}: {competent.name} does not cover {petition.region}"


def test_every_competent_unit_has_something_to_answer() -> None:
    idle = {unit.key for unit in DEMO.units if unit.kind == "competent"}
    assert idle - {petition.answer.unit for petition in DEMO.petitions} == set()
