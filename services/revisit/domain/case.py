"""A case as revisit sees it: assigned, called back, closed (domain.md §2, transitions 13 and 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias, assert_never

from huiyin.common.v1.types import Deadline
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
from ledger.decider import Decider
from revisit.domain import refusals
from revisit.domain.review_period import last_day_for_review
from statute.in_force import Statute
from statute.instants import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignRevisit:
    """The opinion was served: `unit_id` calls the petitioner back."""

    at: datetime
    case_id: str
    unit_id: str
    handler_unit_id: str
    served_on: date
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRevisit:
    """The opinion was served, and no unit but its handler is known: somebody has to take the revisit."""

    at: datetime
    case_id: str
    handler_unit_id: str
    served_on: date
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRevisit:
    """A unit other than the handler takes a revisit that waits."""

    at: datetime
    by_unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCallBack:
    """Write down one attempt and its answers. Who was not reached, or refused, answered nothing."""

    at: datetime
    by_unit_id: str
    reach: Reach
    contacted: Answer = Answer.NOT_GIVEN
    reply_received: Answer = Answer.NOT_GIVEN
    promise_kept: Answer = Answer.NOT_GIVEN
    satisfied: Answer = Answer.NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase:
    """Close the case, on the ground that the record gives."""

    at: datetime
    by_unit_id: str
    statute: Statute


RevisitCommand: TypeAlias = AssignRevisit | QueueRevisit | TakeRevisit | RecordCallBack | CloseCase

PERSON_COMMANDS = (TakeRevisit, RecordCallBack, CloseCase)
"""What a person asks for over HTTP: POST /cases/{case_id}/<command>, made from the command's own fields."""


@dataclass(frozen=True, slots=True)
class Case:
    """What revisit knows of a case. `finding` is the last call-back that reached the petitioner."""

    queued: RevisitQueued | None = None
    assigned: RevisitAssigned | None = None
    called_back: bool = False
    finding: CallBackRecorded | None = None
    closed: bool = False


def decide(case: Case, command: RevisitCommand) -> Sequence[RevisitCaseEvent]:
    """The events that a command leads to; [] if it is already so; a Refusal if a rule forbids it."""
    match command:
        case AssignRevisit():
            return _assign(case, command)
        case QueueRevisit():
            return _queue(case, command)
        case TakeRevisit():
            return _take(case, command)
        case RecordCallBack():
            return _record(case, command)
        case CloseCase():
            return _close(case, command)
        case _:
            assert_never(command)


def _assign(case: Case, command: AssignRevisit) -> Sequence[RevisitCaseEvent]:
    if command.unit_id == command.handler_unit_id:
        raise refusals.HandlerRevisits(command.unit_id)
    if case.assigned is not None:
        if case.assigned.unit_id == command.unit_id:
            return []
        raise refusals.AssignedElsewhere(case.assigned.unit_id)
    return [
        RevisitAssigned(
            case_id=command.case_id,
            unit_id=command.unit_id,
            handler_unit_id=command.handler_unit_id,
            revisit_deadline=_deadline(command.served_on, command.statute),
        )
    ]


def _queue(case: Case, command: QueueRevisit) -> Sequence[RevisitCaseEvent]:
    if case.queued is not None or case.assigned is not None:
        return []
    return [
        RevisitQueued(
            case_id=command.case_id,
            handler_unit_id=command.handler_unit_id,
            revisit_deadline=_deadline(command.served_on, command.statute),
        )
    ]


def _deadline(served_on: date, statute: Statute) -> Deadline:
    return statute.compute("K18", served_on)


def _take(case: Case, command: TakeRevisit) -> Sequence[RevisitCaseEvent]:
    if case.assigned is not None:
        if case.assigned.unit_id == command.by_unit_id:
            return []
        raise refusals.AssignedElsewhere(case.assigned.unit_id)
    if case.queued is None:
        raise refusals.UnknownCase()
    if command.by_unit_id == case.queued.handler_unit_id:
        raise refusals.HandlerRevisits(command.by_unit_id)
    return [
        RevisitAssigned(
            case_id=case.queued.case_id,
            unit_id=command.by_unit_id,
            handler_unit_id=case.queued.handler_unit_id,
            revisit_deadline=case.queued.revisit_deadline,
        )
    ]


