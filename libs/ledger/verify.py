"""Checking a ledger line by line, against nothing but itself and its head."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from ledger.lines import Line


class Fault(StrEnum):
    """What is wrong at a position."""

    MISSING = "a line is missing"
    CHANGED = "the line does not follow from the line before it: changed, inserted or swapped"
    VERSION = "the version does not follow from the stream's last version"
    COLUMNS = "the columns are not what the bytes say"
    HEAD = "the head is not the last line"


@dataclass(frozen=True, slots=True)
class Finding:
    """The first position at which a ledger cannot be believed."""

    position: int
    fault: Fault
    detail: str = ""

    def __str__(self) -> str:
        return f"position {self.position}: {self.fault}{'; ' if self.detail else ''}{self.detail}"


class Verifier:
    """Takes lines in order, in any number of portions. After a finding it takes no more.

    The chain covers the bytes. `columns` tells what the other columns of a line say that its bytes do not
    (`ledger.columns.disagreement`), or None.
    """

    def __init__(self, genesis: bytes, columns: Callable[[Line], str | None] | None = None) -> None:
        self._columns = columns
        self.position = 0
        self.hash = genesis
        self._versions: dict[str, int] = {}

    def check(self, lines: Iterable[Line]) -> Finding | None:
        """The first fault among these lines, or None."""
        position, last, versions, digest = self.position, self.hash, self._versions, sha256
        columns = self._columns
        for line in lines:
            position += 1
            if line.position != position:
                if line.position < position:
                    return Finding(line.position, Fault.CHANGED, f"out of order, expected {position}")
                return Finding(position, Fault.MISSING, f"the next line is {line.position}")
            last = digest(last + position.to_bytes(8, "big") + digest(line.bytes).digest()).digest()
            if last != line.hash:
                return Finding(position, Fault.CHANGED, f"{line.stream} {line.version}")
            version = line.version
            before = versions.get(line.stream)
            # A stream counts 1, 2, 3 ...; the eventsourcing library counts from 0.
            if version != 1 + before if before is not None else version not in (0, 1):
                return Finding(position, Fault.VERSION, f"{line.stream} {version}, after {before or 'none'}")
            versions[line.stream] = version
            if columns is not None and (detail := columns(line)) is not None:
                return Finding(position, Fault.COLUMNS, detail)
        self.position, self.hash = position, last
        return None

    def check_head(self, position: int, head_hash: bytes) -> Finding | None:
        """After the last line: the head is there. A head beyond it means that the tail is missing."""
        if position > self.position:
            return Finding(self.position + 1, Fault.MISSING, f"the head is at {position}")
        if position < self.position or head_hash != self.hash:
            return Finding(self.position, Fault.HEAD, f"the head is at {position}")
        return None


def verify(lines: Iterable[Line], genesis: bytes, head: tuple[int, bytes] | None = None) -> Finding | None:
    """The first fault of a whole ledger, read from position 1; with the head, the end is checked too."""
    verifier = Verifier(genesis)
    return verifier.check(lines) or (None if head is None else verifier.check_head(*head))
