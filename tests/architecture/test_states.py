"""What a decider knows is immutable: a repository remembers states, and two commands may hold the same one."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from ledger.decider import Decider
from tests.architecture import sources

PLAIN = (NoneType, bool, int, str, bytes, date, datetime, Enum)
HOLDERS = (tuple, frozenset, Mapping)
"""A Mapping may be a dict underneath: mypy sees that nobody writes into what is only a Mapping."""


def changeable(hint: Any) -> Iterator[str]:
    """The parts of a type whose values can be changed."""
    origin = get_origin(hint)
    if origin in (Union, UnionType) or origin in HOLDERS:
        for each in get_args(hint):
            yield from changeable(each) if each is not ... else ()
    elif is_dataclass(hint) and isinstance(hint, type):
        if not hint.__dataclass_params__.frozen:  # type: ignore[attr-defined]
            yield hint.__name__
        hints = get_type_hints(hint)
        for field in fields(hint):
            yield from (f"{hint.__name__}.{field.name}: {part}" for part in changeable(hints[field.name]))
    elif not (isinstance(hint, type) and issubclass(hint, PLAIN)):
        yield hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint)


def deciders() -> dict[str, Decider[Any, Any, Any]]:
    """Every decider of the services, by where it is."""
    found: dict[str, Decider[Any, Any, Any]] = {}
    for path in sources.modules("services"):
        if "domain" in path.parts:
            module = importlib.import_module(".".join(path.with_suffix("").parts[1:]))
            for name, value in vars(module).items():
                if isinstance(value, Decider) and not any(value is each for each in found.values()):
                    found[f"{module.__name__}.{name}"] = value
    return found


DECIDERS = deciders()


@pytest.mark.parametrize("decider", DECIDERS.values(), ids=DECIDERS.keys())
def test_what_a_decider_knows_cannot_be_changed(decider: Decider[Any, Any, Any]) -> None:
    assert is_dataclass(decider.initial)
    assert list(changeable(type(decider.initial))) == []


def test_every_service_that_decides_is_looked_at() -> None:
    services = {name.partition(".")[0] for name in DECIDERS}
    assert services == {"intake", "routing", "oversight", "revisit", "notification"}


@dataclass(frozen=True)
class Inner:
    """Has a part that can be changed."""

    words: list[str]


@dataclass
class Outer:
    """Can be changed, and so can what it holds."""

    inners: tuple[Inner, ...]
    notes: Mapping[str, set[str] | None]


def test_what_can_be_changed_is_found_however_deep() -> None:
    assert list(changeable(Outer)) == [
        "Outer",
        "Outer.inners: Inner.words: list[str]",
        "Outer.notes: set[str]",
    ]
