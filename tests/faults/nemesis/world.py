"""What is left when all is quiet: ledgers, streams, notices and read models, read as an auditor would read them."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from huiyin.codec import decode, decode_envelope
from huiyin.envelope.v1.envelope import RecordedEvent


class Line(NamedTuple):
    """A line of a ledger (docs/ledger.md)."""

    service: str
    position: int
    stream: str
    version: int
    type: str
    bytes: builtins.bytes
    hash: builtins.bytes
    recorded_at: datetime


class Event(NamedTuple):
    """A line, decoded with the published contract."""

    line: Line
    recorded: RecordedEvent
    event: Any

    @property
    def name(self) -> str:
        """CaseTransferred."""
        return self.line.type.rpartition(".")[2]


class Message(NamedTuple):
    """A message of a stream."""

    sequence: int
    subject: str
    headers: Mapping[str, str]
    data: bytes


class Notice(NamedTuple):
    """A file that was handed over."""

    key: str
    case: str
    template: str
    sha256: bytes


@dataclass(slots=True)
class Ledger:
    """One service's ledger."""

    service: str
    installation: str
    lines: list[Line]
    head: tuple[int, bytes]
    inbox: dict[str, int]
    registers: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Stream:
    """One service's stream."""

    messages: list[Message]
    last: int
    count: int
    deleted: int


@dataclass
class World:
    """Everything that the invariants speak of. A test may doctor any part of it."""

    history: list[dict[str, Any]]
    ledgers: dict[str, Ledger]
    streams: dict[str, Stream]
    timeline: dict[tuple[str, int], tuple[bytes, bytes]]
    """Audit's copy: (service, position) -> (hash, bytes)."""
    intents: dict[str, bool]
    """Key -> done."""
    notices: list[Notice]
    notices_after: list[Notice]
    """After every read model was rebuilt."""
    views: dict[str, list[str]]
    """schema.table -> its rows as text, sorted."""
    views_after: dict[str, list[str]]
    """Rebuilt."""
    worklists: dict[str, list[str]]
    """Unit -> the cases that it holds, as the API lists them."""
    found: dict[str, str]
    """Receipt number -> the case that the API finds under it."""
    parked: dict[str, int]
    """Service -> parked events."""
    listens: Mapping[str, Sequence[str]]
    today: date
    lag_s: float
    """From the last healed fault until everything was applied; infinite if it never was."""

    @cached_property
    def events(self) -> dict[str, list[Event]]:
        """Service -> its lines, decoded."""
        return {name: [_decoded(line) for line in ledger.lines] for name, ledger in self.ledgers.items()}

    @cached_property
    def by_case(self) -> dict[str, list[Event]]:
        """Case -> its lines in all ledgers, by time."""
        found: dict[str, list[Event]] = defaultdict(list)
        for events in self.events.values():
            for event in events:
                if event.recorded.case_id:
                    found[event.recorded.case_id].append(event)
        for each in found.values():
            each.sort(key=lambda event: (event.line.recorded_at, event.line.service, event.line.position))
        return found

    def notes(self, *types: str) -> list[dict[str, Any]]:
        """Of the history."""
        return [note for note in self.history if note["type"] in types]

    def acknowledged(self, path: str | None = None) -> list[dict[str, Any]]:
        """Acts that were answered with success; of one path if given."""
        return [note for note in self.notes("ok") if path in (None, note["path"])]


RECEIVE = "/intake/v1/cases"


def _decoded(line: Line) -> Event:
    recorded = decode_envelope(line.bytes)
    return Event(line, recorded, decode(recorded.type, recorded.payload))


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that was broken. `services`: the ledgers that are needed to see it."""

    invariant: str
    what: str
    case: str = ""
    services: tuple[str, ...] = ()
    positions: tuple[tuple[str, int], ...] = ()
    """Lines that show it where there is no case."""
