"""The merged timeline: every line of every service, its link checked, and the fold of each case it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from audit.entries import Entries, Key
from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.case_state import CaseView, Entry, fold, merge
from huiyin.chain import link
from huiyin.envelope.v1.envelope import Origin
from huiyin.intake.v1.events import CaseReceived
from huiyin.routing.v1.events import OpinionServed

_ONE_AT_A_TIME = 0x6175_6469_74  # "audit"
ENTRIES = Entries()
SOURCES = ("intake", "routing", "oversight", "revisit", "notification")

# One statement: what is kept, how far the chain was checked, what becomes of the cases.
_WRITE = """
WITH kept AS (
    INSERT INTO timeline (service, position, case_id, stream, type, occurred_at, recorded_at, hash, bytes)
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[],
                         $6::timestamptz[], $7::timestamptz[], $8::bytea[], $9::bytea[])
    ON CONFLICT (service, position) DO NOTHING
), checked AS (
    INSERT INTO chains (service, position, hash, broken_at) VALUES ($10, $11, $12, $13)
    ON CONFLICT (service) DO UPDATE SET
        position = greatest(chains.position, excluded.position),
        hash = CASE WHEN chains.position < excluded.position THEN excluded.hash ELSE chains.hash END,
        broken_at = coalesce(chains.broken_at, excluded.broken_at)
)
INSERT INTO cases (case_id, receipt_number, state, holder, imported, received_at, served_at, events)
SELECT * FROM unnest($14::text[], $15::text[], $16::text[], $17::text[], $18::boolean[],
                     $19::timestamptz[], $20::timestamptz[], $21::integer[])
ON CONFLICT (case_id) DO UPDATE SET
    receipt_number = excluded.receipt_number, state = excluded.state, holder = excluded.holder,
    imported = excluded.imported, received_at = excluded.received_at, served_at = excluded.served_at,
    events = excluded.events
"""
# The lines known of these cases, and, without a case, how far the chain was checked: one question.
_KNOWN = """
SELECT service, position, hash, case_id FROM timeline WHERE case_id = ANY($1::text[])
UNION ALL SELECT service, position, hash, NULL FROM chains WHERE service = $2
"""
_BEFORE = """
SELECT position, hash FROM timeline WHERE service = $1 AND position = ANY($2::bigint[])
UNION ALL SELECT position, hash FROM parked WHERE source = $1 AND position = ANY($2::bigint[])
"""


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Keep the lines, check their links, and fold the cases they belong to anew."""
    # One source at a time: two would each fold a case without the other's lines.
    await connection.execute("SELECT pg_advisory_xact_lock($1)", _ONE_AT_A_TIME)
    source, last = events[0].source, events[-1]
    case_ids = sorted({case_id for each in events if (case_id := each.recorded.case_id)})
    cases: dict[str, dict[tuple[str, int], Entry]] = {case_id: {} for case_id in case_ids}
    known: list[Key] = []
    checked: dict[int, bytes] = {}
    for row in await connection.fetch(_KNOWN, case_ids, source):
        if row["case_id"] is None:
            checked[row["position"]] = row["hash"]
        else:
            known.append((row["service"], row["position"], row["hash"]))
    broken_at = await _broken_at(connection, events, checked)
    for entry in [*map(ENTRIES.arrived, events), *await ENTRIES.of(connection, known)]:
        if entry.recorded.case_id:
            cases[entry.recorded.case_id][entry.service, entry.position] = entry
    rows = [_summary(case_id, fold(merge(found.values()))) for case_id, found in cases.items()]
    await connection.execute(
        _WRITE,
        *_columns(map(_row, events), 9),
        *(source, last.position, last.hash, broken_at),
        *_columns(rows, 8),
    )


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> Sequence[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


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


async def _broken_at(connection: Any, events: Sequence[Incoming], checked: Mapping[int, bytes]) -> int | None:
    """The first of these lines that does not continue the one before it, wherever that is: here, in this batch, or
    parked. `checked`: the hash of the last line that was checked, by its position.

    A line whose predecessor an operator gave up is compared with nothing: the consumer has checked its link when
    it came. What was parked comes late, and does not take the last position back.
    """
    hashes = {**checked, **{incoming.position: incoming.hash for incoming in events}}
    if asked := [each.position - 1 for each in events if each.position - 1 not in hashes]:
        rows = await connection.fetch(_BEFORE, events[0].source, asked)
        hashes |= {row["position"]: row["hash"] for row in rows}
    broken = [
        each.position
        for each in events
        if (before := hashes.get(each.position - 1)) is not None
        and each.hash != link(before, each.position, each.bytes)
    ]
    return min(broken, default=None)


def entry_of(row: Any) -> Entry:
    """A row of the timeline, decoded."""
    return ENTRIES.read(row)


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
