"""A case as routing sees it: queued, transferred, accepted, answered (domain.md §2, transitions 4a, 7, 7', 8, 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias, assert_never

from huiyin.common.v1.types import Deadline, Sealed
from huiyin.routing.v1.events import (
    AcceptanceDeemed,
    CaseAccepted,
    CaseDequeued,
    CaseQueued,
    CaseTransferred,
    OpinionServed,
    OpinionSigned,
    Outcome,
    RoutingCaseEvent,
)
from ledger.decider import Decider
from routing.domain import refusals
from routing.domain.queue import DequeueCase, QueueCase, dequeue, enqueue
from statute.errors import StartOutOfRange
from statute.in_force import Statute
from statute.instants import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCase:
    """Send the case to the unit with power to handle it. `to_unit_known`: the directory has that unit."""

    at: datetime
    by_unit_id: str
    to_unit_id: str
    to_unit_known: bool
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptCase:
    """Tell the petitioner that the case is received, and how it will be handled."""

    at: datetime
    by_unit_id: str
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class DeemAccepted:
    """K3 passed in silence: the case counts as accepted from K3's due date."""

    at: datetime
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOpinion:
    """The head of the unit signs the opinion."""

    at: datetime
    by_unit_id: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOpinion:
    """Hand the opinion to the petitioner. Serving it without a word before also accepts the case."""

    at: datetime
    by_unit_id: str
    outcome: Outcome
    opinion: Sealed
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportHandling:
    """Bring in what happened to a case elsewhere, each step at its own time."""

    queue: QueueCase
    transfer: TransferCase
    sign: SignOpinion | None
    serve: ServeOpinion | None
    statute: Statute


RoutingCommand: TypeAlias = (
    QueueCase
    | DequeueCase
    | TransferCase
    | AcceptCase
    | DeemAccepted
    | SignOpinion
    | ServeOpinion
    | ImportHandling
)

PERSON_COMMANDS = (AcceptCase, SignOpinion)
"""What a person asks for over HTTP: POST /cases/{case_id}/<command>, made from the command's own fields."""


@dataclass(frozen=True, slots=True)
class Case:
    """What routing knows of a case."""

    queued: CaseQueued | None = None
    dequeued: str = ""
    """The event by which intake ended it, before it was transferred."""
    transferred: CaseTransferred | None = None
    accepted: CaseAccepted | AcceptanceDeemed | None = None
    signed: OpinionSigned | None = None
    served: OpinionServed | None = None


def decide(case: Case, command: RoutingCommand) -> Sequence[RoutingCaseEvent]:
    """The events that a command leads to; [] if it is already so; a Refusal if a rule forbids it."""
    match command:
        case QueueCase():
            return enqueue(case.queued, command)
        case DequeueCase():
            # What was transferred stays with its unit, which answers it.
            return [] if case.transferred or case.dequeued else dequeue(case.queued, command)
        case TransferCase():
            return _transfer(case, command)
        case AcceptCase():
            return _accept(case, command)
        case DeemAccepted():
            return _deem(case, command)
        case SignOpinion():
            return _sign(case, command)
        case ServeOpinion():
            return _serve(case, command)
        case ImportHandling():
            return _import(case, command)
        case _:
            assert_never(command)


def _transfer(case: Case, command: TransferCase) -> Sequence[RoutingCaseEvent]:
    if case.queued is None:
        raise refusals.UnknownCase()
    if case.dequeued:
        raise refusals.EndedAtIntake(case.dequeued)
    if command.by_unit_id != case.queued.first_receiver_unit_id:
        raise refusals.NotTheSender(case.queued.first_receiver_unit_id, command.by_unit_id)
    if case.transferred is not None:
        if case.transferred.to_unit_id == command.to_unit_id:
            return []
        raise refusals.TransferredElsewhere(case.transferred.to_unit_id)
    if not command.to_unit_known:
        raise refusals.UnknownUnit(command.to_unit_id)
    today = civil_date(command.at)
    return [
        CaseTransferred(
            case_id=case.queued.case_id,
            from_unit_id=command.by_unit_id,
            to_unit_id=command.to_unit_id,
            acceptance_deadline=command.statute.compute("K3", today),
            objection_deadline=_objection(today, command.statute),
        )
    ]


