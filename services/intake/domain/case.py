"""A case as intake sees it: received, registered, classified (domain.md §2, transitions 1 to 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from huiyin.common.v1.types import Channel, Sealed
from huiyin.intake.v1.events import (
    CaseClassified,
    CaseReceived,
    CaseRegistered,
    Category,
    ContentDisclosed,
    IntakeCaseEvent,
)
from intake.domain import refusals
from ledger.decider import Decider
from statute.in_force import Statute
from statute.instants import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveCase:
    """Take a petition in. `received_at` is when it arrived: earlier than `at` only for letter, visit, phone, fax."""

    at: datetime
    case_id: str
    receipt_number: str
    received_at: datetime
    channel: Channel
    first_receiver_unit_id: str
    petitioner: Sealed | None
    petition: Sealed
    statute: Statute
    imported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCase:
    """Enter the case in the register."""

    at: datetime
    by_unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifyCase:
    """Say of what nature the case is and who is competent."""

    at: datetime
    by_unit_id: str
    category: Category
    subject: str
    competent_unit_id: str
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscloseContent:
    """Show the petition, or who wrote it, to a unit, for a purpose."""

    at: datetime
    by_unit_id: str
    items: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCase:
    """Bring in a case that another system received, registered and classified long ago."""

    receive: ReceiveCase
    register: RegisterCase
    classify: ClassifyCase


IntakeCommand: TypeAlias = ReceiveCase | RegisterCase | ClassifyCase | DiscloseContent | ImportCase

PERSON_COMMANDS = (RegisterCase, ClassifyCase)
"""What a person asks for over HTTP: POST /cases/{case_id}/<command>, made from the command's own fields."""


@dataclass(frozen=True, slots=True)
class Case:
    """What intake knows of a case."""

    received: CaseReceived | None = None
    registered: bool = False
    classified: CaseClassified | None = None


_BEHIND_THE_COUNTER = {Channel.LETTER, Channel.VISIT, Channel.PHONE, Channel.FAX}


def decide(case: Case, command: IntakeCommand) -> Sequence[IntakeCaseEvent]:
    """The events that a command leads to; [] if it is already so; a Refusal if a rule forbids it."""
    match command:
        case ReceiveCase():
            return _receive(case, command)
        case RegisterCase():
            return _register(case, command)
        case ClassifyCase():
            return _classify(case, command)
        case DiscloseContent():
            return _disclose(case, command)
        case ImportCase():
            return _import(case, command)
        case _:
            assert_never(command)


def _receive(case: Case, command: ReceiveCase) -> Sequence[IntakeCaseEvent]:
    if case.received is not None:
        return []
    if command.received_at > command.at:
        raise refusals.ReceiptInTheFuture(command.received_at)
    keyed_in_later = command.imported or command.channel in _BEHIND_THE_COUNTER
    if command.received_at < command.at and not keyed_in_later:
        raise refusals.ReceiptBackdated(command.channel.name)
    return [
        CaseReceived(
            case_id=command.case_id,
            receipt_number=command.receipt_number,
            channel=command.channel,
            first_receiver_unit_id=command.first_receiver_unit_id,
            anonymous=command.petitioner is None,
            petitioner=command.petitioner,
            petition=command.petition,
            transfer_deadline=command.statute.compute("K1", civil_date(command.received_at)),
        )
    ]


def _register(case: Case, command: RegisterCase) -> Sequence[IntakeCaseEvent]:
    received = _received(case)
    if case.registered:
        return []
    if command.by_unit_id != received.first_receiver_unit_id:
        raise refusals.NotFirstReceiver(received.first_receiver_unit_id, command.by_unit_id)
    return [CaseRegistered(case_id=received.case_id, unit_id=command.by_unit_id)]


def _classify(case: Case, command: ClassifyCase) -> Sequence[IntakeCaseEvent]:
    received = _received(case)
    if not case.registered:
        raise refusals.NotRegistered(received.case_id)
    if command.by_unit_id != received.first_receiver_unit_id:
        raise refusals.NotFirstReceiver(received.first_receiver_unit_id, command.by_unit_id)
    if case.classified is not None:
        if _same(case.classified, command):
            return []
        raise refusals.AlreadyClassified(received.case_id)
    return [
        CaseClassified(
            case_id=received.case_id,
            unit_id=command.by_unit_id,
            category=command.category,
            subject=command.subject,
            competent_unit_id=command.competent_unit_id,
            urgent=command.urgent,
            receipt_number=received.receipt_number,
            first_receiver_unit_id=received.first_receiver_unit_id,
            received_on=received.transfer_deadline.start_on,
            transfer_deadline=received.transfer_deadline,
        )
    ]


def _same(event: CaseClassified, command: ClassifyCase) -> bool:
    said = (event.category, event.subject, event.competent_unit_id, event.urgent)
    return said == (command.category, command.subject, command.competent_unit_id, command.urgent)


def _disclose(case: Case, command: DiscloseContent) -> Sequence[IntakeCaseEvent]:
    received = _received(case)
    if not command.purpose.strip():
        raise refusals.PurposeMissing()
    return [
        ContentDisclosed(
            case_id=received.case_id,
            items=command.items,
            to_unit_id=command.by_unit_id,
            purpose=command.purpose,
        )
    ]


def _import(case: Case, command: ImportCase) -> Sequence[IntakeCaseEvent]:
    if case.received is not None:
        return []
    events: list[IntakeCaseEvent] = []
    for step in (command.receive, command.register, command.classify):
        for event in decide(case, step):
            events.append(event)
            case = evolve(case, event)
    return events


def _received(case: Case) -> CaseReceived:
    if case.received is None:
        raise refusals.UnknownCase()
    return case.received


def evolve(case: Case, event: IntakeCaseEvent) -> Case:
    """The case after an event."""
    match event:
        case CaseReceived():
            return replace(case, received=event)
        case CaseRegistered():
            return replace(case, registered=True)
        case CaseClassified():
            return replace(case, classified=event)
        case ContentDisclosed():
            return case
        case _:
            assert_never(event)


case_decider: Decider[Case, IntakeCommand, IntakeCaseEvent] = Decider(
    initial=Case(), decide=decide, evolve=evolve
)
