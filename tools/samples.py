"""A filled example of any dataclass of the contracts, always the same: its values are made from the names of its
fields, so that a value that turns up in another field is seen.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from zlib import crc32

FIRST_DAY = date(2004, 1, 1)
FIRST_INSTANT = datetime(2004, 1, 1, tzinfo=UTC)
SPREAD = 8_000
"""Days over which the dates are spread: about the years whose calendars are known."""


def sample(kind: type, place: str = "") -> Any:
    """An instance of a contract's dataclass with every field filled."""
    hints = get_type_hints(kind)
    return kind(**{each.name: _value(hints[each.name], f"{place}{each.name}") for each in fields(kind)})


def _value(hint: Any, place: str) -> Any:
    hint = _without_none(hint)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], f"{place}[{n}]") for n in range(2))
    if is_dataclass(hint) and isinstance(hint, type):
        return sample(hint, f"{place}.")
    return _scalar(hint, place)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    return hint


def _scalar(hint: Any, place: str) -> Any:
    number = crc32(place.encode())
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return list(hint)[1]  # The first one that says something; later ones may be added at the end.
    made = {
        str: f"{place} 字",
        bytes: place.encode(),
        bool: True,
        int: 1 + number % SPREAD,
        date: FIRST_DAY + timedelta(days=number % SPREAD),
        datetime: FIRST_INSTANT + timedelta(days=number % SPREAD, microseconds=number % 1_000_000),
    }
    return made[hint]
