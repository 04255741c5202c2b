"""The merged timeline: every line of every service, its link checked, and the fold of each case it touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.case_state import CaseView, Entry, fold, merge
from huiyin.chain import link
from huiyin.codec import decode, decode_envelope
from huiyin.envelope.v1.envelope import Origin
from huiyin.intake.v1.events import CaseReceived
from huiyin.routing.v1.events import OpinionServed

_ONE_AT_A_TIME = 0x6175_6469_74  # "audit"
SOURCES = ("intake", "routing", "oversight", "revisit", "notification")

REMEMBERED = 4096
"""Decoded lines: those of the last 150 cases, some 10 MB."""

_INSERT = """
INSERT INTO timeline (service, position, case_id, stream, type, occurred_at, recorded_at, hash, bytes)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[],
                     $6::timestamptz[], $7::timestamptz[], $8::bytea[], $9::bytea[])
ON CONFLICT (service, position) DO NOTHING
"""
_OF_CASES = "SELECT service, position, hash, bytes, case_id FROM timeline WHERE case_id = ANY($1::text[])"
_UPSERT = """
INSERT INTO cases (case_id, receipt_number, state, holder, imported, received_at, served_at, events)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[],
                     $6::timestamptz[], $7::timestamptz[], $8::integer[])
ON CONFLICT (case_id) DO UPDATE SET
    receipt_number = excluded.receipt_number, state = excluded.state, holder = excluded.holder,
    imported = excluded.imported, received_at = excluded.received_at, served_at = excluded.served_at,
    events = excluded.events
"""
_CHECKED = """
INSERT INTO chains (service, position, hash, broken_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (service) DO UPDATE SET
    position = greatest(chains.position, excluded.position),
    hash = CASE WHEN chains.position < excluded.position THEN excluded.hash ELSE chains.hash END,
    broken_at = coalesce(chains.broken_at, excluded.broken_at)
"""
_BEFORE = """
SELECT position, hash FROM timeline WHERE service = $1 AND position = ANY($2::bigint[])
UNION ALL SELECT position, hash FROM parked WHERE source = $1 AND position = ANY($2::bigint[])
"""


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Keep the lines, check their links, and fold the cases they belong to anew."""
    # One source at a time: two would each fold a case without the other's lines.
    await connection.execute("SELECT pg_advisory_xact_lock($1)", _ONE_AT_A_TIME)
    await _check_links(connection, events)
    await connection.execute(_INSERT, *map(list, zip(*map(_row, events), strict=True)))
    case_ids = {incoming.recorded.case_id for incoming in events} - {None}
    if case_ids:
        await _fold_cases(connection, sorted(filter(None, case_ids)))


def _row(incoming: Incoming) -> tuple[Any, ...]:
    recorded = incoming.recorded
    return (
        incoming.source,
        incoming.position,
        recorded.case_id,
        recorded.stream,
        recorded.type,
        recorded.occurred_at,
        recorded.recorded_at,
        incoming.hash,
        incoming.bytes,
    )


async def _check_links(connection: Any, events: Sequence[Incoming]) -> None:
    """Each line against the one before it, wherever that is: here, in this batch, or parked.

    A line whose predecessor an operator gave up is compared with nothing: the consumer has checked its link when
    it came. What was parked comes late, and does not take the last position back.
    """
    source = events[0].source
    known = await connection.fetchrow("SELECT position, hash FROM chains WHERE service = $1", source)
    hashes = {known["position"]: known["hash"]} if known else {}
    hashes |= {incoming.position: incoming.hash for incoming in events}
    if asked := [each.position - 1 for each in events if each.position - 1 not in hashes]:
        hashes |= dict(map(tuple, await connection.fetch(_BEFORE, source, asked)))
    broken = [
        each.position
        for each in events
        if (before := hashes.get(each.position - 1)) is not None
        and each.hash != link(before, each.position, each.bytes)
    ]
    last = events[-1]
    await connection.execute(_CHECKED, source, last.position, last.hash, min(broken, default=None))


async def _fold_cases(connection: Any, case_ids: Sequence[str]) -> None:
    by_case: dict[str, list[Entry]] = defaultdict(list)
    for row in await connection.fetch(_OF_CASES, case_ids):
        by_case[row["case_id"]].append(entry_of(row))
    rows = [_summary(case_id, fold(merge(entries))) for case_id, entries in sorted(by_case.items())]
    await connection.execute(_UPSERT, *map(list, zip(*rows, strict=True)))


def entry_of(row: Any) -> Entry:
    """A row of the timeline, decoded; a case under way is folded again with each of its events."""
    return _entry(row["service"], row["position"], row["hash"], row["bytes"])


@lru_cache(REMEMBERED)
def _entry(service: str, position: int, hash_: bytes, line: bytes) -> Entry:
    recorded = decode_envelope(line)
    event = decode(recorded.type, recorded.payload)
    return Entry(service, position, hash_, recorded, event)


def _summary(case_id: str, view: CaseView) -> tuple[Any, ...]:
    return (
        case_id,
        view.receipt_number,
        str(view.state) if view.state else None,
        view.holder,
        any(entry.recorded.origin is Origin.IMPORT for entry in view.entries),
        _first(view.entries, CaseReceived),
        _first(view.entries, OpinionServed),
        len(view.entries),
    )


def _first(entries: Iterable[Entry], kind: type) -> datetime | None:
    return next((entry.recorded.occurred_at for entry in entries if isinstance(entry.event, kind)), None)


TIMELINE = Projection(
    name="timeline", sources=frozenset(SOURCES), tables=("timeline", "cases", "chains"), project=project
)
