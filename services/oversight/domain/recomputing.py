"""Counting a running clock again from its own start: for another calendar, an extension, or days left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from huiyin.common.v1.types import Deadline
from huiyin.oversight.v1.events import DeadlineRecomputed, Rung
from oversight.domain.rungs import rungs_of
from oversight.domain.running import Running
from statute.deadlines import under_rule
from statute.excluded import excluded_spans
from statute.in_force import Statute


def recomputed(clock: Running, statute: Statute) -> DeadlineRecomputed:
    """The same period, under the same version of its rule, by the calendar in force now; old and new side by side."""
    started = clock.started
    deadline = statute.recompute(started.deadline)
    return DeadlineRecomputed(
        case_id=started.case_id,
        clock=started.clock,
        unit_id=started.unit_id,
        rule=started.rule,
        old_calendar=started.deadline.calendar,
        old_due_on=started.due_on,
        old_provisional=started.provisional,
        deadline=deadline,
        rungs=outstanding(clock, deadline, statute),
    )


def outstanding(clock: Running, deadline: Deadline, statute: Statute) -> tuple[Rung, ...]:
    """The rungs of the new count. Those on record stay there and do not come again, wherever it would put them."""
    return tuple(rung for rung in rungs_of(deadline, statute) if rung.name not in clock.reached)


def without_days(deadline: Deadline, first_on: date, last_on: date, statute: Statute) -> Deadline:
    """The period without these days, both included, besides those that it leaves out already.

    The start itself is never counted, so it is none of them. Raises ExclusionRefused (statute/deadlines.py).
    """
    first_on = max(first_on, deadline.start_on + timedelta(days=1))
    span = [(first_on, last_on)] if first_on <= last_on else []
    return under_rule(
        statute.rules.get(deadline.rule),
        deadline.start_on,
        calendar=statute.calendar,
        extension_days=deadline.extension_days,
        excluded=[*excluded_spans(deadline), *span],
    )


def counted_again(clock: Running, deadline: Deadline, rungs: Sequence[Rung]) -> Running:
    """The clock after it was counted again."""
    on_record = tuple(rung for rung in clock.started.rungs if rung.name in clock.reached)
    started = replace(
        clock.started,
        due_on=deadline.due_on,
        provisional=deadline.provisional,
        deadline=deadline,
        rungs=on_record + tuple(rungs),
    )
    return replace(clock, started=started)
