"""What routing's lines tell about the books beside its ledger: requests answered."""

from __future__ import annotations

from typing import Any

from chassis.service import Recalled
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.routing.v1.events import (
    CaseAccepted,
    CaseTransferred,
    DutyAssigned,
    DutyEnded,
    HeadAppointed,
    OpinionServed,
    OpinionSigned,
    SuccessorDesignated,
    UnitAbolished,
    UnitFounded,
    UnitMerged,
    UnitMoved,
    UnitRenamed,
    UnitSplit,
)
from routing.use_cases.directory_changes import REGISTER

_REQUESTS = {
    CaseTransferred: "transfer-case",
    CaseAccepted: "accept-case",
    OpinionSigned: "sign-opinion",
    OpinionServed: "serve-opinion",
}

_OF_UNITS = {
    HeadAppointed: "appoint-head",
    UnitRenamed: "rename-unit",
    UnitMoved: "move-unit",
    UnitSplit: "split-unit",
    UnitMerged: "merge-unit",
    UnitAbolished: "abolish-unit",
    SuccessorDesignated: "designate-successor",
    DutyAssigned: "assign-duty",
    DutyEnded: "end-duty",
}


def recall(recorded: RecordedEvent, event: Any) -> Recalled:
    """The request of each event that a person's command led to, and the number of each change of the directory."""
    if isinstance(event, UnitFounded):
        serials = {REGISTER: event.revision} if event.revision else {}
        return Recalled(operation="POST /routing/v1/units", serials=serials)
    if (request := _OF_UNITS.get(type(event))) is not None:
        revision = getattr(event, "revision", 0)
        operation = f"POST /routing/v1/units/{event.unit_id}/{request}"
        return Recalled(operation=operation, serials={REGISTER: revision} if revision else {})
    if (request := _REQUESTS.get(type(event))) is not None:
        return Recalled(operation=f"POST /routing/v1/cases/{event.case_id}/{request}")
    return Recalled()
