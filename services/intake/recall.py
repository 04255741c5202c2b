"""What intake's lines tell about the books beside its ledger: serials given out, requests answered."""

from __future__ import annotations

from typing import Any

from chassis.service import Recalled
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.intake.v1.events import CaseClassified, CaseReceived, CaseRegistered, ContentDisclosed
from intake.domain.receipt import serial_of

_REQUESTS = {
    CaseRegistered: "register-case",
    CaseClassified: "classify-case",
    ContentDisclosed: "disclosures",
}


def recall(recorded: RecordedEvent, event: Any) -> Recalled:
    """A receipt number uses up its serial for ever, however the number came to be."""
    if isinstance(event, CaseReceived):
        register, serial = serial_of(event.receipt_number)
        return Recalled(operation="POST /intake/v1/cases", serials={register: serial})
    if (request := _REQUESTS.get(type(event))) is not None:
        return Recalled(operation=f"POST /intake/v1/cases/{event.case_id}/{request}")
    return Recalled()
