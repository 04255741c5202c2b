"""Received first, judged later: what intake does with a petition, what it refuses, and when it stays quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from huiyin.common.v1.types import Channel
from huiyin.intake.v1.events import (
    CaseClassified,
    CaseReceived,
    CaseRegistered,
    Category,
    ContentDisclosed,
)
from intake.domain import refusals
from intake.tests.intake_example import (
    AT,
    CASE,
    CLASSIFIED,
    CLASSIFY,
    DISCLOSE,
    HOUSING,
    IMPORT,
    LONG_AGO,
    NEW,
    OFFICE,
    RECEIVE,
    RECEIVED,
    REGISTER,
    REGISTERED,
    SEALED,
    WHO,
    receive,
)

EARLIER = AT - timedelta(days=3)


def received_by(**other: object) -> CaseReceived:
    (event,) = NEW.when(receive(**other))
    assert isinstance(event, CaseReceived)
    return event


def test_a_petition_is_received_with_its_number_and_the_deadline_for_its_transfer() -> None:
    event = received_by()
    assert (event.case_id, event.receipt_number) == (CASE, "YL01-2025-000001-X")
    assert (event.first_receiver_unit_id, event.channel) == (OFFICE, Channel.WEB)
    assert (event.petition, event.petitioner, event.anonymous) == (SEALED, WHO, False)
    k1 = event.transfer_deadline
    assert (k1.clock, k1.start_on, k1.due_on) == ("K1", date(2025, 8, 18), date(2025, 9, 2))


def test_nobody_needs_a_name_to_be_heard() -> None:
    event = received_by(petitioner=None)
    assert event.anonymous
    assert event.petitioner is None


def test_a_petition_at_two_minutes_to_midnight_in_shanghai_is_of_that_day() -> None:
    late = datetime(2025, 8, 18, 15, 58, tzinfo=UTC)
    assert received_by(at=late, received_at=late).transfer_deadline.start_on == date(2025, 8, 18)
    later = late + timedelta(minutes=2)
    assert received_by(at=later, received_at=later).transfer_deadline.start_on == date(2025, 8, 19)


def test_a_petition_that_was_received_is_not_received_again() -> None:
    RECEIVED.stays_quiet(RECEIVE)
    CLASSIFIED.stays_quiet(receive(receipt_number="another", channel=Channel.FAX))


@pytest.mark.parametrize(
    "channel", [each for each in Channel if each not in (Channel.UNSPECIFIED, Channel.WEB)]
)
def test_the_clock_of_a_letter_runs_from_the_day_it_arrived(channel: Channel) -> None:
    event = received_by(channel=channel, received_at=EARLIER)
    assert event.transfer_deadline.start_on == date(2025, 8, 15)


def test_what_comes_through_the_system_is_not_backdated() -> None:
    refused = NEW.refuses(receive(channel=Channel.WEB, received_at=EARLIER), refusals.ReceiptBackdated)
    assert refused.rule == "time-honest"


def test_nothing_is_received_before_it_arrived() -> None:
    tomorrow = AT + timedelta(days=1)
    NEW.refuses(receive(channel=Channel.LETTER, received_at=tomorrow), refusals.ReceiptInTheFuture)


def test_the_first_receiver_registers_the_case() -> None:
    assert RECEIVED.when(REGISTER) == [CaseRegistered(case_id=CASE, unit_id=OFFICE)]


def test_a_registered_case_is_not_registered_again() -> None:
    REGISTERED.stays_quiet(REGISTER)


def test_nobody_registers_for_the_first_receiver() -> None:
    refused = RECEIVED.refuses(replace(REGISTER, by_unit_id=HOUSING), refusals.NotFirstReceiver)
    assert refused.rule == "C07"
    assert OFFICE in refused.message


def test_what_was_not_received_cannot_be_registered_classified_or_opened() -> None:
    for command in (REGISTER, CLASSIFY, DISCLOSE):
        NEW.refuses(command, refusals.UnknownCase)


def test_a_classified_case_says_of_what_nature_it_is_and_carries_its_clock_on() -> None:
    (event,) = REGISTERED.when(CLASSIFY)
    assert isinstance(event, CaseClassified)
    assert (event.category, event.subject, event.urgent) == (Category.CLAIM, "城乡建设", False)
    assert (event.competent_unit_id, event.unit_id) == (HOUSING, OFFICE)
    assert (event.receipt_number, event.first_receiver_unit_id) == ("YL01-2025-000001-X", OFFICE)
    assert event.transfer_deadline == received_by().transfer_deadline
    assert event.received_on == date(2025, 8, 18)


def test_a_case_is_registered_before_it_is_judged() -> None:
    RECEIVED.refuses(CLASSIFY, refusals.NotRegistered)


def test_nobody_classifies_for_the_first_receiver() -> None:
    REGISTERED.refuses(replace(CLASSIFY, by_unit_id=HOUSING), refusals.NotFirstReceiver)


def test_the_same_classification_again_changes_nothing() -> None:
    CLASSIFIED.stays_quiet(replace(CLASSIFY, at=AT + timedelta(days=1)))


def test_a_classification_is_not_replaced_by_another() -> None:
    for other in (
        replace(CLASSIFY, category=Category.SUGGESTION),
        replace(CLASSIFY, subject="劳动"),
        replace(CLASSIFY, competent_unit_id=OFFICE),
        replace(CLASSIFY, urgent=True),
    ):
        CLASSIFIED.refuses(other, refusals.AlreadyClassified)


def test_whoever_opens_a_petition_leaves_a_trace_each_time() -> None:
    disclosed = ContentDisclosed(case_id=CASE, items=("petition",), to_unit_id=OFFICE, purpose="办理")
    assert RECEIVED.when(DISCLOSE) == [disclosed]
    assert RECEIVED.after(DISCLOSE).when(DISCLOSE) == [disclosed]


def test_nobody_opens_a_petition_without_a_purpose() -> None:
    assert RECEIVED.refuses(replace(DISCLOSE, purpose=" "), refusals.PurposeMissing).rule == "P14"


def test_being_opened_changes_nothing_about_the_case() -> None:
    assert RECEIVED.after(DISCLOSE).state == RECEIVED.state


def test_an_imported_case_was_received_registered_and_classified_at_its_time() -> None:
    received, registered, classified = NEW.when(IMPORT)
    assert isinstance(received, CaseReceived)
    assert isinstance(registered, CaseRegistered)
    assert isinstance(classified, CaseClassified)
    assert received.transfer_deadline.start_on == date(2024, 7, 14)
    assert classified.transfer_deadline == received.transfer_deadline


def test_a_case_that_is_known_is_not_imported_again() -> None:
    NEW.after(IMPORT).stays_quiet(IMPORT)
    RECEIVED.stays_quiet(IMPORT)


def test_a_case_of_the_future_is_not_imported() -> None:
    future = replace(IMPORT, receive=replace(IMPORT.receive, received_at=AT + timedelta(seconds=1)))
    NEW.refuses(future, refusals.ReceiptInTheFuture)


def test_only_an_import_brings_in_what_the_web_received_long_ago() -> None:
    NEW.refuses(replace(RECEIVE, received_at=LONG_AGO), refusals.ReceiptBackdated)


def test_an_import_is_classified_by_nobody_but_the_first_receiver() -> None:
    other = replace(IMPORT, classify=replace(CLASSIFY, by_unit_id=HOUSING))
    NEW.refuses(other, refusals.NotFirstReceiver)
