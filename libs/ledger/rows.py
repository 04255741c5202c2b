"""Rows of the table `ledger` as lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ledger.lines import Line

COLUMNS = "position, stream, version, type, bytes, hash, recorded_at"
"""In the order of the fields of `Line`."""


def lines_of(rows: Iterable[Sequence[Any]]) -> list[Line]:
    """Lines of rows of COLUMNS."""
    return [Line(*row) for row in rows]


def by_stream(streams: Iterable[str], rows: Iterable[Sequence[Any]]) -> Mapping[str, Sequence[Line]]:
    """Lines of rows of COLUMNS, in their order, for each stream; absent streams have none."""
    found: dict[str, list[Line]] = {stream: [] for stream in streams}
    for row in rows:
        found[row[1]].append(Line(*row))
    return found
