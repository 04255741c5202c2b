"""One notice for one cause: owed, handed over, or undeliverable."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.common.v1.types import Sealed
from huiyin.notification.v1.events import NoticeDelivered, NoticeKind, NoticePrepared, NoticeUndeliverable
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from ledger.refusal import Refusal
from notification.domain import refusals
from notification.domain.case import case_decider, due
from notification.domain.commands import (
    AbandonNotice,
    NotificationCommand,
    PrepareNotice,
    RecordDelivery,
    Told,
    notice_key,
)

AT = datetime(2025, 8, 18, 2, tzinfo=UTC)
PETITIONER = Sealed(ref="c1/petitioner/1", algorithm="sha256-salted-v1", commitment=b"\1" * 32)
NEW = Scenario(case_decider)

RECEIPT = PrepareNotice(
    at=AT,
    case_id="c1",
    notice_key="receipt-intake-7",
    kind=NoticeKind.RECEIPT,
    template="receipt@1",
    told=Told(
        unit_id="yunling-petitions",
        happened_on=date(2025, 8, 18),
        clock="K1",
        due_on=date(2025, 9, 2),
    ),
    receipt_number="YL01-2025-000001-K",
    petitioner=PETITIONER,
)
OPINION = PrepareNotice(
    at=AT,
    case_id="c1",
    notice_key="opinion-routing-9",
    kind=NoticeKind.OPINION,
    template="opinion@1",
    told=Told(unit_id="yunling-housing", happened_on=date(2025, 9, 30), finding="SUPPORTED"),
    refs=("c1/opinion/1",),
)
DELIVERY = RecordDelivery(at=AT, notice_key="receipt-intake-7", means="maildir", document_sha256=b"\2" * 32)
ABANDON = AbandonNotice(at=AT, notice_key="receipt-intake-7", reason="content-erased")
PREPARED = NEW.after(RECEIPT)


def test_a_receipt_is_owed_with_all_that_it_tells() -> None:
    assert NEW.when(RECEIPT) == [
        NoticePrepared(
            case_id="c1",
            notice_key="receipt-intake-7",
            kind=NoticeKind.RECEIPT,
            template="receipt@1",
            disclosed_refs=("c1/petitioner/1",),
            receipt_number="YL01-2025-000001-K",
            unit_id="yunling-petitions",
            happened_on=date(2025, 8, 18),
            clock="K1",
            due_on=date(2025, 9, 2),
            provisional=False,
            finding="",
        )
    ]


def test_what_is_owed_becomes_due_once() -> None:
    assert due(NEW.when(RECEIPT)) == ["receipt-intake-7"]
    assert due(NEW.when(replace(RECEIPT, petitioner=None))) == []
    PREPARED.stays_quiet(RECEIPT)
    PREPARED.after(DELIVERY).stays_quiet(RECEIPT)


def test_a_later_notice_goes_to_whom_the_receipt_went() -> None:
    (event,) = PREPARED.after(DELIVERY).when(OPINION)
    assert isinstance(event, NoticePrepared)
    assert event.disclosed_refs == ("c1/petitioner/1", "c1/opinion/1")
    assert event.receipt_number == "YL01-2025-000001-K"


def test_every_notice_of_an_anonymous_petition_is_on_record_as_undeliverable() -> None:
    anonymous = NEW.after(replace(RECEIPT, petitioner=None))
    assert anonymous.past == (
        NoticeUndeliverable(
            case_id="c1", notice_key="receipt-intake-7", kind=NoticeKind.RECEIPT, reason="anonymous"
        ),
    )
    (event,) = anonymous.when(OPINION)
    assert isinstance(event, NoticeUndeliverable)
    assert event.reason == "anonymous"
    anonymous.stays_quiet(replace(RECEIPT, petitioner=None))
    anonymous.after(OPINION).stays_quiet(OPINION)


def test_without_a_receipt_nobody_is_known_to_write_to() -> None:
    (event,) = NEW.when(OPINION)
    assert isinstance(event, NoticeUndeliverable)
    assert event.reason == "petitioner-not-on-record"


def test_a_delivery_is_recorded_with_its_proof() -> None:
    assert PREPARED.when(DELIVERY) == [
        NoticeDelivered(
            case_id="c1", notice_key="receipt-intake-7", means="maildir", document_sha256=b"\2" * 32
        )
    ]
    PREPARED.after(DELIVERY).stays_quiet(DELIVERY)


def test_nothing_else_is_ever_delivered_under_the_same_key() -> None:
    other = replace(DELIVERY, document_sha256=b"\3" * 32)
    PREPARED.after(DELIVERY).refuses(other, refusals.DeliveredOtherwise)


def test_only_what_was_prepared_is_delivered_or_abandoned() -> None:
    NEW.refuses(DELIVERY, refusals.UnknownNotice)
    NEW.refuses(ABANDON, refusals.UnknownNotice)
    NEW.after(replace(RECEIPT, petitioner=None)).refuses(DELIVERY, refusals.NoticeIsUndeliverable)


def test_a_notice_whose_content_was_erased_is_undeliverable_but_what_was_delivered_stays_so() -> None:
    (event,) = PREPARED.when(ABANDON)
    assert event == NoticeUndeliverable(
        case_id="c1", notice_key="receipt-intake-7", kind=NoticeKind.RECEIPT, reason="content-erased"
    )
    PREPARED.after(ABANDON).stays_quiet(ABANDON)
    PREPARED.after(DELIVERY).stays_quiet(ABANDON)


def test_the_key_names_kind_and_cause() -> None:
    assert notice_key(NoticeKind.DEEMED_ACCEPTANCE, "routing", 12) == "deemed_acceptance-routing-12"


commands: st.SearchStrategy[NotificationCommand] = st.sampled_from(
    [RECEIPT, replace(RECEIPT, petitioner=None), OPINION, DELIVERY, ABANDON]
)


@given(st.lists(commands, max_size=6), commands)
def test_saying_it_twice_changes_nothing_whatever_happened_before(
    before: list[NotificationCommand], command: NotificationCommand
) -> None:
    scenario: Scenario[Any, Any, Any] = NEW
    for each in before:
        try:
            scenario = scenario.after(each)
        except Refusal:
            continue
    saying_it_twice_changes_nothing(case_decider, scenario.past, command)


@pytest.mark.parametrize("times", [1, 2, 5])
def test_no_cause_leads_to_two_notices(times: int) -> None:
    scenario: Scenario[Any, Any, Any] = NEW
    for _ in range(times):
        scenario = scenario.after(RECEIPT).after(OPINION)
    assert [event.notice_key for event in scenario.past] == ["receipt-intake-7", "opinion-routing-9"]
