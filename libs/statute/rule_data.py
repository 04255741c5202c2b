"""A rule version as plain data: what a rule file says of it, and what is published, to the letter."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from .errors import BadData
from .periods import counting_data, read_counting
from .rules import Rule


def read_rule(data: Mapping[str, Any]) -> Rule:
    """The rule version that these fields describe. Raises BadData with every fault."""
    name = f"{data.get('rule_id', '?')}@{data.get('version', '?')}"
    faults = list(_key_faults(data))
    values = {}
    for key in data.keys() & _FIELDS.keys():
        try:
            values[key] = _reader(key)(data[key])
        except BadData as fault:
            faults.append(f"{key}: {fault}")
    if faults:
        raise BadData(*(f"{name}: {fault}" for fault in faults))
    return Rule(**values)


def rule_data(rule: Rule) -> dict[str, Any]:
    """The fields of a rule version that differ from their defaults, as JSON values; `read_rule` reads them back."""
    data = {
        name: getattr(rule, name) for name, field in _FIELDS.items() if getattr(rule, name) != field.default
    }
    return {name: _plain(value) for name, value in data.items()} | {"counting": counting_data(rule.counting)}


_FIELDS = {field.name: field for field in fields(Rule)}

MUST_SAY = frozenset(
    {
        "rule_id",
        "clock",
        "name_zh",
        "name_en",
        "law",
        "article",
        "starts",
        "who_must",
        "consequence",
        "verified_by",
    }
)
"""Texts that are never empty."""


def _key_faults(data: Mapping[str, Any]) -> Iterator[str]:
    needed = {name for name, field in _FIELDS.items() if field.default is MISSING}
    for key in sorted(needed - data.keys()):
        yield f"{key} is missing"
    for key in sorted(data.keys() - _FIELDS.keys()):
        yield f"{key} is unknown"
    for key in sorted(MUST_SAY & data.keys()):
        if data[key] == "":
            yield f"{key} is empty"


def _reader(key: str) -> Callable[[Any], Any]:
    match key:
        case "counting":
            return read_counting
        case "effective_from" | "effective_to":
            return _date
        case "warnings" | "extended_warnings":
            return _texts
        case "roll_last_day":
            return _truth
        case "version" | "max_extension_days":
            return _number
        case _:
            return _text


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise BadData(f"{value!r} is no text")


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise BadData(f"{value!r} is no list of texts")


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise BadData(f"{value!r} is neither true nor false")


def _number(value: Any) -> int:
    if type(value) is int and value >= 0:
        return value
    raise BadData(f"{value!r} is no number ≥ 0")


def _date(value: Any) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadData(f"{value!r} is no date") from None


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
