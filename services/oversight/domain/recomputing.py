"""Counting a running clock again when a calendar was published or corrected (architecture.md §5)."""

from __future__ import annotations

from dataclasses import replace

from huiyin.oversight.v1.events import DeadlineRecomputed
from oversight.domain.rungs import rungs_of
from oversight.domain.running import Running
from statute.in_force import Statute


def recomputed(clock: Running, statute: Statute) -> DeadlineRecomputed:
    """The same period, under the same version of its rule, by the calendar in force now; old and new side by side.

    Rungs that are on record stay there and do not come again, wherever the new count would put them.
    """
    started = clock.started
    deadline = statute.recompute(started.deadline)
    outstanding = [rung for rung in rungs_of(deadline, statute) if rung.name not in clock.reached]
    return DeadlineRecomputed(
        case_id=started.case_id,
        clock=started.clock,
        unit_id=started.unit_id,
        rule=started.rule,
        old_calendar=started.deadline.calendar,
        old_due_on=started.due_on,
        old_provisional=started.provisional,
        deadline=deadline,
        rungs=tuple(outstanding),
    )


def counted_again(clock: Running, event: DeadlineRecomputed) -> Running:
    """The clock after it was counted again."""
    on_record = tuple(rung for rung in clock.started.rungs if rung.name in clock.reached)
    started = replace(
        clock.started,
        due_on=event.deadline.due_on,
        provisional=event.deadline.provisional,
        deadline=event.deadline,
        rungs=on_record + tuple(event.rungs),
    )
    return Running(started, clock.reached, clock.stopped)
