"""Who may act on a case, and when: what most commands ask first."""

from __future__ import annotations

from huiyin.intake.v1.events import CaseClassified, CaseReceived
from intake.domain import refusals, refusals_sorting
from intake.domain.state import Case


def received(case: Case) -> CaseReceived:
    """The receipt; UnknownCase without one."""
    if case.received is None:
        raise refusals.UnknownCase()
    return case.received


def by_first_receiver(case: Case, unit_id: str) -> CaseReceived:
    """The receipt of a case that this unit received first; NotFirstReceiver for another's (C07)."""
    receipt = received(case)
    if unit_id != receipt.first_receiver_unit_id:
        raise refusals.NotFirstReceiver(receipt.first_receiver_unit_id, unit_id)
    return receipt


def still_open(case: Case) -> None:
    """AlreadyEnded for a case that goes no further here."""
    if case.sorting.ended is not None:
        raise refusals_sorting.AlreadyEnded(type(case.sorting.ended).__name__)


def classified_by(case: Case, unit_id: str) -> CaseClassified:
    """The classification of an open case of this unit; a refusal if it is none."""
    by_first_receiver(case, unit_id)
    still_open(case)
    if case.classified is None:
        raise refusals_sorting.NotClassified()
    return case.classified


def another_person(first: str, second: str) -> None:
    """SamePerson unless two persons said so."""
    if first == second:
        raise refusals_sorting.SamePerson()
