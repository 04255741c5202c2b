"""What routing does about what others recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bus.incoming import Incoming
from chassis.service import Intention, Moment, Policy
from huiyin.envelope.v1.envelope import Origin
from huiyin.intake.v1.events import CaseClassified
from huiyin.oversight.v1.events import DeadlineMissed
from routing.domain.case import DeemAccepted, QueueCase, case_decider


def stream_of(case_id: str) -> str:
    """The stream of a case in routing's ledger."""
    return f"routing-case-{case_id}"


def when_case_classified(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The case waits to be transferred. An imported one brings its transfer with it."""
    event: CaseClassified = incoming.event
    if incoming.recorded.origin is Origin.IMPORT:
        return []
    command = QueueCase(
        at=moment.now,
        case_id=event.case_id,
        first_receiver_unit_id=event.first_receiver_unit_id,
        competent_unit_id=event.competent_unit_id,
        receipt_number=event.receipt_number,
        received_on=event.received_on,
    )
    return [Intention(decider=case_decider, stream=stream_of(event.case_id), command=command)]


def when_deadline_missed(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """K3 passed in silence: the case counts as accepted, and K5 begins (domain.md §2, 7')."""
    event: DeadlineMissed = incoming.event
    if event.clock != "K3":
        return []
    return [
        Intention(
            decider=case_decider,
            stream=stream_of(event.case_id),
            command=lambda at: DeemAccepted(at=at, statute=moment.statute),
            legal_basis="K3-deemed@1",
        )
    ]


POLICIES: Mapping[str, Mapping[type, Policy]] = {
    "intake": {CaseClassified: when_case_classified},
    "oversight": {DeadlineMissed: when_deadline_missed},
}
