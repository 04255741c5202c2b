"""Appends of one call as the argument list of the SQL function `append` (schema/002_append.sql)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.batch import Prepared, key_numbers
from ledger.lines import InboxMove, NewLine

_PARAMETERS = (
    "together", "writer", "streams", "stream_version::bigint[]",
    "line_stream::integer[]", "line_version::bigint[]", "line_type", "line_bytes", "line_recorded_us::bigint[]",
    "append_lines::integer[]",
    "key_principal", "key_operation", "key_key",
    "append_key::integer[]", "append_body", "append_forever::boolean[]",
    "register_name", "claim_append::integer[]", "claim_register::integer[]", "claim_serial::bigint[]",
    "intent_key", "intent_append::integer[]", "intent_number::integer[]",
    "source", "expected", "moved_to",
)  # fmt: skip
"""Of the SQL function, in order. asyncpg looks twice at every number of a list; as text a list costs a tenth."""

_NONE = "{}"
_NO_KEYS: tuple[Any, ...] = ([], [], [], _NONE, [], _NONE)
_NO_EXTRAS: tuple[Any, ...] = ([], _NONE, _NONE, _NONE, [], _NONE, _NONE)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def call_of(schema: str) -> str:
    """The statement that calls the function `append` of a schema with `arguments`."""
    casts = (name.partition("::")[2] for name in _PARAMETERS)
    slots = (f"${n}::text::{cast}" if cast else f"${n}" for n, cast in enumerate(casts, start=1))
    return f"SELECT * FROM {schema}.append({', '.join(slots)})"


def arguments(
    group: Sequence[Prepared], writer: str, *, together: bool, inbox: InboxMove | None = None
) -> tuple[Any, ...]:
    """The arguments of the SQL function, in order."""
    lines = [line for each in group for line in each.lines]
    move = (None, None, None) if inbox is None else (inbox.source, inbox.expected, inbox.position)
    if plain(group, lines):
        return together, writer, *_plain_lines(lines), *_plain_keys(group), *_NO_EXTRAS, *move
    return (
        together,
        writer,
        *_lines(lines),
        _numbers([len(each.lines) for each in group]),
        *_keys(group),
        *_claims(group),
        *_intents(group),
        *move,
    )


def _numbers(values: list[int]) -> str:
    """As PostgreSQL reads a list of numbers. What is no number is refused there."""
    return "{" + repr(values)[1:-1] + "}"


def _instants(lines: Sequence[NewLine]) -> str:
    """When each line was recorded, in microseconds since 1970 UTC. Raises TypeError for what is no instant."""
    return _numbers([(line.recorded_at - _EPOCH) // _MICROSECOND for line in lines])


def plain(group: Sequence[Prepared], lines: Sequence[NewLine]) -> bool:
    """Every append is one line on a stream of its own; each has a key of its own, or none has one."""
    if len(lines) != len(group) or len({line.stream for line in lines}) != len(lines):
        return False
    keys = set()
    for each in group:
        if each.claims or each.intents:
            return False
        if (key := each.idempotency) is not None:
            keys.add((key.principal, key.operation, key.key))
    return not keys or len(keys) == len(group)


def _plain_lines(lines: Sequence[NewLine]) -> tuple[Any, ...]:
    streams, versions, types, contents, _ = zip(*lines, strict=True) if lines else ((),) * 5
    return streams, _numbers([*versions]), _NONE, _NONE, types, contents, _instants(lines), _NONE


def _plain_keys(group: Sequence[Prepared]) -> tuple[Any, ...]:
    keys = [each.idempotency for each in group if each.idempotency is not None]
    if not keys:
        return _NO_KEYS
    return (
        [key.principal for key in keys],
        [key.operation for key in keys],
        [key.key for key in keys],
        _NONE,
        [key.body_sha256 for key in keys],
        _truths([key.forever for key in keys]),
    )


def _truths(values: Iterable[bool]) -> str:
    return "{" + ",".join(["t" if value else "f" for value in values]) + "}"


def _lines(lines: Sequence[NewLine]) -> tuple[Any, ...]:
    """Distinct streams with the first version offered for each, and the lines."""
    streams: dict[str, int] = {}
    numbers = [streams.setdefault(line.stream, len(streams) + 1) for line in lines]
    offered = {line.stream: line.version for line in reversed(lines)}
    return (
        list(streams),
        _numbers([offered[stream] for stream in streams]),
        _numbers(numbers),
        _numbers([line.version for line in lines]),
        [line.type for line in lines],
        [line.bytes for line in lines],
        _instants(lines),
    )


def _keys(group: Sequence[Prepared]) -> tuple[Any, ...]:
    """Distinct keys, and for each append the number of its key (0: none), its body and how long it is kept."""
    keys = [each.idempotency for each in group]
    if not any(keys):
        return _NO_KEYS
    distinct: dict[tuple[str, str, str], int] = {}
    numbers = key_numbers(group, distinct)
    return (
        [name[0] for name in distinct],
        [name[1] for name in distinct],
        [name[2] for name in distinct],
        _numbers(numbers),
        [None if key is None else key.body_sha256 for key in keys],
        _truths(key is not None and key.forever for key in keys),
    )


def _claims(group: Sequence[Prepared]) -> tuple[Any, ...]:
    registers: dict[str, int] = {}
    claims = [
        (append, registers.setdefault(name, len(registers) + 1), serial)
        for append, each in enumerate(group, start=1)
        for name, serial in each.claims.items()
    ]
    return list(registers), *(_numbers([claim[n] for claim in claims]) for n in range(3))


def _intents(group: Sequence[Prepared]) -> tuple[Any, ...]:
    intents: dict[str, int] = {}
    due = [
        (append, intents.setdefault(key, len(intents) + 1))
        for append, each in enumerate(group, start=1)
        for key in dict.fromkeys(each.intents)
    ]
    return list(intents), *(_numbers([each[n] for each in due]) for n in range(2))
