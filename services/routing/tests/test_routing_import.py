"""What happened to cases elsewhere, each step at its own time (issue: the import rule)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from huiyin.routing.v1.events import (
    AcceptanceDeemed,
    CaseAccepted,
    CaseQueued,
    CaseTransferred,
    OpinionServed,
    OpinionSigned,
)
from routing.domain import refusals
from routing.tests.routing_example import (
    DUE_ON,
    NEW,
    QUEUED,
    SENT_ON,
    TRANSFER,
    imported,
    serve,
    sign,
)

SENT = [CaseQueued, CaseTransferred]
LATE = DUE_ON + timedelta(days=40)


def steps(command: object) -> list[type]:
    return [type(event) for event in NEW.when(command)]  # type: ignore[arg-type]


def test_an_open_case_waits_with_the_unit_it_was_sent_to() -> None:
    assert steps(imported()) == SENT


def test_an_answer_by_the_due_date_of_k3_accepts_the_case() -> None:
    assert steps(imported(served=serve(DUE_ON))) == [*SENT, CaseAccepted, OpinionServed]


def test_an_answer_after_it_finds_the_case_deemed_accepted_on_that_date() -> None:
    events = NEW.when(imported(served=serve(LATE)))
    assert [type(event) for event in events] == [*SENT, AcceptanceDeemed, OpinionServed]
    deemed = events[2]
    assert isinstance(deemed, AcceptanceDeemed)
    assert (deemed.deemed_on, deemed.handling_deadline.start_on) == (DUE_ON, DUE_ON)


def test_a_signature_stands_before_the_answer() -> None:
    signed_in_time = imported(signed=sign(SENT_ON + timedelta(days=3)), served=serve(DUE_ON))
    assert steps(signed_in_time) == [*SENT, OpinionSigned, CaseAccepted, OpinionServed]


def test_a_late_signature_stands_after_the_deemed_acceptance() -> None:
    signed_late = imported(signed=sign(DUE_ON + timedelta(days=1)), served=serve(LATE))
    assert steps(signed_late) == [*SENT, AcceptanceDeemed, OpinionSigned, OpinionServed]


def test_a_case_that_is_known_is_not_imported_again() -> None:
    NEW.after(imported(served=serve(LATE))).stays_quiet(imported(served=serve(LATE)))
    QUEUED.stays_quiet(imported())


def test_a_case_for_a_unit_that_nobody_knows_is_not_imported() -> None:
    unknown = replace(imported(), transfer=replace(TRANSFER, to_unit_known=False))
    NEW.refuses(unknown, refusals.UnknownUnit)


def test_an_old_case_is_judged_by_the_law_of_its_time() -> None:
    at = serve(date(2019, 3, 20)).at
    old = replace(imported(served=serve(date(2019, 3, 25))), transfer=replace(TRANSFER, at=at))
    transferred = NEW.when(old)[1]
    assert isinstance(transferred, CaseTransferred)
    assert transferred.acceptance_deadline.rule == "K3@1"
    assert transferred.objection_deadline is None
