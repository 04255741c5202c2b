"""Rows of the table `ledger` as they leave the driver: as whole lines, or as what a fold needs of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huiyin.quick import maker
from ledger.lines import Line, Row

COLUMNS = "position, stream, version, type, bytes, hash, recorded_at"
"""In the order of the fields of `Line`."""

FOLDED = "version, bytes, hash"
"""In the order of `Row`. Of a long stream the other four columns cost as much as these."""

_line = maker(Line)


def lines_of(rows: Iterable[Sequence[Any]]) -> list[Line]:
    """Lines of rows of COLUMNS."""
    return [_line(*row) for row in rows]


def by_stream(streams: Iterable[str], rows: Iterable[Sequence[Any]]) -> Mapping[str, Sequence[Row]]:
    """Rows of FOLDED and then `stream`, in their order, for each stream; absent streams have none."""
    found: dict[str, list[Row]] = {stream: [] for stream in streams}
    for version, line, last_hash, stream in rows:
        found[stream].append((version, line, last_hash))
    return found
