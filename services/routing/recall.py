"""What routing's lines tell about the books beside its ledger: requests answered."""

from __future__ import annotations

from typing import Any

from chassis.service import Recalled
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.routing.v1.events import CaseAccepted, CaseTransferred, OpinionServed, OpinionSigned, UnitFounded

_REQUESTS = {
    CaseTransferred: "transfer-case",
    CaseAccepted: "accept-case",
    OpinionSigned: "sign-opinion",
    OpinionServed: "serve-opinion",
}


def recall(recorded: RecordedEvent, event: Any) -> Recalled:
    """The request of each event that a person's command led to."""
    if isinstance(event, UnitFounded):
        return Recalled(operation="POST /routing/v1/units")
    if (request := _REQUESTS.get(type(event))) is not None:
        return Recalled(operation=f"POST /routing/v1/cases/{event.case_id}/{request}")
    return Recalled()
