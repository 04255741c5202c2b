"""Reads the shipped texts and the shipped directory into their shapes."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from huiyin.demo.model import Demo, OfficeAnswer, Petition, Petitioner, Unit


@cache
def load() -> Demo:
    """The petitions and units shipped with this package, in the order of their files."""
    return Demo(
        petitions=tuple(_petition(entry) for entry in _entries("petitions.toml", "petition")),
        units=tuple(_unit(entry) for entry in _entries("directory.toml", "unit")),
    )


def _entries(file: str, table: str) -> list[dict[str, Any]]:
    content = tomllib.loads(files("huiyin.demo").joinpath(file).read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = content[table]
    return entries


def _petition(entry: dict[str, Any]) -> Petition:
    return Petition(
        id=entry["id"],
        subject=entry["subject"],
        theme=entry.get("theme"),
        category=entry["category"],
        channel=entry["channel"],
        region=entry["region"],
        title=entry["title"],
        body=entry["body"],
        signatories=entry.get("signatories", 1),
        petitioner=Petitioner(**entry["petitioner"]) if "petitioner" in entry else None,
        answer=OfficeAnswer(**entry["answer"]),
    )


def _unit(entry: dict[str, Any]) -> Unit:
    return Unit(**{"parent": None, **entry})