def _record(case: Case, command: RecordCallBack) -> Sequence[RevisitCaseEvent]:
    assigned = _revisited_by(case, command.by_unit_id)
    if case.closed:
        raise refusals.CaseIsClosed()
    _check_answers(command)
    return [
        CallBackRecorded(
            case_id=assigned.case_id,
            unit_id=command.by_unit_id,
            reach=command.reach,
            contacted=command.contacted,
            reply_received=command.reply_received,
            promise_kept=command.promise_kept,
            satisfied=command.satisfied,
        )
    ]


def _check_answers(command: RecordCallBack) -> None:
    if command.reach is Reach.UNSPECIFIED:
        raise refusals.ReachNotSaid()
    answers = {
        "contacted": command.contacted,
        "reply_received": command.reply_received,
        "promise_kept": command.promise_kept,
        "satisfied": command.satisfied,
    }
    for question, answer in answers.items():
        if answer is Answer.UNSPECIFIED:
            raise refusals.AnswerNotSaid(question)
    if command.reach is not Reach.REACHED and set(answers.values()) != {Answer.NOT_GIVEN}:
        raise refusals.AnswersWithoutContact()


def _close(case: Case, command: CloseCase) -> Sequence[RevisitCaseEvent]:
    assigned = _revisited_by(case, command.by_unit_id)
    if case.closed:
        return []
    ground = closing_ground(case)
    if ground is ClosingGround.REVIEW_PERIOD_ENDED:
        last_day = last_day_for_review(assigned.revisit_deadline.start_on, command.statute)
        if civil_date(command.at) <= last_day:
            raise refusals.ReviewPeriodRunning(last_day)
    return [CaseClosed(case_id=assigned.case_id, unit_id=command.by_unit_id, ground=ground)]


def closing_ground(case: Case) -> ClosingGround:
    """On what ground the record lets the case be closed; for REVIEW_PERIOD_ENDED the period has to be over first.

    Raises the Refusal that says why it cannot be closed at all. A later call that reached nobody takes nothing
    back of what the petitioner said before.
    """
    if not case.called_back:
        raise refusals.NotCalledBack()
    said = case.finding
    if said is None:
        return ClosingGround.REVIEW_PERIOD_ENDED
    if said.reply_received is Answer.NO:
        raise refusals.ReplyNotReceived()
    if said.promise_kept is Answer.NO:
        raise refusals.PromiseNotKept()
    if said.reply_received is Answer.YES:
        return ClosingGround.CONFIRMED
    return ClosingGround.REVIEW_PERIOD_ENDED


def _revisited_by(case: Case, unit_id: str) -> RevisitAssigned:
    known = case.assigned or case.queued
    if known is None:
        raise refusals.UnknownCase()
    if unit_id == known.handler_unit_id:
        raise refusals.HandlerRevisits(unit_id)
    if case.assigned is None:
        raise refusals.NotAssigned()
    if unit_id != case.assigned.unit_id:
        raise refusals.NotTheRevisitUnit(case.assigned.unit_id, unit_id)
    return case.assigned


def evolve(case: Case, event: RevisitCaseEvent) -> Case:
    """The case after an event."""
    match event:
        case RevisitQueued():
            return replace(case, queued=event)
        case RevisitAssigned():
            return replace(case, assigned=event)
        case CallBackRecorded():
            finding = event if event.reach is Reach.REACHED else case.finding
            return replace(case, called_back=True, finding=finding)
        case CaseClosed():
            return replace(case, closed=True)
        case _:
            assert_never(event)


case_decider: Decider[Case, RevisitCommand, RevisitCaseEvent] = Decider(
    initial=Case(), decide=decide, evolve=evolve
)
