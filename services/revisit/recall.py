"""What revisit's lines tell about the books beside its ledger: requests answered."""

from __future__ import annotations

from typing import Any

from chassis.service import Recalled
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.revisit.v1.events import CallBackRecorded, CaseClosed, RevisitAssigned

_REQUESTS = {
    RevisitAssigned: "take-revisit",
    CallBackRecorded: "record-call-back",
    CaseClosed: "close-case",
}


def recall(recorded: RecordedEvent, event: Any) -> Recalled:
    """The request of each event that a person's command led to."""
    if (request := _REQUESTS.get(type(event))) is not None:
        return Recalled(operation=f"POST /revisit/v1/cases/{event.case_id}/{request}")
    return Recalled()
