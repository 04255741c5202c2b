"""The shipped rules: `rules/*.toml`, one file a clock with all its versions, and `rules/urge_ladder.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .errors import BadData
from .rules import Rule, Rules, Unit, UrgeLadder, UrgeRung

FOLDER = Path(__file__).parent / "rules"

LADDER = "urge_ladder.toml"


@cache
def shipped() -> Rules:
    """The rules shipped with this package, read once. Raises BadData naming the file."""
    return read_rules(FOLDER)


def read_rules(folder: Path) -> Rules:
    """The rules of a folder laid out like the shipped one. Raises BadData naming the file."""
    files = sorted(file for file in folder.glob("*.toml") if file.name != LADDER)
    rules = [rule for file in files for rule in _read(file)]
    return Rules(rules, _read_ladder(folder / LADDER))


def _read(file: Path) -> list[Rule]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        common = {name: value for name, value in data.items() if name != "versions"}
        return [_rule({**common, **version}) for version in data["versions"]]
    except (KeyError, TypeError, ValueError) as problem:
        raise BadData(f"rules/{file.name}: {problem}; compare it with its neighbours") from None


def _rule(data: Mapping[str, Any]) -> Rule:
    fields = dict(data)
    fields["unit"] = Unit(fields["unit"])
    fields["effective_to"] = fields.get("effective_to")
    fields["warnings"] = tuple(fields["warnings"])
    fields["extended_warnings"] = tuple(fields.get("extended_warnings", ()))
    return Rule(**fields)


def _read_ladder(file: Path) -> UrgeLadder:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        rungs = tuple(UrgeRung(**{**rung, "unit": Unit(rung["unit"])}) for rung in data.pop("rungs"))
        return UrgeLadder(rungs=rungs, **data)
    except (KeyError, TypeError, ValueError, OSError) as problem:
        raise BadData(f"rules/{file.name}: {problem}; compare it with the shipped ladder") from None
