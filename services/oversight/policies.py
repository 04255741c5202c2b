"""What oversight does when other services record something: clocks start with the act that makes somebody owe,
and stop with the act that was owed. Stop dates are the civil dates on which the acts happened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from bus.incoming import Incoming
from chassis.service import Intention, Moment, Policy
from huiyin.common.v1.types import Deadline
from huiyin.envelope.v1.envelope import Origin
from huiyin.intake.v1.events import CaseReceived
from huiyin.revisit.v1.events import CallBackRecorded, RevisitAssigned
from huiyin.routing.v1.events import AcceptanceDeemed, CaseAccepted, CaseTransferred, OpinionServed
from oversight.domain.case import (
    EndByDeeming,
    OversightCommand,
    StartClock,
    StopClock,
    case_decider,
    legal_basis,
    stream,
)
from oversight.occurrence import occurred_at
from statute.instants import civil_date


def when_case_received(incoming: Incoming, moment: Moment) -> Sequence[Intention]:
    """The first receiver owes registration, sorting and transfer (K1)."""
    event: CaseReceived = incoming.event
    return [_start(incoming, moment, event.case_id, event.first_receiver_unit_id, event.transfer_deadline)]


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
    "intake": {CaseReceived: when_case_received},
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


def _stop(incoming: Incoming, moment: Moment, case_id: str, clock: str) -> Intention:
    stopped_on = civil_date(incoming.recorded.occurred_at)
    return _intend(incoming, case_id, StopClock(at=moment.now, clock=clock, stopped_on=stopped_on))


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
