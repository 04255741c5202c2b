"""Rule files: `rules/*.toml`, one file a clock with all its versions, and `rules/urge_ladder.toml`."""

import tomllib
from functools import cache
from pathlib import Path

from . import toml_text
from .errors import BadData
from .ladder import StepUnit, UrgeLadder, UrgeRung
from .rule_data import read_rule
from .rules import Rule, Rules

FOLDER = Path(__file__).parent / "rules"

LADDER = "urge_ladder.toml"


@cache
def shipped() -> Rules:
    """The rules shipped with this package, read once. Raises BadData naming the file."""
    return read_rules(FOLDER)


def read_rules(folder: Path) -> Rules:
    """The rules of a folder laid out like the shipped one. Raises BadData naming the file."""
    files = sorted(file for file in folder.glob("*.toml") if file.name != LADDER)
    rules: list[Rule] = []
    for file in files:
        versions, faults = read_versions(file.read_text(encoding="utf-8"))
        if faults:
            raise BadData(*(f"rules/{file.name}: {fault}" for fault in faults))
        rules += versions
    return Rules(rules, _read_ladder(folder / LADDER))


def read_versions(text: str) -> tuple[list[Rule], list[str]]:
    """The versions in a rule file that can be read, in its order, and every fault of the others.

    What all versions share stands above the first `[[versions]]`; a value within a version goes before it.
    """
    try:
        data = toml_text.parse(text)
    except BadData as problem:
        return [], list(problem.faults)
    versions = data.pop("versions", None)
    if not isinstance(versions, list) or not versions or not all(isinstance(each, dict) for each in versions):
        return [], ["versions is missing: a rule file has one [[versions]] block or more"]
    rules: list[Rule] = []
    faults: list[str] = []
    for version in versions:
        try:
            rules.append(read_rule({**data, **version}))
        except BadData as problem:
            faults += problem.faults
    return rules, faults


def _read_ladder(file: Path) -> UrgeLadder:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        rungs = tuple(UrgeRung(**{**rung, "unit": StepUnit(rung["unit"])}) for rung in data.pop("rungs"))
        return UrgeLadder(rungs=rungs, **data)
    except (KeyError, TypeError, ValueError, OSError) as problem:
        raise BadData(f"rules/{file.name}: {problem}; compare it with the shipped ladder") from None
