"""Appends of one call as the argument lists of the SQL function `append`, and its answer as outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

from ledger.limits import MAX_CALL_BYTES, MAX_CALL_LINES, MAX_LINE_BYTES
from ledger.lines import (
    Append,
    Appended,
    Conflict,
    IdempotencyKey,
    InboxMove,
    InboxMoved,
    IntentTaken,
    KeyReused,
    LedgerError,
    NewLine,
    Refused,
)


class Fate(IntEnum):
    """What became of one append of a call (schema/002_append.sql)."""

    WRITTEN = 0
    REPLAYED = 1
    CONFLICT = 2
    KEY_REUSED = 3
    STALE = 4
    INTENT_TAKEN = 5
    INBOX_MOVED = 6


_FATES = tuple(Fate)


@dataclass(slots=True)
class Prepared:
    """An append whose lines are known: `claims` maps each register to the serial the lines contain."""

    lines: Sequence[NewLine]
    idempotency: IdempotencyKey | None = None
    claims: Mapping[str, int] = field(default_factory=dict)
    intents: Sequence[str] = ()


Outcome = Appended | Fate
"""Where an append stands, written or replayed; or why it was not written."""


class Answer(NamedTuple):
    """The outcomes in the order of the call, and where its registers stand now."""

    outcomes: Sequence[Outcome]
    serials: Mapping[str, int]


NOTHING_WRITTEN = Appended(first_position=0, count=0, last_hash=b"")
"""The answer to an append without lines."""

CALL_SLOTS = 26
"""Arguments of the SQL function."""


def check_size(lines: Sequence[NewLine], intents: Sequence[str]) -> int:
    """Bytes of the lines. Raises Refused for what no call may carry."""
    if not lines and intents:
        raise Refused("an intent needs a line that caused it")
    total = 0
    for line in lines:
        size = len(line.bytes)
        if size > MAX_LINE_BYTES:
            raise Refused(f"{line.stream} {line.version}: {size} bytes; a line has at most {MAX_LINE_BYTES}")
        total += size
    if len(lines) > MAX_CALL_LINES or total > MAX_CALL_BYTES:
        raise Refused(
            f"an append has at most {MAX_CALL_LINES} lines and {MAX_CALL_BYTES} bytes; "
            f"this one has {len(lines)} and {total}"
        )
    return total


def arguments(
    group: Sequence[Prepared], writer: str, *, together: bool, inbox: InboxMove | None = None
) -> tuple[Any, ...]:
    """The arguments of the SQL function, in order."""
    lines = [line for each in group for line in each.lines]
    move = (None, None, None) if inbox is None else (inbox.source, inbox.expected, inbox.position)
    return (
        together,
        writer,
        *_lines(lines),
        [len(each.lines) for each in group],
        *_keys(group),
        *_claims(group),
        *_intents(group),
        *move,
    )


def _lines(lines: Sequence[NewLine]) -> tuple[Any, ...]:
    """Distinct streams with the first version offered for each, and the lines."""
    streams: dict[str, int] = {}
    numbers = [streams.setdefault(line.stream, len(streams) + 1) for line in lines]
    offered = {line.stream: line.version for line in reversed(lines)}
    return (
        list(streams),
        [offered[stream] for stream in streams],
        numbers,
        [line.version for line in lines],
        [line.type for line in lines],
        [line.bytes for line in lines],
        [line.recorded_at for line in lines],
    )


def _keys(group: Sequence[Prepared]) -> tuple[Any, ...]:
    """Distinct keys, and for each append the number of its key (0: none), its body and how long it is kept."""
    keys = [each.idempotency for each in group]
    if not any(keys):
        return [], [], [], [], [], []
    distinct: dict[tuple[str, str, str], int] = {}
    numbers = _key_numbers(group, distinct)
    return (
        [name[0] for name in distinct],
        [name[1] for name in distinct],
        [name[2] for name in distinct],
        numbers,
        [None if key is None else key.body_sha256 for key in keys],
        [key is not None and key.forever for key in keys],
    )


def _key_numbers(
    group: Sequence[Prepared], distinct: dict[tuple[str, str, str], int] | None = None
) -> list[int]:
    """By append: the number of its key among the distinct ones, 0 without a key."""
    found: dict[tuple[str, str, str], int] = {} if distinct is None else distinct
    return [
        0 if key is None else found.setdefault((key.principal, key.operation, key.key), len(found) + 1)
        for key in (each.idempotency for each in group)
    ]


def _claims(group: Sequence[Prepared]) -> tuple[Any, ...]:
    registers: dict[str, int] = {}
    claims = [
        (append, registers.setdefault(name, len(registers) + 1), serial)
        for append, each in enumerate(group, start=1)
        for name, serial in each.claims.items()
    ]
    return list(registers), [c[0] for c in claims], [c[1] for c in claims], [c[2] for c in claims]


def _intents(group: Sequence[Prepared]) -> tuple[Any, ...]:
    intents: dict[str, int] = {}
    due = [
        (append, intents.setdefault(key, len(intents) + 1))
        for append, each in enumerate(group, start=1)
        for key in dict.fromkeys(each.intents)
    ]
    return list(intents), [d[0] for d in due], [d[1] for d in due]


def answer(group: Sequence[Prepared], row: Sequence[Any]) -> Answer:
    """The function's one row (schema/002_append.sql) as outcomes."""
    position, fates, hashes, known_first, known_count, known_opening, known_last, serials = row
    if fates is not None and fates[0] == Fate.INBOX_MOVED:
        return Answer([Fate.INBOX_MOVED] * len(fates), {})
    keys = _key_numbers(group) if known_first else ()
    outcomes: list[Outcome] = []
    line = 0
    for n, each in enumerate(group):
        count = len(each.lines)
        fate = 0 if fates is None else fates[n]
        if fate == 0:
            outcomes.append(Appended(position + 1, count, hashes[line + count - 1], False, hashes[line]))
            position += count
        elif fate == 1:
            k = keys[n] - 1
            outcomes.append(Appended(known_first[k], known_count[k], known_last[k], True, known_opening[k]))
        else:
            outcomes.append(_FATES[fate])
        line += count
    if not serials:
        return Answer(outcomes, {})
    names = dict.fromkeys(name for each in group for name in each.claims)
    return Answer(outcomes, dict(zip(names, serials, strict=True)))


def error_for(fate: Fate, append: Append | Prepared, inbox: InboxMove | None = None) -> LedgerError:
    """The refusal that a caller is told."""
    match fate:
        case Fate.CONFLICT:
            return Conflict(f"another writer extended {_streams(append)} first")
        case Fate.KEY_REUSED:
            key = append.idempotency
            return KeyReused(f"the idempotency key {key.key if key else ''!r} was used with another body")
        case Fate.INTENT_TAKEN:
            return IntentTaken(f"already due: one of {', '.join(append.intents)}")
        case Fate.INBOX_MOVED:
            return InboxMoved(f"the position on {inbox.source} is not {inbox.expected}" if inbox else "inbox")
        case Fate.STALE:
            return Conflict("the register moved on again and again")
        case Fate.WRITTEN | Fate.REPLAYED:
            raise AssertionError(fate)


def _streams(append: Append | Prepared) -> str:
    return ", ".join(dict.fromkeys(line.stream for line in append.lines)) or "the stream"
