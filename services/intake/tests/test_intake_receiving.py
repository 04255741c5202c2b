"""Every channel leads to one event; when it was keyed in, and how many petition, is part of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.common.v1.types import Channel
from huiyin.intake.v1.events import CaseReceived, Filing, Jointness
from intake.domain import refusals_reception as refusals
from intake.domain.filing import MAX_REPRESENTATIVES, jointness, names_an_order
from intake.domain.receiving import ReceiveCase
from intake.tests.intake_example import AT, CASE, DISCLOSE, HOUSING, IMPORT, NEW, RECEIVE, WHO

CHANNELS = [each for each in Channel if each is not Channel.UNSPECIFIED]
REPRESENTATIVES = replace(WHO, ref=f"{CASE}/representatives/1")


def received(**other: object) -> CaseReceived:
    (event,) = NEW.when(replace(RECEIVE, **other))  # type: ignore[arg-type]
    assert isinstance(event, CaseReceived)
    return event


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_leads_to_the_same_event(channel: Channel) -> None:
    assert received(channel=channel).channel is channel


@pytest.mark.parametrize("channel", CHANNELS)
def test_all_but_the_web_have_a_clock_for_keying_in(channel: Channel) -> None:
    deadline = received(channel=channel).key_in_deadline
    assert (deadline is None) == (channel is Channel.WEB)
    if deadline is not None:
        assert (deadline.clock, deadline.start_on, deadline.due_on) == (
            "K0",
            date(2025, 8, 18),
            date(2025, 8, 19),
        )


def test_the_clock_for_keying_in_starts_with_physical_receipt() -> None:
    friday = AT - timedelta(days=3)
    deadline = received(channel=Channel.LETTER, received_at=friday).key_in_deadline
    assert deadline is not None
    assert (deadline.start_on, deadline.due_on) == (date(2025, 8, 15), date(2025, 8, 18))


def test_what_was_keyed_in_elsewhere_starts_no_clock_for_it() -> None:
    imported = replace(IMPORT.receive, channel=Channel.LETTER)
    (event, *_) = NEW.when(replace(IMPORT, receive=imported))
    assert isinstance(event, CaseReceived)
    assert event.key_in_deadline is None


def test_one_alone_is_the_usual_petitioner() -> None:
    assert received().filing == Filing(
        confidential=False, external_number="", jointness=Jointness.SINGLE, petitioners=1, representatives=0
    )


def test_three_hundred_may_sign_one_letter() -> None:
    event = received(
        channel=Channel.LETTER, petitioners=300, representatives=REPRESENTATIVES, representative_count=5
    )
    assert event.filing is not None
    assert (event.filing.petitioners, event.filing.representatives) == (300, 5)
    assert event.filing.jointness is Jointness.JOINT
    assert event.representatives == REPRESENTATIVES


@pytest.mark.parametrize(
    ("channel", "petitioners", "what"),
    [
        (Channel.VISIT, 1, Jointness.SINGLE),
        (Channel.VISIT, 4, Jointness.JOINT),
        (Channel.VISIT, 5, Jointness.COLLECTIVE_VISIT),
        (Channel.LETTER, 5, Jointness.JOINT),
        (Channel.WEB, 1, Jointness.SINGLE),
    ],
)
def test_whether_a_petition_is_joint_is_computed_not_asked(
    channel: Channel, petitioners: int, what: Jointness
) -> None:
    assert jointness(channel, petitioners) is what


def test_a_sixth_representative_is_refused_by_p6() -> None:
    command = replace(
        RECEIVE,
        petitioners=300,
        representatives=REPRESENTATIVES,
        representative_count=MAX_REPRESENTATIVES + 1,
    )
    refused = NEW.refuses(command, refusals.TooManyRepresentatives)
    assert refused.rule == "P6"


@pytest.mark.parametrize(("petitioners", "representatives"), [(0, 0), (-1, 0), (2, 3)])
def test_numbers_that_contradict_each_other_are_refused(petitioners: int, representatives: int) -> None:
    command = replace(RECEIVE, petitioners=petitioners, representative_count=representatives)
    NEW.refuses(command, refusals.NumberContradicted)


@given(st.integers(5, 2**32 - 1), st.sampled_from(CHANNELS))
def test_no_number_of_petitioners_is_ever_refused(petitioners: int, channel: Channel) -> None:
    assert NEW.when(replace(RECEIVE, channel=channel, petitioners=petitioners))


def test_a_letter_signed_by_representatives_alone_is_not_anonymous() -> None:
    event = received(petitioner=None, petitioners=9, representatives=REPRESENTATIVES, representative_count=2)
    assert not event.anonymous


def test_a_work_order_of_the_hotline_is_linked_by_its_number() -> None:
    event = received(channel=Channel.HOTLINE, external_number="12345-20250818-0042")
    assert event.filing is not None
    assert event.filing.external_number == "12345-20250818-0042"


@pytest.mark.parametrize(
    "number", ["13800000000", "138-0000-0000", "11010519491231002X", "张某", "a b", "x" * 65]
)
def test_the_number_of_a_person_or_a_text_is_no_external_number(number: str) -> None:
    assert not names_an_order(number)
    assert NEW.refuses(replace(RECEIVE, external_number=number), refusals.ExternalNumberUnfit).rule == "P14"


CONFIDENTIAL: ReceiveCase = replace(RECEIVE, confidential=True)


@pytest.mark.parametrize("item", ["petitioner", "representatives"])
def test_who_asked_for_confidence_is_shown_to_the_first_receiver_only(item: str) -> None:
    given_it = NEW.after(CONFIDENTIAL)
    asked = replace(DISCLOSE, items=("petition", item))
    assert given_it.when(asked)
    refused = given_it.refuses(replace(asked, by_unit_id=HOUSING), refusals.IdentityConfidential)
    assert refused.rule == "P14"


def test_the_words_of_a_confidential_petition_are_shown_to_whoever_handles_it() -> None:
    assert NEW.after(CONFIDENTIAL).when(replace(DISCLOSE, by_unit_id=HOUSING))


def test_without_such_a_wish_the_handler_may_ask_who_petitions() -> None:
    assert NEW.after(RECEIVE).when(replace(DISCLOSE, items=("petitioner",), by_unit_id=HOUSING))
