"""When each event of a case happened, which for an imported case is long before it is recorded."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import assert_never

from huiyin.oversight.v1.events import (
    CaseAdopted,
    ClockStarted,
    ClockStopped,
    DeadlineMissed,
    DeadlineRecomputed,
    DeadlineWarned,
    HandlingUrged,
    OversightCaseEvent,
)
from statute.instants import end_instant


def occurred_at(event: OversightCaseEvent, act: datetime) -> datetime:
    """The instant (UTC). `act` is when the act happened that started or stopped the clock.

    A rung happens at 00:00 Asia/Shanghai of its day; a breach, and a duty that the law ends, at the end of the
    due date. Never later than the act that made oversight derive it.
    """
    match event:
        case ClockStarted() | CaseAdopted() | DeadlineRecomputed():
            return act
        case ClockStopped():
            return end_instant(event.stopped_on) if event.deemed else act
        case DeadlineMissed():
            return end_instant(event.due_on)
        case DeadlineWarned() | HandlingUrged():
            return _midnight(event.falls_on)
        case _:
            assert_never(event)


def _midnight(day: date) -> datetime:
    return end_instant(day - timedelta(days=1))
