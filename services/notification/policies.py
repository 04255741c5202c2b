"""What notification does about what other services recorded: it owes the petitioner a notice.

Imported events are history, so no notice follows them. Notices of one case come in the order of what they tell,
because what they tell is held back until its own cause was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bus.incoming import Incoming
from chassis.service import Intention, Moment, Policy
from huiyin.common.v1.types import Deadline, Sealed
from huiyin.envelope.v1.envelope import Origin
from huiyin.intake.v1.events import CaseReceived
from huiyin.notification.v1.events import NoticeKind
from huiyin.revisit.v1.events import CaseClosed
from huiyin.routing.v1.events import AcceptanceDeemed, CaseAccepted, OpinionServed
from notification.domain.case import case_decider, due
from notification.domain.commands import PrepareNotice, Told, notice_key
from statute.instants import civil_date

TEMPLATES: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.RECEIPT: "receipt@1",
    NoticeKind.ACCEPTANCE: "acceptance@1",
    NoticeKind.DEEMED_ACCEPTANCE: "deemed_acceptance@1",
    NoticeKind.OPINION: "opinion@1",
    NoticeKind.CLOSING: "closing@1",
}
"""The wording in use. A new wording is a new file; notices that were prepared keep theirs."""


def stream_of(case_id: str) -> str:
    """The stream in which notification records the notices of a case."""
    return f"notification-case-{case_id}"


def when_case_received(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """收件回执: what was received, by whom, and until when it will be passed on."""
    received: CaseReceived = incoming.event
    told = _started(received.first_receiver_unit_id, received.transfer_deadline)
    return _notice(
        incoming,
        moment,
        NoticeKind.RECEIPT,
        told,
        receipt_number=received.receipt_number,
        petitioner=received.petitioner,
    )


def when_case_accepted(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """受理告知书: who handles it, and until when it will be answered."""
    accepted: CaseAccepted = incoming.event
    told = _started(accepted.unit_id, accepted.handling_deadline)
    return _notice(incoming, moment, NoticeKind.ACCEPTANCE, told)


def when_acceptance_deemed(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """视为受理告知: the unit was silent; the case counts as accepted, and the term runs."""
    deemed: AcceptanceDeemed = incoming.event
    told = _started(deemed.unit_id, deemed.handling_deadline)
    return _notice(incoming, moment, NoticeKind.DEEMED_ACCEPTANCE, told)


def when_opinion_served(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """信访处理意见书: the answer itself, and how to ask for a review of it."""
    served: OpinionServed = incoming.event
    told = Told(unit_id=served.unit_id, happened_on=_day(incoming), finding=served.outcome.name)
    return _notice(incoming, moment, NoticeKind.OPINION, told, refs=(served.opinion.ref,))


def when_case_closed(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """办结告知: why it is closed, and what remains open."""
    closed: CaseClosed = incoming.event
    told = Told(unit_id=closed.unit_id, happened_on=_day(incoming), finding=closed.ground.name)
    return _notice(incoming, moment, NoticeKind.CLOSING, told)


def _day(incoming: Incoming) -> date:
    return civil_date(incoming.recorded.occurred_at)


def _started(unit_id: str, deadline: Deadline) -> Told:
    return Told(
        unit_id=unit_id,
        happened_on=deadline.start_on,
        clock=deadline.clock,
        due_on=deadline.due_on,
        provisional=deadline.provisional,
    )


def _notice(
    incoming: Incoming,
    moment: Moment,
    kind: NoticeKind,
    told: Told,
    *,
    receipt_number: str | None = None,
    petitioner: Sealed | None = None,
    refs: tuple[str, ...] = (),
) -> Sequence[Intention]:
    if incoming.recorded.origin is Origin.IMPORT:
        return []
    case_id: str = incoming.event.case_id
    command = PrepareNotice(
        at=moment.now,
        case_id=case_id,
        notice_key=notice_key(kind, incoming.source, incoming.position),
        kind=kind,
        template=TEMPLATES[kind],
        told=told,
        receipt_number=receipt_number,
        petitioner=petitioner,
        refs=refs,
    )
    return [Intention(decider=case_decider, stream=stream_of(case_id), command=command, intents=due)]


POLICIES: Mapping[str, Mapping[type, Policy]] = {
    "intake": {CaseReceived: when_case_received},
    "routing": {
        CaseAccepted: when_case_accepted,
        AcceptanceDeemed: when_acceptance_deemed,
        OpinionServed: when_opinion_served,
    },
    "revisit": {CaseClosed: when_case_closed},
}
