"""Audit's HTTP API: cases as all services recorded them."""

from __future__ import annotations

import base64
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from audit import cases
from chassis.clock import shown
from chassis.http.instants import Instant
from chassis.http.problems import Problem
from chassis.service import Parts
from chassis.workplace import Workplace
from huiyin.case_state import CASE_STATE_ZH, CaseState, CaseView, Custody, Entry
from huiyin.registry import CATALOGUE

NO_CASE = ("unknown-case", "没有这件信访事项。", "There is no such case: check the number, or wait a moment.")


UNIT_FIELDS = ("to_unit_id", "unit_id", "first_receiver_unit_id")
"""Where an event names the unit that it is about; the first that is there."""


class SummaryBody(BaseModel):
    """The cases over which figures are wanted."""

    model_config = ConfigDict(extra="forbid")
    case_ids: list[str] = Field(max_length=cases.SUMMARY_LIMIT)


def build(workplace: Workplace) -> Parts:
    """Audit's routes."""
    router = APIRouter()
    pool = workplace.pool

    @router.get("/cases", operation_id="audit_cases")
    async def list_cases(
        limit: Annotated[int, Query(ge=1, le=cases.PAGE_LIMIT)] = 50,
        state: CaseState | None = None,
        holder: str | None = None,
        cursor: str | None = None,
    ) -> dict[str, Any]:
        """办件列表，最近收到的在前 Cases, the newest first. `cursor` is the `next` of the page before."""
        rows = await cases.page(
            pool, limit=limit, state=state, holder=holder, after=_read_cursor(cursor) if cursor else None
        )
        last = rows[-1] if len(rows) == limit else None
        return {
            "cases": [_row(row) for row in rows],
            "next": _cursor(last["received_at"], last["case_id"]) if last else None,
        }

    @router.get("/cases/{name}", operation_id="audit_case")
    async def show_case(
        name: str,
        as_of: Annotated[
            Instant | None, Query(description="只看此刻之前记录的 Only what was recorded by then.")
        ] = None,
        at: Annotated[
            Instant | None, Query(description="只看此刻之前发生的 Only what had occurred by then.")
        ] = None,
    ) -> dict[str, Any]:
        """一件到底：时间线、经手单位 One case by id or receipt number: its timeline, who held it when."""
        case_id = await cases.find(pool, name)
        if case_id is None:
            raise Problem(404, *NO_CASE)
        view = await cases.view(pool, case_id, as_of=as_of, at=at)
        names = {unit.unit_id: unit.name for unit in await workplace.directory.all()}
        return _case(case_id, view, names)

    @router.post("/summaries", operation_id="audit_summary")
    async def summarise(body: SummaryBody) -> dict[str, Any]:
        """汇总 Figures over some cases, each derived from their events."""
        return asdict(await cases.summary(pool, body.case_ids))

    @router.get("/chains", operation_id="audit_chains")
    async def chains() -> list[dict[str, Any]]:
        """链条核验 The last line of each service whose link was checked, and the first that did not fit."""
        rows = await pool.fetch("SELECT * FROM chains ORDER BY service")
        return [
            {
                "service": row["service"],
                "position": row["position"],
                "hash": row["hash"].hex(),
                "broken_at": row["broken_at"],
            }
            for row in rows
        ]

    return Parts(router=router)


def _row(row: Any) -> dict[str, Any]:
    state = CaseState(row["state"]) if row["state"] else None
    return {
        "case_id": row["case_id"],
        "receipt_number": row["receipt_number"],
        "state": state,
        "state_zh": CASE_STATE_ZH[state] if state else None,
        "holder": row["holder"],
        "received_at": shown(row["received_at"]),
        "imported": row["imported"],
        "events": row["events"],
    }


def _case(case_id: str, view: CaseView, names: dict[str, str]) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "receipt_number": view.receipt_number,
        "state": view.state,
        "state_zh": CASE_STATE_ZH[view.state] if view.state else None,
        "holder": view.holder,
        "holder_name": names.get(view.holder or "", view.holder),
        "custody": [_custody(each, names) for each in view.custody],
        "timeline": [_entry(each, names) for each in view.entries],
    }


def _custody(custody: Custody, names: dict[str, str]) -> dict[str, Any]:
    return {
        "unit_id": custody.unit_id,
        "unit": names.get(custody.unit_id, custody.unit_id),
        "since": shown(custody.since),
        "until": shown(custody.until) if custody.until else None,
    }


def _entry(entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    recorded = entry.recorded
    known = CATALOGUE[recorded.type]
    unit_id = next(filter(None, (getattr(entry.event, name, "") for name in UNIT_FIELDS)), "")
    deadlines = {
        name: {"clock": value.clock, "due_on": value.due_on.isoformat(), "provisional": value.provisional}
        for name in (field.name for field in known.fields)
        if (value := getattr(entry.event, name, None)) is not None and hasattr(value, "due_on")
    }
    return {
        "service": entry.service,
        "position": entry.position,
        "type": recorded.type,
        "event": known.name,
        "zh": known.zh,
        "occurred_at": shown(recorded.occurred_at),
        "recorded_at": shown(recorded.recorded_at),
        "unit_id": unit_id,
        "unit": names.get(unit_id, unit_id),
        "clock": getattr(entry.event, "clock", None),
        "days_late": getattr(entry.event, "days_late", None),
        "deadlines": deadlines,
        "actor": {"unit_id": recorded.actor.unit_id, "role": recorded.actor.role},
        "traceparent": recorded.traceparent,
        "hash": entry.hash.hex(),
    }


def _cursor(received_at: datetime, case_id: str) -> str:
    return base64.urlsafe_b64encode(f"{received_at.isoformat()}|{case_id}".encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        instant, _, case_id = base64.urlsafe_b64decode(cursor).decode().partition("|")
        return datetime.fromisoformat(instant), case_id
    except ValueError:
        raise Problem(422, "cursor", "翻页标记有误。", "The cursor is not one of ours.") from None
