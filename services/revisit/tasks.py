"""The read model revisit.tasks: what is to be called back, by whom, until when, and what may be closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from operator import attrgetter
from typing import Any, assert_never

from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.common.v1.types import Deadline
from huiyin.revisit.v1.events import (
    CallBackRecorded,
    CaseClosed,
    Reach,
    RevisitAssigned,
    RevisitCaseEvent,
    RevisitQueued,
)
from ledger.refusal import Refusal
from revisit.domain.case import Case, closing_ground

STATES = ("queued", "assigned", "called", "closed")


@dataclass(frozen=True, slots=True)
class Task:
    """One row. `unit_id` is empty while nobody has taken the revisit; `closing_ground` while there is none."""

    case_id: str
    unit_id: str
    handler_unit_id: str
    served_on: date
    due_on: date
    state: str
    attempts: int = 0
    last_reach: str = ""
    closing_ground: str = ""


def task_after(task: Task | None, event: RevisitCaseEvent) -> Task:
    """The row after an event of its case."""
    match event:
        case RevisitQueued():
            return _new(event.case_id, "", event.handler_unit_id, event.revisit_deadline, "queued")
        case RevisitAssigned():
            return _new(
                event.case_id, event.unit_id, event.handler_unit_id, event.revisit_deadline, "assigned"
            )
        case CallBackRecorded():
            return _called(_known(task), event)
        case CaseClosed():
            return replace(_known(task), state="closed", closing_ground=event.ground.name.lower())
        case _:
            assert_never(event)


def _new(case_id: str, unit_id: str, handler_unit_id: str, deadline: Deadline, state: str) -> Task:
    return Task(case_id, unit_id, handler_unit_id, deadline.start_on, deadline.due_on, state)


def _called(task: Task, event: CallBackRecorded) -> Task:
    reached = event.reach is Reach.REACHED
    # A call that reached nobody leaves the finding of earlier ones as it was.
    ground = task.closing_ground if task.attempts and not reached else _ground(event if reached else None)
    return replace(
        task,
        state="called",
        attempts=task.attempts + 1,
        last_reach=event.reach.name.lower(),
        closing_ground=ground,
    )


def _ground(finding: CallBackRecorded | None) -> str:
    try:
        return closing_ground(Case(called_back=True, finding=finding)).name.lower()
    except Refusal:
        return ""


def _known(task: Task | None) -> Task:
    if task is None:
        raise ValueError(
            "a call-back or closing without an assignment: the ledger is not read from its start"
        )
    return task


_NAMES = tuple(field.name for field in fields(Task))
_values = attrgetter(*_NAMES)
_COLUMNS = ", ".join(_NAMES)
_LOAD = f"SELECT {_COLUMNS} FROM tasks WHERE case_id = ANY($1::text[])"
_UPSERT = f"""
INSERT INTO tasks ({_COLUMNS})
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::date[], $6::text[],
                     $7::integer[], $8::text[], $9::text[])
ON CONFLICT (case_id) DO UPDATE SET
    unit_id = excluded.unit_id, handler_unit_id = excluded.handler_unit_id, served_on = excluded.served_on,
    due_on = excluded.due_on, state = excluded.state, attempts = excluded.attempts,
    last_reach = excluded.last_reach, closing_ground = excluded.closing_ground
"""
_EVENTS = (RevisitQueued, RevisitAssigned, CallBackRecorded, CaseClosed)


def fold(tasks: Mapping[str, Task], events: Iterable[RevisitCaseEvent]) -> dict[str, Task]:
    """The rows after these events, by case."""
    after = dict(tasks)
    for event in events:
        after[event.case_id] = task_after(after.get(event.case_id), event)
    return after


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Fold the events onto the rows of their cases."""
    own = [incoming.event for incoming in events if isinstance(incoming.event, _EVENTS)]
    if not own:
        return
    rows = await connection.fetch(_LOAD, sorted({event.case_id for event in own}))
    after = fold({row["case_id"]: Task(*row.values()) for row in rows}, own)
    await connection.execute(_UPSERT, *map(list, zip(*map(_values, after.values()), strict=True)))


TASKS = Projection(name="revisit.tasks", sources=frozenset({"revisit"}), tables=("tasks",), project=project)
