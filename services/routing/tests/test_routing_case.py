"""Sent on, accepted, answered: what routing does with a case, what it refuses, and when it stays quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from huiyin.routing.v1.events import (
    AcceptanceDeemed,
    CaseAccepted,
    CaseQueued,
    CaseTransferred,
    OpinionServed,
    OpinionSigned,
    Outcome,
)
from routing.domain import refusals
from routing.domain.duty import duty
from routing.tests.routing_example import (
    CASE,
    DUE_ON,
    HOUSING,
    NEW,
    OFFICE,
    OTHER_SEALED,
    QUEUE,
    QUEUED,
    SEALED,
    SENT_ON,
    TRANSFER,
    TRANSFERRED,
    accept,
    deem,
    noon,
    serve,
    sign,
)

ACCEPTED = TRANSFERRED.after(accept())
ANSWERED = ACCEPTED.after(serve(date(2025, 10, 20)))
DAY_AFTER = DUE_ON + timedelta(days=1)


def test_a_classified_case_waits_to_be_sent_on() -> None:
    (event,) = NEW.when(QUEUE)
    assert isinstance(event, CaseQueued)
    assert (event.case_id, event.first_receiver_unit_id, event.competent_unit_id) == (CASE, OFFICE, HOUSING)


def test_a_case_waits_once() -> None:
    QUEUED.stays_quiet(QUEUE)
    ANSWERED.stays_quiet(QUEUE)


def test_the_act_of_the_sender_starts_the_clocks_of_the_receiver() -> None:
    (event,) = QUEUED.when(TRANSFER)
    assert isinstance(event, CaseTransferred)
    assert (event.from_unit_id, event.to_unit_id) == (OFFICE, HOUSING)
    k3, k4 = event.acceptance_deadline, event.objection_deadline
    assert (k3.clock, k3.start_on, k3.nominal_on, k3.due_on) == ("K3", SENT_ON, date(2025, 10, 5), DUE_ON)
    assert k4 is not None
    assert (k4.clock, k4.start_on) == ("K4", SENT_ON)


def test_before_2022_the_receiver_had_no_right_to_object() -> None:
    (event,) = QUEUED.when(replace(TRANSFER, at=noon(date(2019, 3, 4))))
    assert isinstance(event, CaseTransferred)
    assert event.objection_deadline is None


def test_a_case_is_sent_on_once() -> None:
    TRANSFERRED.stays_quiet(replace(TRANSFER, at=noon(DAY_AFTER)))


def test_what_was_not_classified_is_not_sent_on() -> None:
    NEW.refuses(TRANSFER, refusals.UnknownCase)


def test_only_the_unit_that_holds_the_case_sends_it_on() -> None:
    QUEUED.refuses(replace(TRANSFER, by_unit_id=HOUSING), refusals.NotTheSender)


def test_a_case_goes_only_to_a_unit_of_the_directory() -> None:
    QUEUED.refuses(replace(TRANSFER, to_unit_known=False), refusals.UnknownUnit)


def test_a_case_that_was_sent_on_does_not_go_elsewhere_without_a_return() -> None:
    refused = TRANSFERRED.refuses(replace(TRANSFER, to_unit_id="another"), refusals.TransferredElsewhere)
    assert HOUSING in refused.message


def test_acceptance_starts_sixty_days() -> None:
    (event,) = TRANSFERRED.when(accept(date(2025, 8, 4)))
    assert isinstance(event, CaseAccepted)
    k5 = event.handling_deadline
    assert (k5.clock, k5.nominal_on, k5.due_on) == ("K5", date(2025, 10, 3), date(2025, 10, 9))


def test_a_case_is_accepted_once() -> None:
    ACCEPTED.stays_quiet(accept(DAY_AFTER))


def test_only_the_receiver_accepts() -> None:
    refused = TRANSFERRED.refuses(accept(unit=OFFICE), refusals.NotTheHandler)
    assert refused.rule == "lifecycle-8"


def test_nobody_acts_on_a_case_that_was_not_sent_to_anyone() -> None:
    for command in (accept(), sign(SENT_ON), serve(SENT_ON)):
        QUEUED.refuses(command, refusals.NotTransferred)


def test_silence_counts_as_acceptance_from_the_day_on_which_it_was_due() -> None:
    """The deeming vector: sent 2025-09-20, K3 due 2025-10-09, K5 from there, due 2025-12-08."""
    (event,) = TRANSFERRED.when(deem(DAY_AFTER))
    assert isinstance(event, AcceptanceDeemed)
    assert (event.unit_id, event.deemed_on) == (HOUSING, date(2025, 10, 9))
    k5 = event.handling_deadline
    assert (k5.clock, k5.start_on, k5.due_on) == ("K5", date(2025, 10, 9), date(2025, 12, 8))


@pytest.mark.parametrize("days_later", [1, 7, 90])
def test_however_late_it_is_noticed_the_deemed_day_is_the_same(days_later: int) -> None:
    assert TRANSFERRED.when(deem(DUE_ON + timedelta(days=days_later))) == TRANSFERRED.when(deem(DAY_AFTER))


def test_nothing_is_deemed_before_the_day_is_over() -> None:
    TRANSFERRED.stays_quiet(deem(DUE_ON))


def test_nothing_is_deemed_that_was_accepted_or_never_sent() -> None:
    ACCEPTED.stays_quiet(deem(DAY_AFTER))
    QUEUED.stays_quiet(deem(DAY_AFTER))
    NEW.stays_quiet(deem(DAY_AFTER))


def test_a_case_is_deemed_accepted_once_and_then_needs_no_acceptance() -> None:
    deemed = TRANSFERRED.after(deem(DAY_AFTER))
    deemed.stays_quiet(deem(DAY_AFTER))
    deemed.stays_quiet(accept(DAY_AFTER))


def test_the_head_of_the_unit_signs_the_opinion() -> None:
    (event,) = ACCEPTED.when(sign(date(2025, 10, 15), signed_on=date(2025, 10, 14)))
    assert event == OpinionSigned(case_id=CASE, unit_id=HOUSING, signed_on=date(2025, 10, 14))


def test_an_opinion_is_signed_once_and_not_after_it_was_served() -> None:
    ACCEPTED.after(sign(date(2025, 10, 15))).stays_quiet(sign(date(2025, 10, 16)))
    ANSWERED.stays_quiet(sign(date(2025, 10, 21)))


def test_nobody_signs_ahead_of_time() -> None:
    tomorrow = sign(date(2025, 10, 15), signed_on=date(2025, 10, 16))
    assert ACCEPTED.refuses(tomorrow, refusals.SignedInTheFuture).rule == "time-honest"


def test_only_the_handler_signs_and_serves() -> None:
    ACCEPTED.refuses(sign(date(2025, 10, 15), unit=OFFICE), refusals.NotTheHandler)
    ACCEPTED.refuses(serve(date(2025, 10, 15), unit=OFFICE), refusals.NotTheHandler)


def test_the_opinion_is_served_on_the_petitioner() -> None:
    (event,) = ACCEPTED.when(serve(date(2025, 10, 20)))
    assert event == OpinionServed(
        case_id=CASE, unit_id=HOUSING, outcome=Outcome.SUPPORTED, opinion=SEALED, from_unit_id=OFFICE
    )


def test_an_opinion_is_served_once() -> None:
    ANSWERED.stays_quiet(serve(date(2025, 10, 21)))


def test_an_opinion_that_was_served_is_not_replaced() -> None:
    ANSWERED.refuses(serve(date(2025, 10, 21), opinion=OTHER_SEALED), refusals.AlreadyAnswered)


def test_an_answer_in_time_accepts_the_case() -> None:
    accepted, served = TRANSFERRED.when(serve(DUE_ON))
    assert isinstance(accepted, CaseAccepted)
    assert isinstance(served, OpinionServed)
    assert accepted.handling_deadline.start_on == DUE_ON


def test_an_answer_after_silence_finds_the_case_deemed_accepted() -> None:
    deemed, served = TRANSFERRED.when(serve(DAY_AFTER))
    assert isinstance(deemed, AcceptanceDeemed)
    assert isinstance(served, OpinionServed)
    assert deemed.deemed_on == DUE_ON


def test_the_duty_is_to_accept_then_to_answer_then_none() -> None:
    clocks = [scenario.state for scenario in (QUEUED, TRANSFERRED, ACCEPTED, ANSWERED)]
    found = [duty(state) for state in clocks]
    assert [each.clock if each else None for each in found] == [None, "K3", "K5", None]
