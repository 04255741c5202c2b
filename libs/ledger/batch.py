"""Appends that share one call, and what became of each."""

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


def key_numbers(
    group: Sequence[Prepared], distinct: dict[tuple[str, str, str], int] | None = None
) -> list[int]:
    """By append: the number of its key among the distinct ones, 0 without a key."""
    found: dict[tuple[str, str, str], int] = {} if distinct is None else distinct
    return [
        0 if key is None else found.setdefault((key.principal, key.operation, key.key), len(found) + 1)
        for key in (each.idempotency for each in group)
    ]


def answer(group: Sequence[Prepared], row: Sequence[Any]) -> Answer:
    """The function's one row (schema/002_append.sql) as outcomes."""
    position, fates, hashes, known_first, known_count, known_opening, known_last, serials = row
    if fates is not None and fates[0] == Fate.INBOX_MOVED:
        return Answer([Fate.INBOX_MOVED] * len(fates), {})
    keys = key_numbers(group) if known_first else ()
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
