"""What a case is, is one fold over what all services recorded: the same for everyone, at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.case_state import CASE_STATE_ZH, CaseState, Custody, Entry, fold, merge
from huiyin.codec import encode, type_of
from huiyin.common.v1.types import Channel, Deadline, Sealed
from huiyin.envelope.v1.envelope import Actor, Origin, RecordedEvent
from huiyin.intake.v1.events import CaseClassified, CaseReceived, CaseRegistered, Category, Route
from huiyin.registry import CATALOGUE
from huiyin.revisit.v1.events import CaseClosed, ClosingGround
from huiyin.routing.v1.events import CaseAccepted, CaseQueued, CaseTransferred, OpinionServed, Outcome

START = datetime(2025, 8, 18, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
CASE, OFFICE, HOUSING = "c1", "office", "housing"
SEALED = Sealed(ref="c1/petition/1", algorithm="sha256-salted-v1", commitment=bytes(32))
DUE = Deadline(
    clock="K1",
    rule="K1@2",
    calendar="cn@2025.1",
    start_on=START.date(),
    nominal_on=START.date(),
    due_on=START.date(),
    provisional=False,
    extension_days=0,
    excluded_days=0,
)
EVENTS: list[Any] = [
    CaseReceived(
        case_id=CASE,
        receipt_number="YL01-2025-000001-X",
        channel=Channel.LETTER,
        first_receiver_unit_id=OFFICE,
        anonymous=True,
        petition=SEALED,
        transfer_deadline=DUE,
    ),
    CaseRegistered(case_id=CASE, unit_id=OFFICE),
    CaseClassified(
        case_id=CASE,
        unit_id=OFFICE,
        category=Category.CLAIM,
        subject="城乡建设",
        competent_unit_id=HOUSING,
        urgent=False,
        receipt_number="YL01-2025-000001-X",
        first_receiver_unit_id=OFFICE,
        received_on=START.date(),
        transfer_deadline=DUE,
        route=Route.PETITION,
        legal_basis="R2022.31.6",
        subject_code="S03",
        taxonomy="cn-subjects@2025.1",
        cause_act_id="",
        outside_evaluation=False,
        by_ref="c1",
    ),
    CaseQueued(
        case_id=CASE,
        first_receiver_unit_id=OFFICE,
        competent_unit_id=HOUSING,
        receipt_number="YL01-2025-000001-X",
        received_on=START.date(),
    ),
    CaseTransferred(case_id=CASE, from_unit_id=OFFICE, to_unit_id=HOUSING, acceptance_deadline=DUE),
    CaseAccepted(case_id=CASE, unit_id=HOUSING, handling_deadline=DUE),
    OpinionServed(
        case_id=CASE, unit_id=HOUSING, outcome=Outcome.SUPPORTED, opinion=SEALED, from_unit_id=OFFICE
    ),
    CaseClosed(case_id=CASE, unit_id=OFFICE, ground=ClosingGround.CONFIRMED),
]
SERVICES = [CATALOGUE[type_of(event)].service for event in EVENTS]
ROAD = [
    CaseState.RECEIVED,
    CaseState.REGISTERED,
    CaseState.CLASSIFIED,
    CaseState.CLASSIFIED,
    CaseState.TRANSFERRED,
    CaseState.ACCEPTED,
    CaseState.REPLIED,
    CaseState.CLOSED,
]
KEYED_IN = START + 2 * HOUR
"""The letter arrived at START and was entered two hours later; everything else was recorded as it happened."""


def instant(step: int) -> datetime:
    """When a step of the road was recorded."""
    return KEYED_IN + step * HOUR


def entry(step: int) -> Entry:
    event = EVENTS[step]
    recorded = RecordedEvent(
        event_id=f"e{step}",
        stream=f"{SERVICES[step]}-case-{CASE}",
        version=1 + SERVICES[:step].count(SERVICES[step]),
        type=type_of(event),
        payload=encode(event),
        occurred_at=START if step == 0 else instant(step),
        recorded_at=instant(step),
        case_id=CASE,
        actor=Actor(unit_id=OFFICE, role="clerk", pseudonym="c1"),
        legal_basis="",
        correlation_id="x",
        idempotency_key="",
        origin=Origin.LIVE,
        traceparent="",
        division="990101",
    )
    return Entry(SERVICES[step], recorded.version, b"", recorded, event)


TIMELINE = [entry(step) for step in range(len(EVENTS))]


@pytest.mark.parametrize("step", range(len(EVENTS)))
def test_the_state_follows_the_road_step_by_step(step: int) -> None:
    assert fold(merge(TIMELINE[: step + 1])).state is ROAD[step]


def test_nothing_recorded_is_no_state() -> None:
    view = fold([])
    assert (view.state, view.holder, view.custody, view.receipt_number) == (None, None, (), "")


def test_every_hand_is_on_record_from_when_to_when() -> None:
    view = fold(merge(TIMELINE))
    assert view.custody == (Custody(OFFICE, START, instant(4)), Custody(HOUSING, instant(4), None))
    assert view.holder == HOUSING
    assert view.receipt_number == "YL01-2025-000001-X"


def test_custody_has_neither_gaps_nor_overlaps() -> None:
    custody = fold(merge(TIMELINE)).custody
    assert [held.until for held in custody[:-1]] == [held.since for held in custody[1:]]


def test_a_unit_that_is_sent_a_case_it_holds_goes_on_holding_it() -> None:
    again = Entry("routing", 9, b"", TIMELINE[4].recorded, TIMELINE[4].event)
    assert fold([*TIMELINE, again]).custody == fold(TIMELINE).custody


@given(st.permutations(TIMELINE))
def test_the_view_is_the_same_whatever_arrives_first(shuffled: Sequence[Entry]) -> None:
    assert fold(merge(shuffled)) == fold(merge(TIMELINE))
    assert merge(shuffled) == TIMELINE


@given(st.permutations(TIMELINE), st.integers(0, len(TIMELINE)))
def test_what_was_recorded_by_a_moment_is_what_was_known_then(shuffled: Sequence[Entry], steps: int) -> None:
    as_of = KEYED_IN + (steps - 1) * HOUR
    assert fold(merge(shuffled, as_of=as_of)) == fold(TIMELINE[:steps])
    just_before = as_of + HOUR - timedelta(microseconds=1)
    assert fold(merge(shuffled, as_of=just_before)) == fold(TIMELINE[:steps])


def test_what_had_occurred_by_a_moment_may_have_been_recorded_later() -> None:
    between = START + HOUR
    assert fold(merge(TIMELINE, as_of=between)).state is None
    assert fold(merge(TIMELINE, at=between)).state is CaseState.RECEIVED


def test_both_moments_together_tell_what_was_known_then_of_an_earlier_moment() -> None:
    view = fold(merge(TIMELINE, as_of=instant(5), at=instant(0)))
    assert view.state is CaseState.RECEIVED
    assert len(view.entries) == 1


def test_events_of_one_instant_are_sorted_by_service_and_position() -> None:
    same = [
        Entry(service, position, b"", TIMELINE[1].recorded, TIMELINE[1].event)
        for service, position in [("routing", 1), ("intake", 10), ("intake", 9)]
    ]
    order = [(each.service, each.position) for each in merge(same)]
    assert order == [("intake", 9), ("intake", 10), ("routing", 1)]


def test_every_state_has_its_chinese_word_and_every_event_names_a_state_that_is_one() -> None:
    assert set(CASE_STATE_ZH) == set(CaseState)
    named = {known.case_state for known in CATALOGUE.values()} - {None}
    assert named == {state.name for state in CaseState}
