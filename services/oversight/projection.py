"""The read model of all clocks: two statements a batch, however many events it holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.envelope.v1.envelope import Origin
from huiyin.oversight.v1.events import (
    CaseAdopted,
    ClockStarted,
    ClockStopped,
    DeadlineMissed,
    DeadlineRecomputed,
    DeadlineWarned,
    HandlingUrged,
)

_START = """
INSERT INTO deadlines (case_id, clock, unit_id, rule, start_on, due_on, provisional, calendar, origin_import, live,
                       rung_names, rung_dates, next_on)
SELECT case_id, clock, unit_id, rule, start_on, due_on, provisional, calendar, origin_import, NOT origin_import,
       rung_names, rung_dates, rung_dates[1]
FROM jsonb_to_recordset($1::jsonb) AS started (
    case_id text, clock text, unit_id text, rule text, start_on date, due_on date, provisional boolean,
    calendar text, origin_import boolean, rung_names text[], rung_dates date[])
"""

# Rungs come on record in order of time (domain/case.py), so counting them says which is next.
_MOVE = """
UPDATE deadlines d
SET reached = d.reached + m.rungs,
    next_on = CASE WHEN coalesce(m.stopped_on, d.stopped_on) IS NULL THEN d.rung_dates[d.reached + m.rungs + 1] END,
    missed = d.missed OR m.missed,
    stopped_on = coalesce(m.stopped_on, d.stopped_on),
    days_late = coalesce(m.days_late, d.days_late),
    deemed = d.deemed OR m.deemed
FROM unnest($1::text[], $2::text[], $3::integer[], $4::boolean[], $5::date[], $6::integer[], $7::boolean[])
    AS m (case_id, clock, rungs, missed, stopped_on, days_late, deemed)
WHERE d.case_id = m.case_id AND d.clock = m.clock
"""

# What was planned and not reached is planned anew; the count of what is reached begins again with the new plan.
_RECOMPUTE = """
UPDATE deadlines d
SET due_on = n.due_on, provisional = n.provisional, calendar = n.calendar,
    rung_names = n.rung_names, rung_dates = n.rung_dates, reached = 0, next_on = n.rung_dates[1]
FROM jsonb_to_recordset($1::jsonb) AS n (
    case_id text, clock text, due_on date, provisional boolean, calendar text, rung_names text[], rung_dates date[])
WHERE d.case_id = n.case_id AND d.clock = n.clock
"""

_ADOPT = "UPDATE deadlines SET live = true WHERE case_id = ANY($1::text[])"


_MOVING = DeadlineWarned | DeadlineMissed | HandlingUrged | DeadlineRecomputed | ClockStopped


@dataclass(slots=True)
class _Move:
    """What a batch does to one clock, taken together."""

    recomputed: DeadlineRecomputed | None = None
    """Before everything below."""
    rungs: int = 0
    missed: bool = False
    stopped_on: date | None = None
    days_late: int | None = None
    deemed: bool = False


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Write the clocks that started, then what became of clocks."""
    starts = [
        _row(incoming, incoming.event) for incoming in events if isinstance(incoming.event, ClockStarted)
    ]
    if starts:
        await connection.execute(_START, json.dumps(starts))
    adopted = [incoming.event.case_id for incoming in events if isinstance(incoming.event, CaseAdopted)]
    if adopted:
        await connection.execute(_ADOPT, adopted)
    moves = _moves(events)
    recomputed = [move.recomputed for move in moves.values() if move.recomputed]
    if recomputed:
        await connection.execute(_RECOMPUTE, json.dumps([_recomputed(each) for each in recomputed]))
    if moves:
        rows = [
            (case_id, clock, m.rungs, m.missed, m.stopped_on, m.days_late, m.deemed)
            for (case_id, clock), m in moves.items()
        ]
        await connection.execute(_MOVE, *map(list, zip(*rows, strict=True)))


def _row(incoming: Incoming, started: ClockStarted) -> dict[str, Any]:
    return {
        "case_id": started.case_id,
        "clock": started.clock,
        "unit_id": started.unit_id,
        "rule": started.rule,
        "start_on": started.start_on.isoformat(),
        "due_on": started.due_on.isoformat(),
        "provisional": started.provisional,
        "calendar": started.deadline.calendar,
        "origin_import": incoming.recorded.origin is Origin.IMPORT,
        "rung_names": [rung.name for rung in started.rungs],
        "rung_dates": [rung.falls_on.isoformat() for rung in started.rungs],
    }


def _recomputed(event: DeadlineRecomputed) -> dict[str, Any]:
    return {
        "case_id": event.case_id,
        "clock": event.clock,
        "due_on": event.deadline.due_on.isoformat(),
        "provisional": event.deadline.provisional,
        "calendar": event.deadline.calendar,
        "rung_names": [rung.name for rung in event.rungs],
        "rung_dates": [rung.falls_on.isoformat() for rung in event.rungs],
    }


def _moves(events: Sequence[Incoming]) -> dict[tuple[str, str], _Move]:
    moves: dict[tuple[str, str], _Move] = {}
    for incoming in events:
        event = incoming.event
        if not isinstance(event, _MOVING):
            continue
        move = moves.setdefault((event.case_id, event.clock), _Move())
        if isinstance(event, DeadlineRecomputed):
            move.recomputed, move.rungs = event, 0
        elif isinstance(event, ClockStopped):
            move.stopped_on, move.days_late, move.deemed = event.stopped_on, event.days_late, event.deemed
        else:
            move.rungs += 1
            move.missed = move.missed or isinstance(event, DeadlineMissed)
    return moves


DEADLINES = Projection(
    name="oversight.deadlines", sources=frozenset({"oversight"}), tables=("deadlines",), project=project
)
