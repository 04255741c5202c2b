"""One published year of a working calendar, and the TOML file it comes from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from huiyin.common.v1.types import DayKind

from .errors import BadData

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One published year: the days that differ from a plain Monday-to-Friday week, with their names."""

    jurisdiction: str
    year: int
    version: int
    holidays: Mapping[date, str]
    makeup_workdays: Mapping[date, str]
    source: str
    verified_by: str

    def __post_init__(self) -> None:
        """Raises BadData for a day of another year, a day named twice, or a make-up day in the week."""
        for day in (*self.holidays, *self.makeup_workdays):
            if day.year != self.year:
                raise BadData(f"{self.id}: {day} is not a day of {self.year}; move it to its own year's file")
        if both := self.holidays.keys() & self.makeup_workdays.keys():
            raise BadData(f"{self.id}: {min(both)} is listed as holiday and as make-up working day; keep one")
        if week := [day for day in self.makeup_workdays if day.weekday() < SATURDAY]:
            raise BadData(f"{self.id}: {week[0]} is a weekday and needs no entry as make-up working day")

    @property
    def id(self) -> str:
        """`cn@2025.1`: jurisdiction, year, version."""
        return f"{self.jurisdiction}@{self.year}.{self.version}"

    def kind(self, day: date) -> DayKind:
        if day in self.holidays:
            return DayKind.HOLIDAY
        if day in self.makeup_workdays:
            return DayKind.MAKEUP_WORKDAY
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY


def read_year(file: Path) -> CalendarYear:
    """One year's TOML file. Raises BadData naming the file."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        return CalendarYear(
            jurisdiction=data["jurisdiction"],
            year=data["year"],
            version=data["version"],
            holidays=_named_days(data["holidays"]),
            makeup_workdays=_named_days(data["makeup_workdays"]),
            source=data["source"],
            verified_by=data["verified_by"],
        )
    except (KeyError, tomllib.TOMLDecodeError) as problem:
        raise BadData(f"{file.name}: {problem!r}; compare it with its neighbours") from None


def _named_days(groups: Mapping[str, Any]) -> Mapping[date, str]:
    return MappingProxyType({day: name for name, days in groups.items() for day in days})
