"""What revisit answers over HTTP, besides its commands."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from chassis.http.problems import Problem
from chassis.workplace import Workplace
from huiyin.revisit.v1.events import ClosingGround
from revisit.domain.review_period import last_day_for_review
from revisit.tasks import Task
from statute.in_force import Statute

MAX_PAGE = 500
"""A page that a person can still scroll through and that stays below a megabyte."""

State = Literal["queued", "assigned", "called", "closed"]

_PAGE = """
SELECT case_id, unit_id, handler_unit_id, served_on, due_on, state, attempts, last_reach, closing_ground
FROM tasks
WHERE ($1::text IS NULL OR unit_id = $1) AND ($2::text IS NULL OR state = $2)
  AND (due_on, case_id) > ($3::date, $4::text)
ORDER BY due_on, case_id LIMIT $5
"""


def router(workplace: Workplace) -> APIRouter:
    """GET /tasks: the revisits by due date (K18), the longest due first."""
    routes = APIRouter()

    @routes.get("/tasks")
    async def list_tasks(
        unit: Annotated[str | None, Query(description="回访单位 the unit that calls back")] = None,
        state: Annotated[
            State | None, Query(description="queued: 待交办, waits for a unit to take it")
        ] = None,
        cursor: Annotated[str, Query(description="next_cursor of the page before", max_length=200)] = "",
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 100,
    ) -> dict[str, Any]:
        """回访任务。Revisits by due date; `closable_after` is the day after which the case may be closed."""
        after_on, after_case = _position(cursor)
        rows = await workplace.pool.fetch(_PAGE, unit, state, after_on, after_case, limit)
        tasks = [Task(*row.values()) for row in rows]
        more = len(tasks) == limit
        return {
            "tasks": [_shown(task, workplace.statute) for task in tasks],
            "next_cursor": f"{tasks[-1].due_on.isoformat()}~{tasks[-1].case_id}" if more else None,
        }

    return routes


def _position(cursor: str) -> tuple[date, str]:
    if not cursor:
        return date.min, ""
    due_on, _, case_id = cursor.partition("~")
    try:
        return date.fromisoformat(due_on), case_id
    except ValueError:
        raise Problem(
            400, "cursor-malformed", "翻页标记有误。", "Take the cursor from next_cursor."
        ) from None


def _shown(task: Task, statute: Statute) -> dict[str, Any]:
    waits = task.closing_ground == ClosingGround.REVIEW_PERIOD_ENDED.name.lower() and task.state != "closed"
    return asdict(task) | {
        "closable_after": last_day_for_review(task.served_on, statute) if waits else None,
    }
