"""What notification answers over HTTP. Nobody gives it commands: notices follow from events alone."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from chassis.clock import shown
from chassis.workplace import Workplace
from notification.notices import COLUMNS, Notice

MAX_PAGE = 500
"""A page that a person can still scroll through and that stays below a megabyte."""

MAX_OF_A_CASE = 1000
"""No case has as many notices; a limit all the same."""

State = Literal["prepared", "delivered", "undeliverable"]

_OF_CASE = f"SELECT {COLUMNS} FROM notices WHERE case_id = $1 ORDER BY position, notice_key LIMIT $2"
_PAGE = f"""
SELECT {COLUMNS} FROM notices
WHERE ($1::text IS NULL OR state = $1) AND position > $2 ORDER BY position LIMIT $3
"""


def router(workplace: Workplace) -> APIRouter:
    """GET /cases/{case_id}/notices and GET /notices: what was owed, and what became of it; never its content."""
    routes = APIRouter()

    @routes.get("/cases/{case_id}/notices")
    async def list_notices_of_case(case_id: str) -> dict[str, Any]:
        """一件信访事项的全部告知。The notices of a case, in the order in which they arose."""
        rows = await workplace.pool.fetch(_OF_CASE, case_id, MAX_OF_A_CASE)
        return {"case_id": case_id, "notices": [_shown(Notice(*row.values())) for row in rows]}

    @routes.get("/notices")
    async def list_notices(
        state: Annotated[State | None, Query(description="prepared: 待发, not handed over yet")] = None,
        cursor: Annotated[int, Query(ge=0, description="next_cursor of the page before")] = 0,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 100,
    ) -> dict[str, Any]:
        """告知一览。All notices, in the order in which they arose."""
        rows = await workplace.pool.fetch(_PAGE, state, cursor, limit)
        notices = [Notice(*row.values()) for row in rows]
        return {
            "notices": [_shown(notice) for notice in notices],
            "next_cursor": notices[-1].position if len(notices) == limit else None,
        }

    return routes


def _shown(notice: Notice) -> dict[str, Any]:
    settled = shown(notice.settled_at) if notice.settled_at else None
    return asdict(notice) | {"recorded_at": shown(notice.recorded_at), "settled_at": settled}
