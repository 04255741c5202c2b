"""Files that someone brings: read whole, or refused with every fault at once; and what is published, as text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from statute.calendar import load
from statute.definitions import (
    calendar_definition,
    read_calendar_definition,
    read_rule_definition,
    rule_definition,
)
from statute.errors import BadData
from statute.new_versions import read_rules_strict, read_year_strict
from statute.periods import CalendarDays
from statute.rule_files import shipped

CN = load("cn")
RULES = Path(__file__).parents[1] / "rules"

YEAR = """\
jurisdiction = "cn"
year = 2027
version = 1
source = "为测试而设 (made for this test), 2027-13-45"
verified_by = "test"

[holidays]
"元旦" = [2027-01-01, 2027-01-02, 2027-01-03]
"春节" = [2027-02-05]

[makeup_workdays]
"春节" = [2027-02-06] # not 2027-02-30
"""

RULE = """

[[versions]]
version = 3
law = "信访工作条例（2027）"
article = "第二十三条"
effective_from = 2027-01-01
counting = { calendar_days = 10 }
warnings = ["d5"]
consequence = "责令改正"
verified_by = "[D]"
"""
K3 = (RULES / "K3.toml").read_text(encoding="utf-8")


def faults_of_year(text: str) -> list[str]:
    with pytest.raises(BadData) as refused:
        read_year_strict(text)
    return list(refused.value.faults)


def faults_of_rules(text: str) -> list[str]:
    with pytest.raises(BadData) as refused:
        read_rules_strict(text)
    return list(refused.value.faults)


def test_the_next_year_is_read() -> None:
    year = read_year_strict(YEAR)
    assert year.id == "cn@2027.1"
    assert year.holidays[date(2027, 2, 5)] == "春节"
    assert CN.with_year(year).is_working_day(date(2027, 2, 6))


def test_a_year_is_refused_with_everything_that_is_wrong_with_it() -> None:
    bad = (
        YEAR.replace("version = 1", 'version = "1"')
        .replace('verified_by = "test"', 'verifiedby = "test"')
        .replace("2027-01-02, 2027-01-03", "2027-01-02, 2027-01-02, 2026-01-03, 2027-02-30")
        .replace("2027-02-06]", "2027-02-08, 2027-02-05]")
    )
    assert faults_of_year(bad) == [
        "verified_by is missing",
        "verifiedby is unknown",
        "version: '1' is no number ≥ 1",
        "holidays: 元旦 holds what is no day: 2027-02-30",
        "holidays: 2027-01-02 is given 2 times; keep one",
        "2026-01-03 is not a day of 2027; move it to its own year's file",
        "2027-02-05 is listed as holiday and as make-up working day; keep one",
        "2027-02-05 is a weekday and needs no entry as make-up working day",
        "2027-02-08 is a weekday and needs no entry as make-up working day",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("year = 2027", "year = 2028", "2028 leaves a gap: published are 2004 to 2026; the next is 2027"),
        ("year = 2027", "year = 2002", "2002 leaves a gap: published are 2004 to 2026; the next is 2027"),
        ('"cn"', '"xx"', "jurisdiction xx is unknown; known: cn"),
        ("2027", "2026", "version 1 does not replace cn@2026.1; a correction needs a higher one"),
    ],
)
def test_a_year_that_does_not_fit_what_is_published_is_refused(old: str, new: str, fault: str) -> None:
    assert fault in faults_of_year(YEAR.replace(old, new))


def test_a_year_is_judged_by_the_calendars_it_is_to_join() -> None:
    published = CN.with_year(read_year_strict(YEAR))
    with pytest.raises(BadData, match=r"does not replace cn@2027\.1"):
        read_year_strict(YEAR, [published])
    assert read_year_strict(YEAR.replace("version = 1", "version = 2"), [published]).id == "cn@2027.2"


@pytest.mark.parametrize(
    "text", ["", "year = ", "[holidays", 'holidays = 5\nmakeup_workdays = "none"', '[holidays]\n"元旦" = 1']
)
def test_what_is_no_calendar_file_is_refused(text: str) -> None:
    assert faults_of_year(text)


def test_a_year_without_days_off_is_refused() -> None:
    text = YEAR.replace('"元旦" = [2027-01-01, 2027-01-02, 2027-01-03]\n"春节" = [2027-02-05]\n', "")
    assert faults_of_year(text) == ["holidays is empty; no year is without a day off"]


def test_a_new_version_is_read_with_or_without_the_known_ones() -> None:
    (rule,) = read_rules_strict(K3 + RULE)
    assert (rule.id, rule.counting, rule.name_zh) == ("K3@3", CalendarDays(10), "受理告知")
    head = K3.partition("[[versions]]")[0]
    assert read_rules_strict(head + RULE) == (rule,)
    assert shipped().with_version(rule).in_force("K3", date(2027, 1, 1)) == rule


def test_a_file_that_says_nothing_new_holds_no_new_version() -> None:
    assert read_rules_strict(K3) == ()


def test_the_last_known_version_may_be_closed_in_the_file() -> None:
    closed = K3.replace(
        "effective_from = 2022-05-01", "effective_from = 2022-05-01\neffective_to = 2026-12-31"
    )
    assert [rule.id for rule in read_rules_strict(closed + RULE)] == ["K3@3"]


def test_a_rule_is_refused_with_everything_that_is_wrong_with_it() -> None:
    bad = (
        RULE.replace('law = "信访工作条例（2027）"', 'lawe = "x"')
        .replace("effective_from = 2027-01-01", "effective_from = 2027-02-30")
        .replace("{ calendar_days = 10 }", "{ weeks = 2 }")
        .replace('["d5"]', "5")
        .replace('"责令改正"', '""')
    )
    assert [
        fault.removeprefix("K3@3: ") for fault in sorted(faults_of_rules(K3.replace("law = ", "law= ") + bad))
    ] == [
        "consequence is empty",
        f"counting: {FORMS}",
        "effective_from: '2027-02-30' is no date",
        "law is missing",
        "lawe is unknown",
        "warnings: 5 is no list of texts",
    ]


FORMS = (
    "counting {'weeks': 2} cannot be read; write one of { calendar_days = 15 }, { working_days = 5 },"
    ' { exact = "2h" }, { given_by = "…" }, { every = "month" }, at least one day'
)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("2027-01-01", "2022-05-01"), "K3@3 begins on 2022-05-01, K3@2 on 2022-05-01"),
        (("version = 3", "version = 2"), "K3@2 is published and says something else"),
        (('["d5"]', '["d11"]'), "K3@3: warning d11 lies beyond the period"),
        (("version = 3", "version = true"), "version: True is no number"),
    ],
)
def test_a_version_that_does_not_follow_the_known_ones_is_refused(
    change: tuple[str, str], fault: str
) -> None:
    head = K3.partition("[[versions]]")[0]
    assert fault in "\n".join(faults_of_rules(head + RULE.replace(*change)))


@pytest.mark.parametrize(
    ("until", "since", "fault"),
    [
        ("2027-06-30", "2027-08-01", "there is a gap: K3@3 ends on 2027-06-30, K3@4 begins on 2027-08-01"),
        ("2027-08-01", "2027-07-01", "K3@4 begins on 2027-07-01, while K3@3 is in force (to 2027-08-01)"),
    ],
)
def test_two_new_versions_neither_overlap_nor_leave_a_gap(until: str, since: str, fault: str) -> None:
    third = RULE.replace(
        "effective_from = 2027-01-01", f"effective_from = 2027-01-01\neffective_to = {until}"
    )
    fourth = RULE.replace("version = 3", "version = 4").replace("2027-01-01", since)
    assert faults_of_rules(K3 + third + fourth) == [fault]


def test_a_later_version_has_a_higher_number() -> None:
    fifth = RULE.replace("version = 3", "version = 5")
    fourth = RULE.replace("version = 3", "version = 4").replace("2027-01-01", "2027-07-01")
    assert faults_of_rules(K3 + fifth + fourth) == ["K3@4 comes after K3@5; its version must be higher"]


def test_an_unknown_clock_is_refused_with_the_known_ones() -> None:
    text = K3.replace('"K3"', '"K33"')
    assert faults_of_rules(text)[0].startswith("clock K33 is unknown; known: K0, K1, ")


def test_two_clocks_in_one_file_are_refused() -> None:
    other = RULE.replace("version = 3", 'version = 3\nclock = "K4"')
    assert "a file holds the versions of one clock, not of K3 and K4" in faults_of_rules(K3 + other)


@pytest.mark.parametrize("text", ["", "clock = ", "versions = 5", 'clock = "K3"'])
def test_what_is_no_rule_file_is_refused(text: str) -> None:
    assert faults_of_rules(text)


@pytest.mark.parametrize("rule_id", sorted(shipped().by_id))
def test_a_rule_is_read_back_from_its_definition(rule_id: str) -> None:
    rule = shipped().get(rule_id)
    assert read_rule_definition(rule_definition(rule)) == rule
    names = list(json.loads(rule_definition(rule)))
    assert names == sorted(names)


def test_a_year_is_read_back_from_its_definition() -> None:
    for year in CN.years.values():
        assert read_calendar_definition(calendar_definition(year)) == year


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"year": 2027}', "null"])
def test_what_is_no_definition_is_refused(text: str) -> None:
    for read in (read_calendar_definition, read_rule_definition):
        with pytest.raises(BadData):
            read(text)
