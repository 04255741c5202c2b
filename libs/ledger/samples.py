"""Lines and appends whose content nobody reads: for tests of ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from ledger.lines import Append, IdempotencyKey, NewLine, Serials

AT = datetime(2025, 8, 18, 1, 0, 0, 123456, tzinfo=UTC)
PATIENCE_S = 30.0
"""How long a test waits for what must happen at once; only a failing test waits that long."""


def new_line(stream: str, version: int, content: bytes | None = None) -> NewLine:
    """A line whose bytes nobody reads."""
    told = f"{stream} {version}".encode() if content is None else content
    return NewLine(stream, version, "huiyin.testing.v1.NoteTaken", told, AT + timedelta(microseconds=version))


def one(stream: str, version: int = 1, **more: Any) -> Append:
    """An append of one line."""
    return Append(lines=(new_line(stream, version),), **more)


def key(name: str, body: bytes = b"body", *, forever: bool = False) -> IdempotencyKey:
    """A key of one principal and operation."""
    return IdempotencyKey("unit-110101", "receive", name, sha256(body).digest(), forever)


def numbered(stream: str, register: str, *more: str, **rest: Any) -> Append:
    """An append whose bytes contain the number of its register."""

    def build(serials: Serials) -> Sequence[NewLine]:
        return (new_line(stream, 1, f"{register} {serials[register]}".encode()),)

    return Append(registers=(register, *more), build=build, **rest)
