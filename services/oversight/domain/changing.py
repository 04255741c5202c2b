"""What becomes of a clock while it runs: extended, paused, resumed, converted. Its start stays, and so does a breach.

Each of these first puts on record what time had made due by then, so that sweeping early, late or never is the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.common.v1.types import Deadline
from huiyin.oversight.v1.events import (
    ClockConverted,
    ClockExtended,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    OversightCaseEvent,
)
from oversight.domain.commands import ConvertClock, ExtendClock, PauseClock, ResumeClock
from oversight.domain.facts import after, reached
from oversight.domain.recomputing import outstanding, without_days
from oversight.domain.refusals import EveryDayCounts, NothingToConvertTo, StartMoved
from oversight.domain.rungs import rungs_of
from oversight.domain.running import Case, Running
from statute.in_force import Statute
from statute.instants import civil_date
from statute.recomputing import convert


def extend(case: Case, command: ExtendClock) -> Sequence[OversightCaseEvent]:
    """ClockExtended; [] if it holds so many days already. What was missed by then stays as it is: too late.

    Raises StartMoved.
    """
    clock, new = case.open_clock(command.clock), command.deadline
    if clock is None:
        return []
    _check_start(clock.deadline, new)
    if new.extension_days <= clock.deadline.extension_days:
        return []
    fell = list(reached(clock, command.granted_at))
    then = after(clock, fell)
    if then.missed:
        return fell
    started = clock.started
    extended = ClockExtended(
        case_id=started.case_id,
        clock=started.clock,
        unit_id=started.unit_id,
        rule=started.rule,
        old=clock.deadline,
        deadline=new,
        rungs=outstanding(then, new, command.statute),
    )
    return [*fell, extended]


def pause(case: Case, command: PauseClock) -> Sequence[OversightCaseEvent]:
    """ClockPaused; [] if it stands still already. A period that is over is not paused. Raises EveryDayCounts."""
    clock = case.open_clock(command.clock)
    if clock is None or clock.paused is not None:
        return []
    started, rule = clock.started, command.statute.rules.get(clock.deadline.rule)
    if not rule.exclusion:
        raise EveryDayCounts(rule.id, rule.article)
    fell, paused_on = list(reached(clock, command.paused_at)), civil_date(command.paused_at)
    if after(clock, fell).missed or paused_on > started.due_on:
        return fell
    paused = ClockPaused(
        case_id=started.case_id,
        clock=started.clock,
        unit_id=started.unit_id,
        rule=started.rule,
        paused_on=paused_on,
        due_on=started.due_on,
    )
    return [*fell, paused]


def resume(case: Case, command: ResumeClock) -> Sequence[OversightCaseEvent]:
    """ClockResumed, counted again without the days of the pause by the calendar in force; [] if it runs."""
    clock = case.open_clock(command.clock)
    if clock is None or clock.paused is None:
        return []
    started, resumed_on = clock.started, civil_date(command.resumed_at)
    deadline = without_days(clock.deadline, clock.paused.paused_on, resumed_on, command.statute)
    return [
        ClockResumed(
            case_id=started.case_id,
            clock=started.clock,
            unit_id=started.unit_id,
            rule=started.rule,
            paused_on=clock.paused.paused_on,
            resumed_on=resumed_on,
            old=clock.deadline,
            deadline=deadline,
            rungs=outstanding(clock, deadline, command.statute),
        )
    ]


def convert_clock(case: Case, command: ConvertClock) -> Sequence[OversightCaseEvent]:
    """ClockConverted, and the clock that takes over, from the same start, unless it runs already.

    A breach of the procedure that was given up stays on record. Raises NothingToConvertTo.
    """
    clock, statute = case.open_clock(command.clock), command.statute
    if clock is None:
        return []
    rule = statute.rules.get(clock.deadline.rule)
    if not rule.converts_to:
        raise NothingToConvertTo(rule.id)
    converted = ClockConverted(
        case_id=clock.started.case_id,
        clock=clock.started.clock,
        unit_id=clock.started.unit_id,
        rule=clock.started.rule,
        to_clock=rule.converts_to,
        converted_on=civil_date(command.converted_at),
    )
    facts = [*reached(clock, command.converted_at), converted]
    return facts if rule.converts_to in case.clocks else [*facts, _taking_over(clock, statute)]


def started_clock(case_id: str, unit_id: str, deadline: Deadline, statute: Statute) -> ClockStarted:
    """A clock that begins to run, with everything that will follow by itself."""
    return ClockStarted(
        case_id=case_id,
        clock=deadline.clock,
        rule=deadline.rule,
        unit_id=unit_id,
        start_on=deadline.start_on,
        due_on=deadline.due_on,
        provisional=deadline.provisional,
        rungs=rungs_of(deadline, statute),
        deadline=deadline,
    )


def _taking_over(clock: Running, statute: Statute) -> ClockStarted:
    deadline = convert(clock.deadline, calendar=statute.calendar, rules=statute.rules)
    return started_clock(clock.started.case_id, clock.started.unit_id, deadline, statute)


def _check_start(old: Deadline, new: Deadline) -> None:
    if (old.clock, old.start_on, old.start_at) != (new.clock, new.start_on, new.start_at):
        raise StartMoved(old.clock, old.start_at or old.start_on, new.start_at or new.start_on)
