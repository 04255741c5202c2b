"""What routing does about what others recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, get_args

from bus.incoming import Incoming
from chassis.service import Intention, Moment, Policy
from huiyin.envelope.v1.envelope import Origin
from huiyin.intake.v1.events import (
    AccusationSealed,
    CaseClassified,
    CaseNotAccepted,
    CaseRoutedOut,
    CaseSplit,
    CaseWithdrawn,
    Category,
    RegistrationVoided,
    Route,
)
from huiyin.oversight.v1.events import DeadlineMissed
from routing.domain.case import DeemAccepted, case_decider
from routing.domain.queue import DequeueCase, QueueCase

CaseEnded: TypeAlias = (
    AccusationSealed | CaseNotAccepted | CaseRoutedOut | CaseSplit | CaseWithdrawn | RegistrationVoided
)
OTHER_PROCEDURES = frozenset(
    {
        Route.LITIGATION,
        Route.ARBITRATION,
        Route.PARTY_APPEAL,
        Route.RECONSIDERATION,
        Route.PERFORMANCE,
    }
)


def stream_of(case_id: str) -> str:
    """The stream of a case in routing's ledger."""
    return f"routing-case-{case_id}"


def when_case_classified(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The case waits to be transferred. An imported one brings its transfer with it."""
    event: CaseClassified = incoming.event
    if incoming.recorded.origin is Origin.IMPORT or _goes_elsewhere(event):
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


def _goes_elsewhere(event: CaseClassified) -> bool:
    """Accusations are passed on sealed, by intake, and never come here (P1); claims of Art 31 (1) to (5) belong to
    another procedure, to which intake guides the petitioner (domain.md §4a)."""
    return event.category is Category.ACCUSATION or event.route in OTHER_PROCEDURES


def when_case_ended(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """Intake ended the case: what has not been transferred will not be."""
    event: CaseEnded = incoming.event
    command = DequeueCase(at=moment.now, why=type(event).__name__)
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
    "intake": {CaseClassified: when_case_classified, **dict.fromkeys(get_args(CaseEnded), when_case_ended)},
    "oversight": {DeadlineMissed: when_deadline_missed},
}
