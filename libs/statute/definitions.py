"""What is published, as text: one form of words for a calendar year or a rule version, so that two people sign the same.

The text is canonical JSON (sorted keys, no spaces, UTF-8): equal content gives equal text, and reading it back gives
an equal object.
"""

import json
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from .calendar_year import CalendarYear
from .errors import BadData
from .rule_data import read_rule, rule_data
from .rules import Rule


def calendar_definition(year: CalendarYear) -> str:
    """A calendar year as text."""
    return _text(
        {
            "jurisdiction": year.jurisdiction,
            "year": year.year,
            "version": year.version,
            "holidays": _days(year.holidays),
            "makeup_workdays": _days(year.makeup_workdays),
            "source": year.source,
            "verified_by": year.verified_by,
        }
    )


def read_calendar_definition(text: str) -> CalendarYear:
    """The year of such a text. Raises BadData."""
    try:
        data = json.loads(text)
        named = {key: _read_days(data[key]) for key in ("holidays", "makeup_workdays")}
        return CalendarYear(**{**data, **named})
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise BadData(f"this is no definition of a calendar year: {problem}") from None


def rule_definition(rule: Rule) -> str:
    """A rule version as text."""
    return _text(rule_data(rule))


def read_rule_definition(text: str) -> Rule:
    """The rule version of such a text. Raises BadData."""
    try:
        data = json.loads(text)
    except ValueError as problem:
        raise BadData(f"this is no definition of a rule: {problem}") from None
    if not isinstance(data, dict):
        raise BadData("this is no definition of a rule: it is no object")
    return read_rule(data)


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _days(named: Mapping[date, str]) -> Mapping[str, str]:
    return {day.isoformat(): name for day, name in named.items()}


def _read_days(named: Mapping[str, str]) -> Mapping[date, str]:
    return MappingProxyType({date.fromisoformat(day): name for day, name in named.items()})