def _objection(transferred_on: date, statute: Statute) -> Deadline | None:
    try:
        return statute.compute("K4", transferred_on)
    except StartOutOfRange:  # Before 2022-05-01 no rule gave the receiver that right.
        return None


def _accept(case: Case, command: AcceptCase) -> Sequence[RoutingCaseEvent]:
    transferred = _handled_by(case, command.by_unit_id)
    if case.accepted is not None:
        return []
    return [_acceptance(transferred, command.at, command.statute)]


def _acceptance(transferred: CaseTransferred, at: datetime, statute: Statute) -> CaseAccepted:
    return CaseAccepted(
        case_id=transferred.case_id,
        unit_id=transferred.to_unit_id,
        handling_deadline=statute.compute("K5", civil_date(at)),
    )


def _deem(case: Case, command: DeemAccepted) -> Sequence[RoutingCaseEvent]:
    if case.transferred is None or case.accepted is not None:
        return []
    if civil_date(command.at) <= command.statute.current(case.transferred.acceptance_deadline).due_on:
        return []
    return [_deemed(case.transferred, command.statute)]


def _deemed(transferred: CaseTransferred, statute: Statute) -> AcceptanceDeemed:
    deemed_on = statute.current(transferred.acceptance_deadline).due_on
    return AcceptanceDeemed(
        case_id=transferred.case_id,
        unit_id=transferred.to_unit_id,
        deemed_on=deemed_on,
        handling_deadline=statute.compute("K5", deemed_on),
    )


def _sign(case: Case, command: SignOpinion) -> Sequence[RoutingCaseEvent]:
    transferred = _handled_by(case, command.by_unit_id)
    if case.signed is not None or case.served is not None:
        return []
    if command.signed_on > civil_date(command.at):
        raise refusals.SignedInTheFuture(command.signed_on)
    return [
        OpinionSigned(case_id=transferred.case_id, unit_id=command.by_unit_id, signed_on=command.signed_on)
    ]


def _serve(case: Case, command: ServeOpinion) -> Sequence[RoutingCaseEvent]:
    transferred = _handled_by(case, command.by_unit_id)
    if case.served is not None:
        if case.served.opinion == command.opinion:
            return []
        raise refusals.AlreadyAnswered()
    served = OpinionServed(
        case_id=transferred.case_id,
        unit_id=command.by_unit_id,
        outcome=command.outcome,
        opinion=command.opinion,
        from_unit_id=transferred.from_unit_id,
    )
    if case.accepted is not None:
        return [served]
    if civil_date(command.at) <= command.statute.current(transferred.acceptance_deadline).due_on:
        return [_acceptance(transferred, command.at, command.statute), served]
    return [_deemed(transferred, command.statute), served]


def _import(case: Case, command: ImportHandling) -> Sequence[RoutingCaseEvent]:
    if case.queued is not None:
        return []
    if command.serve is not None and command.serve.at < command.transfer.at:
        raise refusals.ServedBeforeTransferred()
    steps: list[RoutingCommand] = [command.queue, command.transfer]
    if command.sign is not None:
        # Deemed first if K3 had passed by then, so that the stream tells the steps in their order.
        steps += [DeemAccepted(at=command.sign.at, statute=command.statute), command.sign]
    if command.serve is not None:
        steps.append(command.serve)
    events: list[RoutingCaseEvent] = []
    for step in steps:
        for event in decide(case, step):
            events.append(event)
            case = evolve(case, event)
    return events


def _handled_by(case: Case, unit_id: str) -> CaseTransferred:
    if case.transferred is None:
        raise refusals.NotTransferred()
    if case.transferred.to_unit_id != unit_id:
        raise refusals.NotTheHandler(case.transferred.to_unit_id, unit_id)
    return case.transferred


def evolve(case: Case, event: RoutingCaseEvent) -> Case:
    """The case after an event."""
    match event:
        case CaseDequeued():
            return replace(case, dequeued=event.reason)
        case CaseQueued():
            return replace(case, queued=event)
        case CaseTransferred():
            return replace(case, transferred=event)
        case CaseAccepted() | AcceptanceDeemed():
            return replace(case, accepted=event)
        case OpinionSigned():
            return replace(case, signed=event)
        case OpinionServed():
            return replace(case, served=event)
        case _:
            assert_never(event)


case_decider: Decider[Case, RoutingCommand, RoutingCaseEvent] = Decider(
    initial=Case(), decide=decide, evolve=evolve
)
