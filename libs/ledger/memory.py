"""The ledger in memory: the same promises, one process, nothing durable. For tests and simulations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from huiyin.chain import genesis, link
from ledger.batch import NOTHING_WRITTEN, Fate, Prepared, check_size, error_for
from ledger.limits import POLL_S
from ledger.lines import Append, Appended, IdempotencyKey, InboxMove, KeyReused, Line, Row
from ledger.session import prepare
from ledger.watch import Watch

Key = tuple[str, str, str]


@dataclass(slots=True)
class _Tables:
    """What PostgreSQL keeps in tables."""

    hash: bytes
    lines: list[Line] = field(default_factory=list)
    streams: dict[str, list[Line]] = field(default_factory=dict)
    keys: dict[Key, tuple[IdempotencyKey, Appended]] = field(default_factory=dict)
    inbox: dict[str, int] = field(default_factory=dict)
    registers: dict[str, int] = field(default_factory=dict)
    intents: dict[str, int] = field(default_factory=dict)

    def copy(self) -> _Tables:
        """A copy to work on; lines themselves are immutable and shared."""
        streams = {name: list(lines) for name, lines in self.streams.items()}
        return _Tables(
            self.hash, list(self.lines), streams, dict(self.keys), dict(self.inbox), dict(self.registers),
            dict(self.intents),
        )  # fmt: skip


class MemoryLedger:
    """`ports.Ledger` without a database."""

    def __init__(self, service: str = "testing", installation: str = "memory") -> None:
        self.service = service
        self._genesis = genesis(service, installation)
        self._tables = _Tables(self._genesis)
        self._done: dict[str, datetime] = {}
        self._watch = Watch(self._position, POLL_S)

    async def append(self, append: Append) -> Appended:
        (prepared,) = prepare([append], self._tables.registers)
        if not prepared.lines:
            return NOTHING_WRITTEN
        appended = _apply(self._tables, prepared)
        self._watch.seen(len(self._tables.lines))
        return appended

    async def load(self, stream: str) -> Sequence[Line]:
        return list(self._tables.streams.get(stream, ()))

    async def since(self, stream: str, version: int) -> Sequence[Row]:
        return [row for row in _rows(self._tables, stream) if row[0] >= version]

    async def read(self, after: int, limit: int, stream: str | None = None) -> Sequence[Line]:
        if stream is None:
            return self._tables.lines[after : after + limit]
        return [line for line in self._tables.streams.get(stream, ()) if line.position > after][:limit]

    async def head(self) -> tuple[int, bytes]:
        return len(self._tables.lines), self._tables.hash

    async def genesis(self) -> bytes:
        """hash(0) of this ledger."""
        return self._genesis

    async def wait_beyond(self, position: int, timeout_s: float) -> None:
        await self._watch.beyond(position, timeout_s)

    @asynccontextmanager
    async def session(self, *, begun: bool = True) -> AsyncIterator[MemorySession]:
        session = MemorySession(self._tables)
        yield session
        session.commit()
        self._watch.seen(len(self._tables.lines))

    async def position_of(self, source: str) -> int:
        return self._tables.inbox.get(source, 0)

    async def known(self, key: IdempotencyKey) -> Appended | None:
        return _known(self._tables, key)

    async def intents_due(self, limit: int) -> Sequence[tuple[str, int]]:
        """(key, position) of side effects not yet carried out, oldest first."""
        open_ones = [(key, at) for key, at in self._tables.intents.items() if key not in self._done]
        return sorted(open_ones, key=lambda item: item[1])[:limit]

    async def intents_done(self, keys: Sequence[str], at: datetime) -> int:
        """Mark side effects as carried out; how many were still open."""
        new = {key: at for key in keys if key in self._tables.intents and key not in self._done}
        self._done |= new
        return len(new)

    async def _position(self) -> int:
        return len(self._tables.lines)


class MemorySession:
    """`ports.Session`: what it appends becomes visible when the block ends, if nothing else came between."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        self._appends: Sequence[Append] = ()
        self._inbox: InboxMove | None = None

    async def begin(self) -> None:
        """There is no connection, and everything becomes visible at the end anyway."""

    async def load_many(self, streams: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        return {stream: _rows(self._tables, stream) for stream in streams}

    async def position_of(self, source: str) -> int:
        return self._tables.inbox.get(source, 0)

    async def append(self, appends: Sequence[Append], inbox: InboxMove | None = None) -> Sequence[Appended]:
        self._appends, self._inbox = appends, inbox
        return _apply_all(self._tables.copy(), appends, inbox)

    def commit(self) -> None:
        """Once more on the real tables: between here and `append` nobody else ran, or this raises as it did."""
        copy = self._tables.copy()
        _apply_all(copy, self._appends, self._inbox)
        for name in _Tables.__slots__:
            setattr(self._tables, name, getattr(copy, name))


def _apply_all(tables: _Tables, appends: Sequence[Append], inbox: InboxMove | None) -> Sequence[Appended]:
    if inbox is not None:
        if tables.inbox.get(inbox.source, 0) != inbox.expected:
            raise error_for(Fate.INBOX_MOVED, Prepared(()), inbox)
        tables.inbox[inbox.source] = inbox.position
    group = prepare(appends, tables.registers)
    return [_apply(tables, each) if each.lines else NOTHING_WRITTEN for each in group]


def _apply(tables: _Tables, each: Prepared) -> Appended:
    """Write one append, or raise and leave everything as it was."""
    check_size(each.lines, each.intents)
    if each.idempotency is not None and (known := _known(tables, each.idempotency)) is not None:
        return known
    _check_versions(tables, each)
    if any(serial != tables.registers.get(name, 0) + 1 for name, serial in each.claims.items()):
        raise error_for(Fate.STALE, each)
    if any(key in tables.intents for key in each.intents):
        raise error_for(Fate.INTENT_TAKEN, each)
    first = len(tables.lines) + 1
    for position, new in enumerate(each.lines, start=first):
        tables.hash = link(tables.hash, position, new.bytes)
        line = Line(position, new.stream, new.version, new.type, new.bytes, tables.hash, new.recorded_at)
        tables.lines.append(line)
        tables.streams.setdefault(new.stream, []).append(line)
    appended = Appended(first, len(each.lines), tables.hash, False, tables.lines[first - 1].hash)
    tables.registers.update(each.claims)
    tables.intents.update(dict.fromkeys(each.intents, first))
    if each.idempotency is not None:
        tables.keys[_name(each.idempotency)] = (each.idempotency, appended)
    return appended


def _check_versions(tables: _Tables, each: Prepared) -> None:
    latest: dict[str, int] = {}
    for new in each.lines:
        stored = tables.streams.get(new.stream)
        last = latest.get(new.stream, stored[-1].version if stored else -1)
        if new.version != last + 1 and not (last == -1 and new.version == 1):
            raise error_for(Fate.CONFLICT, each)
        latest[new.stream] = new.version


def _rows(tables: _Tables, stream: str) -> list[Row]:
    return [(line.version, line.bytes, line.hash) for line in tables.streams.get(stream, ())]


def _known(tables: _Tables, key: IdempotencyKey) -> Appended | None:
    stored = tables.keys.get(_name(key))
    if stored is None:
        return None
    before, appended = stored
    if before.body_sha256 != key.body_sha256:
        raise KeyReused(f"the idempotency key {key.key!r} was used with another body")
    return Appended(appended.first_position, appended.count, appended.last_hash, True, appended.first_hash)


def _name(key: IdempotencyKey) -> Key:
    return key.principal, key.operation, key.key
