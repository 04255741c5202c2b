"""TOML that stays readable with a wrong date in it: people who bring a file want to hear all its faults at once."""

import re
import tomllib
from datetime import date
from typing import Any

from .errors import BadData

# Strings and comments are passed over; a date that stands bare is meant as a date.
_DATES = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|#[^\n]*|\b(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})\b")


def parse(text: str) -> dict[str, Any]:
    """The data; a bare date that does not exist (2027-02-30) is there as text. Raises BadData."""
    try:
        return tomllib.loads(_DATES.sub(_quoted_if_wrong, text))
    except tomllib.TOMLDecodeError as problem:
        raise BadData(f"this is no TOML: {problem}") from None


def _quoted_if_wrong(found: re.Match[str]) -> str:
    written = found["date"]
    if written is None:
        return found[0]
    try:
        date.fromisoformat(written)
    except ValueError:
        return f'"{written}"'
    return found[0]
