"""A case as oversight sees it: clocks that start, are warned of, are missed, are urged, and stop.

Oversight listens to facts, so it refuses nothing: what it is told either changes a clock or is already so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias, TypeVar, assert_never

from huiyin.common.v1.types import Deadline
from huiyin.oversight.v1.events import (
    CaseAdopted,
    ClockStarted,
    ClockStopped,
    DeadlineMissed,
    DeadlineRecomputed,
    DeadlineWarned,
    HandlingUrged,
    OversightCaseEvent,
    Rung,
    RungKind,
)
from ledger.decider import Decider
from oversight.domain.recomputing import counted_again, recomputed
from oversight.domain.rungs import MISSED, first_day_late, rungs_of
from oversight.domain.running import Running
from statute.in_force import Statute
from statute.instants import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class StartClock:
    """A duty began. `deadline` was computed by the service whose event began it; it is never computed here."""

    at: datetime
    case_id: str
    unit_id: str
    deadline: Deadline
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class StopClock:
    """The unit did on `stopped_on` what the clock asks."""

    at: datetime
    clock: str
    stopped_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndByDeeming:
    """The duty ended by law with its due date, `deemed_on`, because nobody acted (K3, domain.md §2 7′)."""

    at: datetime
    clock: str
    deemed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepCase:
    """Look at every clock of the case as of today, the civil date of `at`."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecomputeClocks:
    """Count the running clocks again whose calendar was published or corrected since."""

    at: datetime
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptCase:
    """Take an imported case over: whatever of it is still open is overseen from today on."""

    at: datetime
    case_id: str


OversightCommand: TypeAlias = StartClock | StopClock | EndByDeeming | SweepCase | RecomputeClocks | AdoptCase


@dataclass(frozen=True, slots=True)
class Case:
    """What oversight knows of a case: its clocks by name."""

    clocks: Mapping[str, Running] = field(default_factory=dict)
    adopted: bool = False


def decide(case: Case, command: OversightCommand) -> Sequence[OversightCaseEvent]:
    """The events that a command leads to; [] if it is already so."""
    match command:
        case StartClock():
            return _start(case, command)
        case StopClock():
            return _stop(case, command)
        case EndByDeeming():
            return _deem(case, command)
        case SweepCase():
            return _sweep(case, civil_date(command.at))
        case RecomputeClocks():
            return _recompute(case, command.statute)
        case AdoptCase():
            return _adopt(case, command)
        case _:
            assert_never(command)


def _start(case: Case, command: StartClock) -> Sequence[OversightCaseEvent]:
    deadline = command.deadline
    if deadline.clock in case.clocks:
        return []  # Nothing restarts a clock: neither a second delivery nor a later act.
    return [
        ClockStarted(
            case_id=command.case_id,
            clock=deadline.clock,
            rule=deadline.rule,
            unit_id=command.unit_id,
            start_on=deadline.start_on,
            due_on=deadline.due_on,
            provisional=deadline.provisional,
            rungs=rungs_of(deadline, command.statute),
            deadline=deadline,
        )
    ]


def _stop(case: Case, command: StopClock) -> Sequence[OversightCaseEvent]:
    clock = case.clocks.get(command.clock)
    if clock is None or clock.stopped is not None:
        return []
    started = clock.started
    late = 0 if started.provisional else max(0, (command.stopped_on - started.due_on).days)
    # A rung begins with its day, so one that falls on the day of the act came before the act.
    return [*_reached(clock, command.stopped_on), _stopped(started, command.stopped_on, late, deemed=False)]


def _deem(case: Case, command: EndByDeeming) -> Sequence[OversightCaseEvent]:
    clock = case.clocks.get(command.clock)
    if clock is None or clock.stopped is not None:
        return []
    until = first_day_late(command.deemed_on)  # The law speaks when the due date has passed.
    return [*_reached(clock, until), _stopped(clock.started, command.deemed_on, 0, deemed=True)]


def _stopped(started: ClockStarted, on: date, late: int, *, deemed: bool) -> ClockStopped:
    return ClockStopped(
        case_id=started.case_id,
        clock=started.clock,
        rule=started.rule,
        unit_id=started.unit_id,
        stopped_on=on,
        days_late=late,
        deemed=deemed,
    )


def _sweep(case: Case, today: date) -> Sequence[OversightCaseEvent]:
    open_clocks = [clock for clock in case.clocks.values() if clock.stopped is None]
    return [event for clock in open_clocks for event in _reached(clock, today)]


def _recompute(case: Case, statute: Statute) -> Sequence[OversightCaseEvent]:
    """A breach on record stays, and what was done was done in or out of time by the calendar of its day."""
    running = [clock for clock in case.clocks.values() if clock.stopped is None and not clock.missed]
    return [
        recomputed(clock, statute) for clock in running if statute.outdated(clock.started.deadline.calendar)
    ]


def _adopt(case: Case, command: AdoptCase) -> Sequence[OversightCaseEvent]:
    if case.adopted or all(clock.stopped is not None for clock in case.clocks.values()):
        return []
    return [CaseAdopted(case_id=command.case_id, adopted_on=civil_date(command.at))]


def _reached(clock: Running, until: date) -> Iterator[OversightCaseEvent]:
    """The one place where rungs become facts: those that fell on `until` or before and are not on record."""
    for rung in clock.started.rungs:
        if rung.falls_on <= until and rung.name not in clock.reached:
            yield _fact(clock.started, rung)


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
    )


def evolve(case: Case, event: OversightCaseEvent) -> Case:
    """The case after an event."""
    match event:
        case ClockStarted():
            return _with(case, Running(event))
        case ClockStopped():
            clock = case.clocks[event.clock]
            return _with(case, Running(clock.started, clock.reached, event))
        case DeadlineWarned() | HandlingUrged():
            return _on_record(case, event.clock, event.rung)
        case DeadlineMissed():
            return _on_record(case, event.clock, MISSED)
        case DeadlineRecomputed():
            return _with(case, counted_again(case.clocks[event.clock], event))
        case CaseAdopted():
            return Case(case.clocks, adopted=True)
        case _:
            assert_never(event)


def _on_record(case: Case, clock: str, rung: str) -> Case:
    running = case.clocks[clock]
    return _with(case, Running(running.started, running.reached | {rung}, running.stopped))


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
