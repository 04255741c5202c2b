"""Calendar files: one TOML file a year, holding the days that differ from a Monday-to-Friday week."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

from . import toml_text
from .calendar_year import CalendarYear, day_faults
from .errors import BadData

NUMBERS = ("year", "version")
TEXTS = ("jurisdiction", "source", "verified_by")
GROUPS = ("holidays", "makeup_workdays")
KEYS = frozenset((*NUMBERS, *TEXTS, *GROUPS))


def read_year(file: Path) -> CalendarYear:
    """One year's TOML file. Raises BadData naming the file and every fault."""
    data, faults = parse_year(file.read_text(encoding="utf-8"))
    if faults:
        raise BadData(*(f"{file.name}: {fault}" for fault in faults))
    return year_of(data)


def parse_year(text: str) -> tuple[Mapping[str, Any], list[str]]:
    """What a file says, and everything that is wrong with it by itself."""
    try:
        data = toml_text.parse(text)
    except BadData as problem:
        return {}, list(problem.faults)
    faults = list(_key_faults(data))
    days = {group: [day for day, _ in _named_days(data.get(group))] for group in GROUPS}
    for group in GROUPS:
        faults += _group_faults(group, data.get(group, {}), days[group])
    if is_number(data.get("year")):
        faults += day_faults(data["year"], *map(set, days.values()))
    return data, faults


def year_of(data: Mapping[str, Any]) -> CalendarYear:
    """The year that a file without faults describes."""
    groups = {group: MappingProxyType(dict(_named_days(data[group]))) for group in GROUPS}
    return CalendarYear(**{**data, **groups})


def _key_faults(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} is missing" for key in sorted(KEYS - data.keys()))
    yield from (f"{key} is unknown" for key in sorted(data.keys() - KEYS))
    for key in NUMBERS:
        if key in data and not is_number(data[key]):
            yield f"{key}: {data[key]!r} is no number ≥ 1"
    for key in TEXTS:
        if key in data and (not isinstance(data[key], str) or not data[key]):
            yield f"{key}: {data[key]!r} is no text"
    if data.get("holidays") == {}:
        yield "holidays is empty; no year is without a day off"


def _group_faults(group: str, named: Any, days: list[date]) -> Iterator[str]:
    if not isinstance(named, dict):
        yield f"{group} is no table of names and days"
        return
    for name, listed in named.items():
        if not isinstance(listed, list):
            yield f"{group}: {name} is no list of days"
        elif wrong := [each for each in listed if type(each) is not date]:
            yield f"{group}: {name} holds what is no day: {', '.join(map(str, wrong))}"
    for day, times in Counter(days).items():
        if times > 1:
            yield f"{group}: {day} is given {times} times; keep one"


def _named_days(named: Any) -> Iterator[tuple[date, str]]:
    """Every day that can be read, with its name."""
    if isinstance(named, dict):
        for name, listed in named.items():
            if isinstance(listed, list):
                yield from ((day, name) for day in listed if type(day) is date)


def is_number(value: Any) -> TypeGuard[int]:
    """Whether this can be a year, or a version."""
    return type(value) is int and value >= 1
