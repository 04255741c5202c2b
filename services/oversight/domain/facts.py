"""The one place where rungs become facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar, assert_never

from huiyin.oversight.v1.events import (
    ClockStarted,
    DeadlineMissed,
    DeadlineWarned,
    HandlingUrged,
    OversightCaseEvent,
    Rung,
    RungKind,
)
from oversight.domain.rungs import MISSED
from oversight.domain.running import Running
from statute.instants import civil_date

_RUNGS = DeadlineWarned | DeadlineMissed | HandlingUrged


def reached(clock: Running, until: datetime) -> Iterator[OversightCaseEvent]:
    """Those rungs that fell at `until` or before and are not on record, in order of time.

    A day's rung falls with its 00:00, so one of the day of an act came before the act. While a clock is paused none
    falls: those before the pause were put on record with it.
    """
    if clock.paused is not None:
        return
    day = civil_date(until)
    for rung in clock.started.rungs:
        fell = rung.falls_on <= day if rung.falls_at is None else rung.falls_at <= until
        if fell and rung.name not in clock.reached:
            yield _fact(clock.started, rung)


def after(clock: Running, facts: Iterable[OversightCaseEvent]) -> Running:
    """The clock once these rungs of it are on record; events of another kind say nothing here."""
    names = {
        MISSED if isinstance(fact, DeadlineMissed) else fact.rung
        for fact in facts
        if isinstance(fact, _RUNGS)
    }
    return replace(clock, reached=clock.reached | names)


def _fact(started: ClockStarted, rung: Rung) -> OversightCaseEvent:
    match rung.kind:
        case RungKind.WARNING:
            return _step(DeadlineWarned, started, rung)
        case RungKind.MISSED:
            return DeadlineMissed(
                case_id=started.case_id,
                clock=started.clock,
                rule=started.rule,
                unit_id=started.unit_id,
                due_on=started.due_on,
                due_at=rung.falls_at,
            )
        case RungKind.URGE:
            return _step(HandlingUrged, started, rung)
        case RungKind.UNSPECIFIED:
            raise ValueError(
                f"rung {rung.name} of {started.clock} was planned by a newer program than this one"
            )
        case _:
            assert_never(rung.kind)


Step = TypeVar("Step", DeadlineWarned, HandlingUrged)


def _step(kind: type[Step], started: ClockStarted, rung: Rung) -> Step:
    return kind(
        case_id=started.case_id,
        clock=started.clock,
        rule=started.rule,
        unit_id=started.unit_id,
        rung=rung.name,
        due_on=started.due_on,
        falls_on=rung.falls_on,
        falls_at=rung.falls_at,
    )
