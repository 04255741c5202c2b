"""The calendar: kinds of days, versions, publication, and data that is refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from huiyin.common.v1.types import DayKind
from statute.calendar import Calendar, load
from statute.calendar_year import CalendarYear
from statute.errors import BadData, StartOutOfRange, UnknownJurisdiction
from statute.year_files import read_year

CN = load("cn")


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (date(2025, 10, 6), DayKind.HOLIDAY, "中秋节"),
        (date(2025, 10, 4), DayKind.HOLIDAY, "国庆节"),
        (date(2025, 10, 11), DayKind.MAKEUP_WORKDAY, "国庆节"),
        (date(2025, 10, 12), DayKind.WEEKEND, ""),
        (date(2025, 10, 13), DayKind.WORKDAY, ""),
        (date(2020, 1, 31), DayKind.HOLIDAY, "春节"),
        (date(2015, 9, 3), DayKind.HOLIDAY, "抗日战争胜利70周年纪念日"),
        (date(2027, 1, 1), DayKind.UNKNOWN, ""),
        (date(2027, 1, 2), DayKind.WEEKEND, ""),
    ],
)
def test_a_day_has_its_kind_and_the_name_of_its_holiday(day: date, kind: DayKind, name: str) -> None:
    assert (CN.day_kind(day), CN.day_name(day)) == (kind, name)


def test_every_year_from_2004_to_2026_is_published_and_2027_is_not() -> None:
    assert list(CN.years) == list(range(2004, 2027))
    assert CN.is_published(2026)
    assert not CN.is_published(2027)


def test_every_year_says_where_it_comes_from_and_who_verified_it() -> None:
    assert all(year.source and year.verified_by for year in CN.years.values())


def test_every_file_holds_the_year_it_is_named_after() -> None:
    folder = Path(__file__).parents[1] / "calendars" / "cn"
    assert {int(file.stem): read_year(file).year for file in folder.iterdir()} == {y: y for y in CN.years}


def test_the_shipped_calendar_is_read_once() -> None:
    assert load("cn") is CN


def test_the_version_joins_equal_versions_and_shows_a_corrected_year() -> None:
    corrected = CN.with_year(replace(CN.years[2020], version=2))
    assert CN.version == "cn@2004-2026.1"
    assert corrected.version == "cn@2004-2019.1+2020.2+2021-2026.1"
    assert corrected.used(2019, 2020) == "cn@2019.1+2020.2"


def test_a_correction_changes_the_day_and_leaves_the_old_calendar_as_it_was() -> None:
    year = CN.years[2005]
    makeup = {**year.makeup_workdays, date(2005, 12, 31): "元旦"}
    corrected = CN.with_year(replace(year, version=2, makeup_workdays=makeup))
    assert corrected.is_working_day(date(2005, 12, 31))
    assert not CN.is_working_day(date(2005, 12, 31))


def test_a_correction_without_a_higher_version_is_refused() -> None:
    with pytest.raises(BadData, match="higher version"):
        CN.with_year(CN.years[2020])


def test_a_year_of_another_jurisdiction_is_refused() -> None:
    with pytest.raises(BadData, match="one jurisdiction"):
        CN.with_year(replace(CN.years[2020], jurisdiction="xx", version=2))


@pytest.mark.parametrize(
    ("holidays", "makeup"),
    [
        ({date(2024, 1, 1): "元旦"}, {}),
        ({date(2025, 2, 8): "春节"}, {date(2025, 2, 8): "春节"}),
        ({}, {date(2025, 2, 7): "春节"}),
    ],
)
def test_a_year_that_contradicts_itself_is_refused(
    holidays: dict[date, str], makeup: dict[date, str]
) -> None:
    with pytest.raises(BadData):
        CalendarYear("cn", 2025, 1, holidays, makeup, "test", "test")


def test_an_incomplete_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "2030.toml"
    file.write_text('jurisdiction = "cn"\nyear = 2030\n', encoding="utf-8")
    with pytest.raises(BadData, match=r"2030\.toml"):
        read_year(file)


@pytest.mark.parametrize("name", ["xx", "../cn", "", "cn/../cn"])
def test_an_unknown_jurisdiction_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownJurisdiction, match="known: cn"):
        load(name)


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2052, 1, 1)])
def test_a_day_the_calendar_does_not_reach_is_refused(day: date) -> None:
    with pytest.raises(StartOutOfRange, match="check the date"):
        CN.day_kind(day)


def test_a_calendar_without_years_is_refused() -> None:
    with pytest.raises(BadData):
        Calendar([])
