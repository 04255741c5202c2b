"""The state of a case: one fold over the merged timeline of all services, used by everything that shows a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.registry import CATALOGUE

__all__ = ["CASE_STATE_ZH", "CaseState", "CaseView", "Custody", "Entry", "fold", "merge"]


class CaseState(StrEnum):
    """Where a case stands (domain.md §2). Overdue is not among them: it is a fact beside the state."""

    RECEIVED = "received"
    REGISTERED = "registered"
    CLASSIFIED = "classified"
    TRANSFERRED = "transferred"
    ACCEPTED = "accepted"
    REPLIED = "replied"
    REVISITED = "revisited"
    CLOSED = "closed"
    ROUTED_OUT = "routed_out"
    NOT_ACCEPTED = "not_accepted"
    DIVIDED = "divided"
    SEALED = "sealed"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    STUDIED = "studied"
    DECIDED = "decided"


CASE_STATE_ZH = {
    CaseState.RECEIVED: "已收到",
    CaseState.REGISTERED: "已登记",
    CaseState.CLASSIFIED: "已甄别",
    CaseState.TRANSFERRED: "已转送",
    CaseState.ACCEPTED: "已受理",
    CaseState.REPLIED: "已答复",
    CaseState.REVISITED: "已回访",
    CaseState.CLOSED: "已办结",
    CaseState.ROUTED_OUT: "已引导",
    CaseState.NOT_ACCEPTED: "不予受理",
    CaseState.DIVIDED: "已拆分",
    CaseState.SEALED: "已密封移送",
    CaseState.WITHDRAWN: "已撤回",
    CaseState.VOIDED: "重复登记已注销",
    CaseState.STUDIED: "正在研究",
    CaseState.DECIDED: "已答复建议",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in the merged timeline of a case."""

    service: str
    position: int
    hash: bytes = field(repr=False)
    recorded: RecordedEvent
    event: Any


@dataclass(frozen=True, slots=True)
class Custody:
    """A unit held the case from one instant to another; `until` is None while it still does."""

    unit_id: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """What is known of a case. `state` is None before anything was recorded."""

    state: CaseState | None = None
    receipt_number: str = ""
    custody: tuple[Custody, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def holder(self) -> str | None:
        """The unit that holds the case now."""
        return self.custody[-1].unit_id if self.custody else None


def merge(
    entries: Iterable[Entry], *, as_of: datetime | None = None, at: datetime | None = None
) -> Sequence[Entry]:
    """The one order that is the same for everyone: (recorded_at, service, position).

    `as_of`: only what was recorded by then. `at`: only what had occurred by then.
    """
    kept = (
        entry
        for entry in entries
        if (as_of is None or entry.recorded.recorded_at <= as_of)
        and (at is None or entry.recorded.occurred_at <= at)
    )
    return sorted(kept, key=lambda entry: (entry.recorded.recorded_at, entry.service, entry.position))


def fold(timeline: Sequence[Entry]) -> CaseView:
    """The state, holder and custody that a merged timeline leads to."""
    state: CaseState | None = None
    number = ""
    custody: tuple[Custody, ...] = ()
    for entry in timeline:
        known = CATALOGUE[entry.recorded.type]
        if known.case_state is not None:
            state = CaseState[known.case_state]
        number = number or getattr(entry.event, "receipt_number", "")
        if known.holder_field is not None:
            custody = _hand_over(
                custody, getattr(entry.event, known.holder_field), entry.recorded.occurred_at
            )
    return CaseView(state=state, receipt_number=number, custody=custody, entries=tuple(timeline))


def _hand_over(custody: tuple[Custody, ...], unit_id: str, at: datetime) -> tuple[Custody, ...]:
    if not custody:
        return (Custody(unit_id, at, None),)
    *earlier, last = custody
    if last.unit_id == unit_id:
        return custody
    return (*earlier, Custody(last.unit_id, last.since, at), Custody(unit_id, at, None))
