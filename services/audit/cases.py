"""Reading cases back: lists, one case at any moment, figures over many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from audit.timeline import entry_of
from huiyin.case_state import CaseView, fold, merge
from huiyin.codec import decode, decode_envelope, name_of
from huiyin.oversight.v1.events import ClockStarted, ClockStopped, DeadlineMissed

PAGE_LIMIT = 200
SUMMARY_LIMIT = 20_000
"""Cases in one summary: a county's year."""

ELAPSED_DAYS = (15, 30, 60, 90)
CLOCKS = ("K1", "K3", "K5")


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures over some cases, each derived from their events."""

    cases: int
    events: int
    by_state: dict[str, int]
    clocks: dict[str, dict[str, int]]
    elapsed_over: dict[str, int]


async def find(pool: Any, name: str) -> str | None:
    """The id of the case with this id or receipt number."""
    found: str | None = await pool.fetchval(
        "SELECT case_id FROM cases WHERE case_id = $1 OR receipt_number = $1 LIMIT 1", name
    )
    return found


async def view(
    pool: Any, case_id: str, *, as_of: datetime | None = None, at: datetime | None = None
) -> CaseView:
    """The case as it was recorded by `as_of`, or as it had happened by `at`."""
    rows = await pool.fetch("SELECT service, position, hash, bytes FROM timeline WHERE case_id = $1", case_id)
    return fold(merge(map(entry_of, rows), as_of=as_of, at=at))


async def page(
    pool: Any, *, limit: int, state: str | None, holder: str | None, after: tuple[datetime, str] | None
) -> Sequence[Any]:
    """The newest cases first; `after` is the last row of the page before."""
    return await pool.fetch(  # type: ignore[no-any-return]
        "SELECT * FROM cases WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR holder = $2)"
        " AND received_at IS NOT NULL"
        " AND ($3::timestamptz IS NULL OR (received_at, case_id) < ($3, $4))"
        " ORDER BY received_at DESC, case_id DESC LIMIT $5",
        state,
        holder,
        after[0] if after else None,
        after[1] if after else None,
        min(limit, PAGE_LIMIT),
    )


async def summary(pool: Any, case_ids: Sequence[str]) -> Summary:
    """Figures over the cases named; unknown ones are left out."""
    rows = await pool.fetch(
        "SELECT state, events, received_at, served_at FROM cases WHERE case_id = ANY($1::text[])", case_ids
    )
    elapsed = [
        row["served_at"] - row["received_at"] for row in rows if row["served_at"] and row["received_at"]
    ]
    return Summary(
        cases=len(rows),
        events=sum(row["events"] for row in rows),
        by_state=dict(sorted(Counter(row["state"] for row in rows).items())),
        clocks=await _clocks(pool, case_ids),
        elapsed_over={
            str(days): sum(time > timedelta(days=days) for time in elapsed) for days in ELAPSED_DAYS
        },
    )


async def _clocks(pool: Any, case_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    lines = await pool.fetch(
        "SELECT case_id, bytes FROM timeline WHERE case_id = ANY($1::text[]) AND type = ANY($2::text[])",
        case_ids,
        [name_of(kind) for kind in (ClockStarted, ClockStopped, DeadlineMissed)],
    )
    seen: dict[type, set[tuple[str, str]]] = {ClockStarted: set(), ClockStopped: set(), DeadlineMissed: set()}
    for line in lines:
        recorded = decode_envelope(line["bytes"])
        event = decode(recorded.type, recorded.payload)
        seen[type(event)].add((event.clock, line["case_id"]))
    met = seen[ClockStopped] - seen[DeadlineMissed]
    return {
        clock: {
            "due": _of(seen[ClockStarted], clock),
            "met": _of(met, clock),
            "missed": _of(seen[DeadlineMissed], clock),
        }
        for clock in CLOCKS
    }


def _of(pairs: Iterable[tuple[str, str]], clock: str) -> int:
    return sum(name == clock for name, _ in pairs)
