"""The read model of all clocks: two statements a batch, however many events it holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.common.v1.types import Deadline
from huiyin.envelope.v1.envelope import Origin
from huiyin.oversight.v1.events import (
    CaseAdopted,
    ClockConverted,
    ClockExtended,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineMissed,
    DeadlineRecomputed,
    DeadlineWarned,
    HandlingUrged,
    Rung,
)
from oversight.domain.rungs import falls_at

_START = """
INSERT INTO deadlines (case_id, clock, unit_id, rule, start_on, due_on, due_at, provisional, calendar, origin_import,
                       live, rung_names, rungs_at, next_at)
SELECT case_id, clock, unit_id, rule, start_on, due_on, due_at, provisional, calendar, origin_import,
       NOT origin_import, rung_names, rungs_at, rungs_at[1]
FROM jsonb_to_recordset($1::jsonb) AS started (
    case_id text, clock text, unit_id text, rule text, start_on date, due_on date, due_at timestamptz,
    provisional boolean, calendar text, origin_import boolean, rung_names text[], rungs_at timestamptz[])
"""

# Rungs come on record in order of time (domain/facts.py), so counting them says which is next.
_MOVE = """
UPDATE deadlines d
SET reached = d.reached + m.rungs,
    next_at = CASE WHEN coalesce(m.stopped_on, d.stopped_on) IS NULL AND NOT coalesce(m.paused, d.paused)
                   THEN d.rungs_at[d.reached + m.rungs + 1] END,
    missed = d.missed OR m.missed,
    paused = coalesce(m.paused, d.paused),
    stopped_on = coalesce(m.stopped_on, d.stopped_on),
    days_late = coalesce(m.days_late, d.days_late),
    deemed = d.deemed OR m.deemed,
    converted = d.converted OR m.converted
FROM unnest($1::text[], $2::text[], $3::integer[], $4::boolean[], $5::boolean[], $6::date[], $7::integer[],
            $8::boolean[], $9::boolean[])
    AS m (case_id, clock, rungs, missed, paused, stopped_on, days_late, deemed, converted)
WHERE d.case_id = m.case_id AND d.clock = m.clock
"""

# What was planned and not reached is planned anew; the count of what is reached begins again with the new plan.
_PLAN_ANEW = """
UPDATE deadlines d
SET due_on = n.due_on, due_at = n.due_at, provisional = n.provisional, calendar = n.calendar,
    rung_names = n.rung_names, rungs_at = n.rungs_at, reached = 0, next_at = n.rungs_at[1]
FROM jsonb_to_recordset($1::jsonb) AS n (
    case_id text, clock text, due_on date, due_at timestamptz, provisional boolean, calendar text,
    rung_names text[], rungs_at timestamptz[])
WHERE d.case_id = n.case_id AND d.clock = n.clock
"""

_ADOPT = "UPDATE deadlines SET live = true WHERE case_id = ANY($1::text[])"


_Planned: TypeAlias = DeadlineRecomputed | ClockExtended | ClockResumed
"""The same period counted again."""

_MOVING = (
    DeadlineWarned | DeadlineMissed | HandlingUrged | _Planned | ClockPaused | ClockConverted | ClockStopped
)


@dataclass(slots=True)
class _Move:
    """What a batch does to one clock, taken together."""

    planned: _Planned | None = None
    """Before everything below."""
    rungs: int = 0
    missed: bool = False
    paused: bool | None = None
    stopped_on: date | None = None
    days_late: int | None = None
    deemed: bool = False
    converted: bool = False

    def take(self, event: Any) -> None:
        """One event more."""
        match event:
            case DeadlineRecomputed() | ClockExtended() | ClockResumed():
                self.planned, self.rungs = event, 0
                self.paused = False if isinstance(event, ClockResumed) else self.paused
            case DeadlineWarned() | DeadlineMissed() | HandlingUrged():
                self.rungs += 1
                self.missed = self.missed or isinstance(event, DeadlineMissed)
            case ClockPaused():
                self.paused = True
            case ClockConverted():
                self.stopped_on, self.converted = event.converted_on, True
            case ClockStopped():
                self.stopped_on, self.days_late, self.deemed = event.stopped_on, event.days_late, event.deemed


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
    planned = [move.planned for move in moves.values() if move.planned]
    if planned:
        await connection.execute(_PLAN_ANEW, json.dumps([_planned(each) for each in planned]))
    if moves:
        rows = [
            (*key, m.rungs, m.missed, m.paused, m.stopped_on, m.days_late, m.deemed, m.converted)
            for key, m in moves.items()
        ]
        await connection.execute(_MOVE, *map(list, zip(*rows, strict=True)))


def _row(incoming: Incoming, started: ClockStarted) -> dict[str, Any]:
    return {
        "case_id": started.case_id,
        "clock": started.clock,
        "unit_id": started.unit_id,
        "rule": started.rule,
        "start_on": started.start_on.isoformat(),
        "origin_import": incoming.recorded.origin is Origin.IMPORT,
        **_plan(started.deadline, started.rungs),
    }


def _planned(event: _Planned) -> dict[str, Any]:
    return {"case_id": event.case_id, "clock": event.clock, **_plan(event.deadline, event.rungs)}


def _plan(deadline: Deadline, rungs: Sequence[Rung]) -> dict[str, Any]:
    return {
        "due_on": deadline.due_on.isoformat(),
        "due_at": deadline.due_at.isoformat() if deadline.due_at else None,
        "provisional": deadline.provisional,
        "calendar": deadline.calendar,
        "rung_names": [rung.name for rung in rungs],
        "rungs_at": [falls_at(rung).isoformat() for rung in rungs],
    }


def _moves(events: Sequence[Incoming]) -> dict[tuple[str, str], _Move]:
    moves: dict[tuple[str, str], _Move] = {}
    for incoming in events:
        event = incoming.event
        if isinstance(event, _MOVING):
            moves.setdefault((event.case_id, event.clock), _Move()).take(event)
    return moves


DEADLINES = Projection(
    name="oversight.deadlines", sources=frozenset({"oversight"}), tables=("deadlines",), project=project
)
