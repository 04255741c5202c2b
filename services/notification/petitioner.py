"""What the vault holds about a petitioner, as far as a notice needs it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

MAX_NAME = 100
"""Characters of a name on a notice; longer ones are texts that were put into the wrong field."""

NAMELESS: Final = "信访人"
_CONTACTS = ("contact", "phone", "email", "address")


@dataclass(frozen=True, slots=True)
class Petitioner:
    """Name and contact, each on one line, not shown by `repr`."""

    name: str = field(repr=False)
    contact: str = field(repr=False, default="")


def read_petitioner(content: bytes) -> Petitioner:
    """From JSON {"name", "contact" or "phone", "email", "address"}, or from a plain text that is the name."""
    text = content.decode("utf-8", errors="replace")
    try:
        said: Any = json.loads(text)
    except ValueError:
        said = text
    if not isinstance(said, dict):
        said = {"name": said if isinstance(said, str) else text}
    name = _line(said.get("name"))[:MAX_NAME] or NAMELESS
    return Petitioner(name, "，".join(filter(None, (_line(said.get(part)) for part in _CONTACTS))))


def _line(value: Any) -> str:
    """One line without control characters: a name must not be able to write a header of the message."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
