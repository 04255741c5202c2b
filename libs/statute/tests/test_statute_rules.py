"""The shipped rules are complete, and data that contradicts itself is refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from statute.calendar import load
from statute.deadlines import compute
from statute.errors import BadData, UnknownRule
from statute.periods import Cadence, CalendarDays, Exact, Given, WorkingDays, duration_text
from statute.recomputing import recompute
from statute.rule_files import read_rules, shipped
from statute.rules import Rule, Rules

MARKS = {"[K]", "[D]", "[T05]", "[T:S3]", "[T:S6]", "[T:S7]", "[T:S10]", "[T:S11]", "[T:S13]", "[T:004]"}

PERIODS = {
    "K0": "1wd",
    "K1": "15d",
    "K1a:city": "3d",
    "K1a:county": "4d",
    "K1a:nation": "5d",
    "K1a:province": "3d",
    "K2": "15d",
    "K3": "15d",
    "K4": "5wd",
    "K4a": "2wd",
    "K5": "60d",
    "K5:suggestion": "60d",
    "K5s:accept": "3wd",
    "K5s:reply": "10wd",
    "K5x": "given",
    "K6": "given",
    "K7": "30d",
    "K8": "30d",
    "K8:appraisal": "30d",
    "K9": "30d",
    "K10": "30d",
    "K11": "30d",
    "K12": "exact 1h",
    "K13": "5wd",
    "K13a": "5wd",
    "K13b:acceptance": "15wd",
    "K13b:result": "15wd",
    "K14": "year",
    "K15:assessment": "year",
    "K15:inspection": "year",
    "K16:city": "quarter",
    "K16:county": "month",
    "K17:department": "month",
    "K17:street": "half_month",
    "K18": "5wd",
    "K19": "30d",
    "K20:answer": "exact 15s",
    "K20:danger": "exact 2h",
    "K20:general": "7d",
    "K20:hard": "15d",
    "K20:utilities": "exact 24h",
    "K20:web": "exact 2h",
}


def period(rule: Rule) -> str:
    match rule.counting:
        case CalendarDays(days):
            return f"{days}d"
        case WorkingDays(days):
            return f"{days}wd"
        case Exact(seconds):
            return f"exact {duration_text(seconds)}"
        case Given():
            return "given"
        case Cadence(every):
            return every.value


def newest(clock: str) -> Rule:
    return shipped().versions(clock)[-1]


def test_the_periods_are_those_of_the_deadline_table_in_its_order() -> None:
    assert {clock: period(newest(clock)) for clock in shipped().clocks} == PERIODS
    assert list(shipped().clocks) == list(PERIODS)


def test_extension_exclusion_and_conversion_are_those_of_the_deadline_table() -> None:
    rules = [newest(clock) for clock in shipped().clocks]
    assert {rule.clock: rule.max_extension_days for rule in rules if rule.max_extension_days} == {"K5": 30}
    assert {rule.clock for rule in rules if rule.exclusion} == {"K7", "K8:appraisal", "K9", "K10"}
    assert {rule.clock: rule.converts_to for rule in rules if rule.converts_to} == {"K5s:reply": "K5"}


def test_the_warnings_are_those_of_the_deadline_table() -> None:
    found = {clock: " ".join(newest(clock).warnings) for clock in shipped().clocks}
    assert found == dict.fromkeys(PERIODS, "") | {
        "K0": "due",
        **dict.fromkeys(("K1", "K2", "K3"), "d10 d13"),
        **dict.fromkeys(("K1a:city", "K1a:county", "K1a:nation", "K1a:province"), "due-1"),
        **dict.fromkeys(("K4", "K13", "K13a"), "wd3"),
        "K4a": "wd1",
        "K5": "d30 d45 d53 d57 due",
        "K5:suggestion": "d45",
        "K5s:accept": "wd2",
        "K5s:reply": "wd7",
        **dict.fromkeys(("K5x", "K6"), "50% 80%"),
        **dict.fromkeys(("K7", "K9", "K11"), "d20"),
        **dict.fromkeys(("K8", "K8:appraisal", "K10"), "d15 d25 d28"),
        "K12": "min15 min30 min60",
        **dict.fromkeys(("K13b:acceptance", "K13b:result"), "wd10"),
        "K14": "q1",
        **dict.fromkeys(("K15:assessment", "K15:inspection"), "q4"),
        **dict.fromkeys(("K16:city", "K16:county"), "due-3"),
        **dict.fromkeys(("K17:department", "K17:street"), "due-2"),
        **dict.fromkeys(("K20:danger", "K20:general", "K20:hard", "K20:utilities", "K20:web"), "50% 80%"),
    }


@pytest.mark.parametrize("rule_id", sorted(shipped().by_id))
def test_every_rule_names_its_basis_and_how_far_it_is_verified(rule_id: str) -> None:
    rule = shipped().get(rule_id)
    assert set(rule.verified_by.split()) <= MARKS
    assert all((rule.law, rule.article, rule.starts, rule.who_must, rule.consequence, rule.name_zh))
    assert rule.rule_id == rule.clock


def test_a_clock_that_another_converts_to_exists() -> None:
    assert {rule.converts_to for rule in shipped().by_id.values()} - {""} <= set(shipped().clocks)


def test_every_mark_is_explained_in_the_readme() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert [mark for mark in sorted(MARKS) if f"`{mark}`" not in readme] == []


def test_a_case_of_2019_is_judged_by_the_regulation_of_2005_and_one_of_2025_by_that_of_2022() -> None:
    rules = shipped()
    assert [rules.in_force("K5", date(year, 6, 1)).id for year in (2019, 2025)] == ["K5@1", "K5@2"]
    assert rules.in_force("K5", date(2019, 6, 1)).article == "第三十三条"
    assert rules.in_force("K5", date(2025, 6, 1)).article == "第三十四条"


TWO_LAWS = [clock for clock in shipped().clocks if len(shipped().versions(clock)) == 2]


def test_the_clocks_that_the_regulation_of_2005_knew_have_its_version_too() -> None:
    assert TWO_LAWS == [
        "K0",
        "K1",
        "K2",
        "K3",
        "K5",
        "K5:suggestion",
        "K6",
        "K7",
        "K8",
        "K9",
        "K10",
        "K11",
        "K12",
        "K14",
    ]


@pytest.mark.parametrize("clock", TWO_LAWS)
def test_the_new_regulation_begins_the_day_after_the_old_one_ends(clock: str) -> None:
    assert shipped().in_force(clock, date(2022, 4, 30)).version == 1
    assert shipped().in_force(clock, date(2022, 5, 1)).version == 2


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownRule, match="K3@2"):
        shipped().get("K3@9")


def test_two_versions_in_force_at_once_are_refused() -> None:
    rule = shipped().get("K3@2")
    with pytest.raises(BadData, match="set effective_to of the older one"):
        Rules([rule, replace(rule, version=3, effective_from=date(2026, 1, 1))], shipped().ladder)


def test_one_version_given_twice_is_refused() -> None:
    rule = shipped().get("K3@2")
    with pytest.raises(BadData, match="given twice"):
        Rules([rule, rule], shipped().ladder)


@pytest.mark.parametrize(
    ("rule_id", "changes", "said"),
    [
        ("K4@1", {"max_extension_days": 1, "extension": "一次"}, "extensions are counted in calendar days"),
        ("K4@1", {"counting": WorkingDays(0), "warnings": ()}, "at least one day"),
        ("K5@2", {"max_extension_days": -1}, "no extension is negative"),
        ("K5@2", {"extension": ""}, "an extension needs both"),
        ("K12@2", {"exclusion": "听证"}, "only where days are counted"),
        ("K12@2", {"roll_last_day": True}, "does not roll"),
        ("K6@2", {"roll_last_day": True}, "does not roll"),
        ("K5@1", {"effective_to": date(2005, 4, 30)}, "is before effective_from"),
        ("K5@2", {"warnings": ("d61",)}, "d61 lies beyond"),
        ("K5@2", {"warnings": ("d30", "d30")}, "given twice"),
        ("K5@2", {"warnings": ("wd3",)}, "wd3 does not fit CalendarDays"),
        ("K4@1", {"warnings": ("d3",)}, "d3 does not fit WorkingDays"),
        ("K12@2", {"warnings": ("due",)}, "due does not fit Exact"),
        ("K16:county@1", {"warnings": ("q1",)}, "q1 does not fit Cadence"),
        ("K6@2", {"warnings": ("d3", "0%", "100%")}, "d3 does not fit Given.*'0%' is none.*'100%' is none"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused_with_all_that_is_wrong(
    rule_id: str, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadData, match=f"{rule_id}: .*{said}"):
        replace(shipped().get(rule_id), **changes)


def test_a_new_version_takes_over_on_its_first_day_and_leaves_what_began_before_as_it_was() -> None:
    new = replace(
        shipped().get("K3@2"), version=3, effective_from=date(2026, 7, 1), counting=CalendarDays(14)
    )
    rules = shipped().with_version(new)
    before, after = date(2026, 6, 30), date(2026, 7, 1)
    assert [rules.in_force("K3", on).id for on in (before, after)] == ["K3@2", "K3@3"]
    old = compute("K3", before, calendar=load("cn"))
    assert compute("K3", before, calendar=load("cn"), rules=rules) == old
    assert recompute(old, calendar=load("cn"), rules=rules) == old
    assert compute("K3", after, calendar=load("cn"), rules=rules).nominal_on == date(2026, 7, 15)
    assert shipped().in_force("K3", after).id == "K3@2"


@pytest.mark.parametrize("since", [date(2022, 5, 1), date(2022, 4, 30)])
def test_a_new_version_that_begins_no_later_than_the_old_one_is_refused(since: date) -> None:
    with pytest.raises(BadData, match="changes only what begins later"):
        shipped().with_version(replace(shipped().get("K3@2"), version=3, effective_from=since))


def test_a_version_that_is_known_is_not_put_into_force_again() -> None:
    with pytest.raises(BadData, match="given twice"):
        shipped().with_version(replace(shipped().get("K3@2"), effective_from=date(2026, 7, 1)))


def test_an_incomplete_rule_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "K2.toml").write_text('rule_id = "K2"\n[[versions]]\nversion = 1\n', encoding="utf-8")
    with pytest.raises(BadData, match=r"K2\.toml"):
        read_rules(tmp_path)


def test_a_misspelt_field_is_refused_by_name(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "rules" / "K1.toml").read_text(encoding="utf-8")
    (tmp_path / "K1.toml").write_text(text.replace("who_must", "who_musst"), encoding="utf-8")
    with pytest.raises(BadData, match=r"K1\.toml.*who_musst"):
        read_rules(tmp_path)


def test_a_folder_without_ladder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"urge_ladder\.toml"):
        read_rules(tmp_path)
