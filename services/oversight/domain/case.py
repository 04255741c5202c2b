"""A case as oversight sees it: clocks that start, are warned of, are missed, are urged, change, and stop.

Oversight listens to facts: what it is told either changes a clock or is already so. It refuses only what no fact can
be: a start that moves, a pause or a conversion that the rule of the clock does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
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
from ledger.decider import Decider
from oversight.domain.changing import convert_clock, extend, pause, resume, started_clock
from oversight.domain.commands import (
    AdoptCase,
    ConvertClock,
    EndByDeeming,
    ExtendClock,
    OversightCommand,
    PauseClock,
    RecomputeClocks,
    ResumeClock,
    StartClock,
    StopClock,
    SweepCase,
)
from oversight.domain.facts import after, reached
from oversight.domain.recomputing import counted_again, recomputed
from oversight.domain.running import Case, Running
from statute.in_force import Statute
from statute.instants import civil_date, end_instant


def decide(case: Case, command: OversightCommand) -> Sequence[OversightCaseEvent]:
    """The events that a command leads to; [] if it is already so. Raises StartMoved, EveryDayCounts, NothingToConvertTo."""
    match command:
        case StartClock():
            return _start(case, command)
        case StopClock():
            return _stop(case, command)
        case EndByDeeming():
            return _deem(case, command)
        case ExtendClock():
            return extend(case, command)
        case PauseClock():
            return pause(case, command)
        case ResumeClock():
            return resume(case, command)
        case ConvertClock():
            return convert_clock(case, command)
        case SweepCase():
            return _sweep(case, command.at)
        case RecomputeClocks():
            return _recompute(case, command.statute)
        case AdoptCase():
            return _adopt(case, command)
        case _:
            assert_never(command)


def _start(case: Case, command: StartClock) -> Sequence[OversightCaseEvent]:
    if command.deadline.clock in case.clocks:
        return []  # Nothing restarts a clock: neither a second delivery nor a later act.
    return [started_clock(command.case_id, command.unit_id, command.deadline, command.statute)]


def _stop(case: Case, command: StopClock) -> Sequence[OversightCaseEvent]:
    clock = case.open_clock(command.clock)
    if clock is None:
        return []
    on = civil_date(command.stopped_at)
    never_late = clock.started.provisional or clock.paused is not None
    late = 0 if never_late else max(0, (on - clock.started.due_on).days)
    exactly = command.stopped_at if clock.deadline.due_at is not None else None
    stopped = _stopped(clock.started, on, late, deemed=False, at=exactly)
    return [*reached(clock, command.stopped_at), stopped]


def _deem(case: Case, command: EndByDeeming) -> Sequence[OversightCaseEvent]:
    clock = case.open_clock(command.clock)
    if clock is None:
        return []
    until = end_instant(command.deemed_on)  # The law speaks when the due date has passed.
    return [*reached(clock, until), _stopped(clock.started, command.deemed_on, 0, deemed=True)]


def _stopped(
    started: ClockStarted, on: date, late: int, *, deemed: bool, at: datetime | None = None
) -> ClockStopped:
    return ClockStopped(
        case_id=started.case_id,
        clock=started.clock,
        rule=started.rule,
        unit_id=started.unit_id,
        stopped_on=on,
        days_late=late,
        deemed=deemed,
        stopped_at=at,
    )


def _sweep(case: Case, until: datetime) -> Sequence[OversightCaseEvent]:
    open_clocks = [clock for clock in case.clocks.values() if clock.open]
    return [event for clock in open_clocks for event in reached(clock, until)]


def _recompute(case: Case, statute: Statute) -> Sequence[OversightCaseEvent]:
    """A breach on record stays, and what was done was done in or out of time by the calendar of its day.

    A clock that stands still is counted again when it goes on.
    """
    running = [
        clock for clock in case.clocks.values() if clock.open and not clock.missed and not clock.paused
    ]
    return [recomputed(clock, statute) for clock in running if statute.outdated(clock.deadline.calendar)]


def _adopt(case: Case, command: AdoptCase) -> Sequence[OversightCaseEvent]:
    if case.adopted or not any(clock.open for clock in case.clocks.values()):
        return []
    return [CaseAdopted(case_id=command.case_id, adopted_on=civil_date(command.at))]


def evolve(case: Case, event: OversightCaseEvent) -> Case:
    """The case after an event."""
    match event:
        case ClockStarted():
            return _with(case, Running(event))
        case CaseAdopted():
            return Case(case.clocks, adopted=True)
        case _:
            return _with(case, _changed(case.clocks[event.clock], event))


def _changed(clock: Running, event: _Change) -> Running:
    match event:
        case DeadlineWarned() | DeadlineMissed() | HandlingUrged():
            return after(clock, [event])
        case DeadlineRecomputed() | ClockExtended():
            return counted_again(clock, event.deadline, event.rungs)
        case ClockPaused():
            return replace(clock, paused=event)
        case ClockResumed():
            return replace(counted_again(clock, event.deadline, event.rungs), paused=None)
        case ClockConverted():
            return replace(clock, converted=event)
        case ClockStopped():
            return replace(clock, stopped=event)
        case _:
            assert_never(event)


_Change = (
    DeadlineWarned
    | DeadlineMissed
    | HandlingUrged
    | DeadlineRecomputed
    | ClockExtended
    | ClockPaused
    | ClockResumed
    | ClockConverted
    | ClockStopped
)
"""What happens to a clock once it has started."""


def _with(case: Case, clock: Running) -> Case:
    return Case({**case.clocks, clock.started.clock: clock}, case.adopted)


case_decider: Decider[Case, OversightCommand, OversightCaseEvent] = Decider(
    initial=Case(), decide=decide, evolve=evolve
)


def stream(case_id: str) -> str:
    """The stream in which oversight records what it knows of a case."""
    return f"oversight-case-{case_id}"


def legal_basis(event: OversightCaseEvent) -> str:
    """The rule and version under which an event stands."""
    return "" if isinstance(event, CaseAdopted) else event.rule
