"""The shipped rules are complete, and data that contradicts itself is refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from statute.errors import BadData, UnknownRule
from statute.rule_files import read_rules, shipped
from statute.rules import Rules

MARKS = ("[K]", "[D]", "[T05]")


def test_the_periods_are_those_of_the_deadline_table() -> None:
    periods = {clock: shipped().in_force(clock, date(2025, 1, 1)) for clock in shipped().clocks}
    assert {clock: (rule.value, rule.unit.value) for clock, rule in periods.items()} == {
        "K1": (15, "calendar_days"),
        "K3": (15, "calendar_days"),
        "K4": (5, "working_days"),
        "K5": (60, "calendar_days"),
        "K18": (5, "working_days"),
    }
    assert {clock: rule.max_extension_days for clock, rule in periods.items() if rule.max_extension_days} == {
        "K5": 30
    }


@pytest.mark.parametrize("rule_id", sorted(shipped().by_id))
def test_every_rule_names_its_basis_and_how_far_it_is_verified(rule_id: str) -> None:
    rule = shipped().get(rule_id)
    assert rule.verified_by in MARKS
    assert all((rule.law, rule.article, rule.starts, rule.who_must, rule.consequence, rule.name_zh))


def test_a_case_of_2019_is_judged_by_the_regulation_of_2005_and_one_of_2025_by_that_of_2022() -> None:
    rules = shipped()
    assert [rules.in_force("K5", date(year, 6, 1)).id for year in (2019, 2025)] == ["K5@1", "K5@2"]
    assert rules.in_force("K5", date(2019, 6, 1)).article == "第三十三条"
    assert rules.in_force("K5", date(2025, 6, 1)).article == "第三十四条"


@pytest.mark.parametrize("clock", ["K1", "K3", "K5"])
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


def test_a_working_day_rule_with_an_extension_is_refused() -> None:
    with pytest.raises(BadData, match="extensions are counted in calendar days"):
        replace(shipped().get("K4@1"), max_extension_days=1)


def test_a_period_without_days_is_refused() -> None:
    with pytest.raises(BadData, match="at least one day"):
        replace(shipped().get("K4@1"), value=0)


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
