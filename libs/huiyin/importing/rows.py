"""Reading a CSV file row by row, however damaged: what cannot be read costs its own row and nothing else."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from huiyin.importing import reasons
from huiyin.importing.reasons import Reason

MAX_RECORD = 16_000_000
"""Characters of one record, so that memory stays bounded: above any text that may be named in a reason."""

MAX_NAMED = 100
"""Characters of an id that a report repeats."""


class UnreadableFile(Exception):
    """The file as a whole is no use; the message is one line for a person."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record with all its columns. `number` counts the records below the header from 1."""

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A record that cannot be read; `id` as far as it is known."""

    number: int
    id: str
    reason: Reason


class CsvFile:
    """One pass over a CSV file: UTF-8, with or without BOM, any line ends. Raises UnreadableFile at once."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        csv.field_size_limit(MAX_RECORD)
        self._columns = columns
        self._path = path
        try:
            # Bytes that are no UTF-8 become lone surrogates, which no UTF-8 text can hold, and are found again.
            self._bytes = path.open("rb")
            self._file = TextIOWrapper(
                self._bytes, encoding="utf-8-sig", errors="surrogateescape", newline=""
            )
            self.size = path.stat().st_size
        except OSError as error:
            raise UnreadableFile(f"{path}: {error.strerror}") from error
        self._records = _records(_Lines(self._file))
        try:
            self._header = self._checked(next(self._records, None))
        except UnreadableFile:
            self._file.close()
            raise

    @property
    def read_bytes(self) -> int:
        """How far reading has come, for a progress bar."""
        return self.size if self._bytes.closed else self._bytes.tell()

    def rows(self) -> Iterator[Row | BadRow]:
        """Every record below the header, in order; blank lines are nothing."""
        with self._file:
            for number, record in enumerate(self._records, start=1):
                yield self._row(number, record)

    def _checked(self, record: list[str] | _Bad | None) -> list[str]:
        header = [name.strip() for name in record] if isinstance(record, list) else []
        missing = [name for name in self._columns if name not in header]
        if missing:
            raise UnreadableFile(f"{self._path}: 缺少列 the header lacks {', '.join(missing)}")
        twice = sorted({name for name in self._columns if header.count(name) > 1})
        if twice:
            raise UnreadableFile(f"{self._path}: 列名重复 the header names twice {', '.join(twice)}")
        return header

    def _row(self, number: int, record: list[str] | _Bad) -> Row | BadRow:
        if isinstance(record, _Bad):
            return BadRow(number, "", record.reason)
        header = self._header
        place = header.index(self._columns[0])
        name = nameable(record[place]) if place < len(record) else ""
        if len(record) != len(header):
            return BadRow(number, name, reasons.columns(len(header), len(record)))
        for value in record:
            if "\0" in value:
                return BadRow(number, name, reasons.NUL)
            if not value.isascii() and _has_foreign_bytes(value):
                return BadRow(number, name, reasons.NOT_UTF8)
        return Row(number, dict(zip(header, record, strict=True)))


def nameable(value: str) -> str:
    """An id as a report may repeat it: bounded, printable."""
    text = value.strip()[:MAX_NAMED].encode("utf-8", "replace").decode()
    return "".join(character if character.isprintable() else "?" for character in text)


def _has_foreign_bytes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Bad:
    reason: Reason


class _TooLong(Exception):
    """The record does not end within its limit."""


class _Lines:
    """The lines of a file for a CSV reader. A record that failed gives back all its lines but the first."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._returned: deque[str] = deque()
        self._taken: list[str] = []
        self._size = 0

    def begin(self) -> None:
        self._taken, self._size = [], 0

    def give_back(self) -> None:
        self._returned.extendleft(reversed(self._taken[1:]))
        self.begin()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else self._file.readline(MAX_RECORD)
        if not line:
            raise StopIteration
        self._size += len(line)
        if self._size >= MAX_RECORD:
            self._rest_of(line)
            raise _TooLong
        self._taken.append(line)
        return line

    def _rest_of(self, line: str) -> None:
        if self._taken:  # The limit was passed by this line, which may be a good one.
            self._returned.appendleft(line)
            return
        while line and not line.endswith(("\n", "\r")):
            line = self._file.readline(MAX_RECORD)


def _records(lines: _Lines) -> Iterator[list[str] | _Bad]:
    while True:
        lines.begin()
        try:
            # Strict: a quote that is never closed must not swallow the good rows behind it.
            record = next(csv.reader(lines, strict=True))
        except StopIteration:
            return
        except _TooLong:
            lines.give_back()
            yield _Bad(reasons.RECORD_TOO_LONG)
        except csv.Error:
            lines.give_back()
            yield _Bad(reasons.UNREADABLE)
        else:
            if record:
                yield record
