"""The notices of a case: owed, handed over, or undeliverable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import assert_never

from huiyin.notification.v1.events import (
    NoticeDelivered,
    NoticeKind,
    NoticePrepared,
    NoticeUndeliverable,
    NotificationCaseEvent,
)
from ledger.decider import Decider
from notification.domain import refusals
from notification.domain.commands import AbandonNotice, NotificationCommand, PrepareNotice, RecordDelivery

ANONYMOUS = "anonymous"
NOT_ON_RECORD = "petitioner-not-on-record"
"""No receipt of this case went through here (it was imported, say), so nobody is known to whom to write."""

CONTENT_ERASED = "content-erased"


@dataclass(frozen=True, slots=True)
class Case:
    """What notification knows of a case: the last event about each notice, and whom the receipt went to."""

    notices: Mapping[str, NotificationCaseEvent] = field(default_factory=lambda: MappingProxyType({}))
    kinds: Mapping[str, NoticeKind] = field(default_factory=lambda: MappingProxyType({}))
    receipt: NoticePrepared | None = None
    anonymous: bool = False
    case_id: str = ""


def decide(case: Case, command: NotificationCommand) -> Sequence[NotificationCaseEvent]:
    """The events that a command leads to; [] if it is already so; a Refusal if a rule forbids it."""
    match command:
        case PrepareNotice():
            return _prepare(case, command)
        case RecordDelivery():
            return _deliver(case, command)
        case AbandonNotice():
            return _abandon(case, command)
        case _:
            assert_never(command)


def _prepare(case: Case, command: PrepareNotice) -> Sequence[NotificationCaseEvent]:
    if command.notice_key in case.notices:
        return []
    reason = _nobody(case, command)
    if reason:
        return [
            NoticeUndeliverable(
                case_id=command.case_id, notice_key=command.notice_key, kind=command.kind, reason=reason
            )
        ]
    petitioner_ref, receipt_number = _whom(case, command)
    told = command.told
    return [
        NoticePrepared(
            case_id=command.case_id,
            notice_key=command.notice_key,
            kind=command.kind,
            template=command.template,
            disclosed_refs=(petitioner_ref, *command.refs),
            receipt_number=receipt_number,
            unit_id=told.unit_id,
            happened_on=told.happened_on,
            clock=told.clock,
            due_on=told.due_on,
            provisional=told.provisional,
            finding=told.finding,
        )
    ]


def _nobody(case: Case, command: PrepareNotice) -> str:
    if command.kind is NoticeKind.RECEIPT:
        return "" if command.petitioner else ANONYMOUS
    if case.receipt is None:
        return ANONYMOUS if case.anonymous else NOT_ON_RECORD
    return ""


def _whom(case: Case, command: PrepareNotice) -> tuple[str, str]:
    if command.petitioner is not None:
        return command.petitioner.ref, command.receipt_number or ""
    assert case.receipt is not None, "_nobody has looked"
    return case.receipt.disclosed_refs[0], case.receipt.receipt_number


def _deliver(case: Case, command: RecordDelivery) -> Sequence[NotificationCaseEvent]:
    match case.notices.get(command.notice_key):
        case NoticePrepared():
            return [
                NoticeDelivered(
                    case_id=case.case_id,
                    notice_key=command.notice_key,
                    means=command.means,
                    document_sha256=command.document_sha256,
                )
            ]
        case NoticeDelivered(document_sha256=said):
            if said == command.document_sha256:
                return []
            raise refusals.DeliveredOtherwise(command.notice_key)
        case NoticeUndeliverable():
            raise refusals.NoticeIsUndeliverable(command.notice_key)
        case None:
            raise refusals.UnknownNotice(command.notice_key)


def _abandon(case: Case, command: AbandonNotice) -> Sequence[NotificationCaseEvent]:
    match case.notices.get(command.notice_key):
        case NoticePrepared():
            return [
                NoticeUndeliverable(
                    case_id=case.case_id,
                    notice_key=command.notice_key,
                    kind=case.kinds[command.notice_key],
                    reason=command.reason,
                )
            ]
        case NoticeDelivered() | NoticeUndeliverable():
            return []
        case None:
            raise refusals.UnknownNotice(command.notice_key)


def evolve(case: Case, event: NotificationCaseEvent) -> Case:
    """The case after an event."""
    notices = MappingProxyType({**case.notices, event.notice_key: event})
    match event:
        case NoticePrepared():
            kinds = MappingProxyType({**case.kinds, event.notice_key: event.kind})
            receipt = event if event.kind is NoticeKind.RECEIPT else case.receipt
            return replace(case, notices=notices, kinds=kinds, receipt=receipt, case_id=event.case_id)
        case NoticeDelivered():
            return replace(case, notices=notices)
        case NoticeUndeliverable():
            anonymous = case.anonymous or event.reason == ANONYMOUS
            return replace(case, notices=notices, anonymous=anonymous, case_id=event.case_id)
        case _:
            assert_never(event)


def due(events: Sequence[NotificationCaseEvent]) -> Sequence[str]:
    """The keys of the notices that these events make due."""
    return [event.notice_key for event in events if isinstance(event, NoticePrepared)]


case_decider: Decider[Case, NotificationCommand, NotificationCaseEvent] = Decider(
    initial=Case(), decide=decide, evolve=evolve
)
