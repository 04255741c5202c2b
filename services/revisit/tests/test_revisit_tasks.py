"""The list of revisits is the fold of revisit's ledger."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.revisit.v1.events import (
    Answer,
    CallBackRecorded,
    CaseClosed,
    ClosingGround,
    Reach,
    RevisitAssigned,
    RevisitCaseEvent,
    RevisitQueued,
)
from revisit.tasks import Task, fold
from statute.calendar import load
from statute.deadlines import compute

DEADLINE = compute("K18", date(2025, 8, 27), calendar=load("cn"))
QUEUED = RevisitQueued(case_id="c1", handler_unit_id="housing", revisit_deadline=DEADLINE)
ASSIGNED = RevisitAssigned(
    case_id="c1", unit_id="petitions", handler_unit_id="housing", revisit_deadline=DEADLINE
)
CLOSED = CaseClosed(case_id="c1", unit_id="petitions", ground=ClosingGround.CONFIRMED)


def called(reach: Reach, promise_kept: Answer = Answer.NOT_GIVEN) -> CallBackRecorded:
    reached = reach is Reach.REACHED
    return CallBackRecorded(
        case_id="c1",
        unit_id="petitions",
        reach=reach,
        contacted=Answer.NOT_GIVEN,
        reply_received=Answer.YES if reached else Answer.NOT_GIVEN,
        promise_kept=promise_kept,
        satisfied=Answer.NOT_GIVEN,
    )


def task(*events: RevisitCaseEvent) -> Task:
    return fold({}, events)["c1"]


def test_a_revisit_waits_until_a_unit_has_it() -> None:
    waiting = Task("c1", "", "housing", date(2025, 8, 27), date(2025, 9, 3), "queued")
    assert task(QUEUED) == waiting
    assert task(QUEUED, ASSIGNED) == task(ASSIGNED)
    assert (task(ASSIGNED).state, task(ASSIGNED).unit_id) == ("assigned", "petitions")


@pytest.mark.parametrize(
    ("calls", "ground"),
    [
        ([called(Reach.UNREACHED)], "review_period_ended"),
        ([called(Reach.REFUSED), called(Reach.UNREACHED)], "review_period_ended"),
        ([called(Reach.UNREACHED), called(Reach.REACHED)], "confirmed"),
        ([called(Reach.REACHED), called(Reach.UNREACHED)], "confirmed"),
        ([called(Reach.REACHED, Answer.NO)], ""),
        ([called(Reach.REACHED, Answer.NO), called(Reach.UNREACHED)], ""),
        ([called(Reach.REACHED, Answer.NO), called(Reach.REACHED)], "confirmed"),
    ],
)
def test_it_shows_on_what_ground_the_case_may_be_closed(calls: list[CallBackRecorded], ground: str) -> None:
    row = task(ASSIGNED, *calls)
    assert (row.state, row.attempts, row.closing_ground) == ("called", len(calls), ground)
    assert row.last_reach == calls[-1].reach.name.lower()


def test_a_closed_case_shows_its_ground() -> None:
    row = task(ASSIGNED, called(Reach.REACHED), CLOSED)
    assert (row.state, row.closing_ground) == ("closed", "confirmed")


def test_folding_in_two_steps_gives_the_same_as_in_one() -> None:
    events = (QUEUED, ASSIGNED, called(Reach.REACHED, Answer.NO), called(Reach.UNREACHED), CLOSED)
    for cut in range(len(events)):
        assert fold(fold({}, events[:cut]), events[cut:]) == fold({}, events)
