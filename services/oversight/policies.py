"""What oversight does when other services record something: clocks start with the act that makes somebody owe,
and stop with the act that was owed, at the instant at which it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from bus.incoming import Incoming
from chassis.service import Intention, Moment, Policy
from huiyin.common.v1.types import Deadline
from huiyin.envelope.v1.envelope import Origin
from huiyin.intake.v1.events import (
    AccusationSealed,
    CaseNotAccepted,
    CaseReceived,
    CaseRoutedOut,
    CaseSplit,
    CaseWithdrawn,
    RegistrationVoided,
    SuggestionDecided,
    SuggestionStudied,
    UrgentMatterFlagged,
    UrgentMatterReported,
)
from huiyin.revisit.v1.events import CallBackRecorded, RevisitAssigned
from huiyin.routing.v1.events import AcceptanceDeemed, CaseAccepted, CaseTransferred, OpinionServed
from oversight.domain.case import case_decider, legal_basis, stream
from oversight.domain.commands import EndByDeeming, OversightCommand, StartClock, StopClock
from oversight.occurrence import occurred_at

OWED_TO_THE_PETITIONER = ("K1", "K3", "K5", "K5:suggestion", "K18")
"""What ends when a petition is withdrawn. An urgent matter is reported all the same."""


def when_case_received(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The first receiver owes registration, sorting and transfer (K1)."""
    event: CaseReceived = incoming.event
    unit_id = event.first_receiver_unit_id
    started = [_start(incoming, moment, event.case_id, unit_id, event.transfer_deadline)]
    if event.key_in_deadline is not None:
        started += [
            _start(incoming, moment, event.case_id, unit_id, event.key_in_deadline),
            _stop(incoming, moment, event.case_id, "K0", incoming.recorded.recorded_at),
        ]
    return started


def when_case_ended(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """Intake ended the case: nothing has to be transferred any more."""
    return [_stop(incoming, moment, incoming.event.case_id, "K1")]


def when_case_withdrawn(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The petitioner took the petition back: whatever was owed for it is owed no more. What was late stays late."""
    return [_stop(incoming, moment, incoming.event.case_id, clock) for clock in OWED_TO_THE_PETITIONER]


def when_urgent_matter_flagged(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The unit owes a report upwards at once; the alarms begin (K12)."""
    event: UrgentMatterFlagged = incoming.event
    return [_start(incoming, moment, event.case_id, event.unit_id, event.report_deadline)]


def when_urgent_matter_reported(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """Reported: by when it was recorded, not by when the unit says that it was (P12)."""
    event: UrgentMatterReported = incoming.event
    return [_stop(incoming, moment, event.case_id, "K12", incoming.recorded.recorded_at)]


def when_suggestion_studied(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The unit that studies a suggestion owes a reply; there is nothing left to transfer."""
    event: SuggestionStudied = incoming.event
    return [
        _stop(incoming, moment, event.case_id, "K1"),
        _start(incoming, moment, event.case_id, event.unit_id, event.reply_deadline),
    ]


def when_suggestion_decided(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The petitioner has the reply."""
    return [_stop(incoming, moment, incoming.event.case_id, "K5:suggestion")]


def when_case_transferred(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The sender has done its part; its act starts the receiver's clock (K3)."""
    event: CaseTransferred = incoming.event
    return [
        _stop(incoming, moment, event.case_id, "K1"),
        _start(incoming, moment, event.case_id, event.to_unit_id, event.acceptance_deadline),
    ]


def when_case_accepted(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The petitioner was told; the opinion is owed (K5)."""
    event: CaseAccepted = incoming.event
    return [
        _stop(incoming, moment, event.case_id, "K3"),
        _start(incoming, moment, event.case_id, event.unit_id, event.handling_deadline),
    ]


def when_acceptance_deemed(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """Nobody told the petitioner: K3 is missed and over, the opinion is owed from its due date (K5)."""
    event: AcceptanceDeemed = incoming.event
    ended = EndByDeeming(at=moment.now, clock="K3", deemed_on=event.deemed_on)
    return [
        _intend(incoming, event.case_id, ended),
        _start(incoming, moment, event.case_id, event.unit_id, event.handling_deadline),
    ]


def when_opinion_served(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The answer reached the petitioner."""
    event: OpinionServed = incoming.event
    return [_stop(incoming, moment, event.case_id, "K5")]


def when_revisit_assigned(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """Another unit owes a call-back (K18, an internal target)."""
    event: RevisitAssigned = incoming.event
    return [_start(incoming, moment, event.case_id, event.unit_id, event.revisit_deadline)]


def when_call_back_recorded(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The petitioner was called back, or could not be reached."""
    event: CallBackRecorded = incoming.event
    return [_stop(incoming, moment, event.case_id, "K18")]


POLICIES: Mapping[str, Mapping[type, Policy]] = {
    "intake": {
        CaseReceived: when_case_received,
        CaseRoutedOut: when_case_ended,
        CaseNotAccepted: when_case_ended,
        CaseSplit: when_case_ended,
        AccusationSealed: when_case_ended,
        RegistrationVoided: when_case_ended,
        CaseWithdrawn: when_case_withdrawn,
        UrgentMatterFlagged: when_urgent_matter_flagged,
        UrgentMatterReported: when_urgent_matter_reported,
        SuggestionStudied: when_suggestion_studied,
        SuggestionDecided: when_suggestion_decided,
    },
    "routing": {
        CaseTransferred: when_case_transferred,
        CaseAccepted: when_case_accepted,
        AcceptanceDeemed: when_acceptance_deemed,
        OpinionServed: when_opinion_served,
    },
    "revisit": {RevisitAssigned: when_revisit_assigned, CallBackRecorded: when_call_back_recorded},
}


def _start(incoming: Incoming, moment: Moment, case_id: str, unit_id: str, deadline: Deadline) -> Intention:
    command = StartClock(
        at=moment.now, case_id=case_id, unit_id=unit_id, deadline=deadline, statute=moment.statute
    )
    return _intend(incoming, case_id, command)


def _stop(
    incoming: Incoming, moment: Moment, case_id: str, clock: str, stopped_at: datetime | None = None
) -> Intention:
    """By the act's instant, unless another one is given."""
    stopped_at = stopped_at or incoming.recorded.occurred_at
    return _intend(incoming, case_id, StopClock(at=moment.now, clock=clock, stopped_at=stopped_at))


def _intend(incoming: Incoming, case_id: str, command: OversightCommand) -> Intention:
    return Intention(
        decider=case_decider,
        stream=stream(case_id),
        command=command,
        legal_basis=legal_basis,
        occurred_at=_past(incoming),
    )


def _past(incoming: Incoming) -> Callable[..., datetime] | None:
    """When each derived event happened, for an imported case; live ones happen when they are recorded."""
    if incoming.recorded.origin is not Origin.IMPORT:
        return None
    return partial(occurred_at, act=incoming.recorded.occurred_at)
