"""When each event of a case happened, which for an imported case is long before it is recorded."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

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
    OversightCaseEvent,
)
from oversight.domain.rungs import day_begins_at
from statute.instants import end_instant


def occurred_at(event: OversightCaseEvent, act: datetime) -> datetime:
    """The instant (UTC). `act` is when the act happened that started, changed or stopped the clock.

    A rung happens at its instant, which is 00:00 Asia/Shanghai of its day where days are counted; a breach, and a duty
    that the law ends, at the end of the period. Never later than the act that made oversight derive it.
    """
    match event:
        case ClockStarted() | CaseAdopted() | DeadlineRecomputed():
            return act
        case ClockExtended() | ClockPaused() | ClockResumed() | ClockConverted():
            return act
        case ClockStopped():
            return end_instant(event.stopped_on) if event.deemed else act
        case DeadlineMissed():
            return event.due_at or end_instant(event.due_on)
        case DeadlineWarned() | HandlingUrged():
            return event.falls_at or day_begins_at(event.falls_on)
        case _:
            assert_never(event)
