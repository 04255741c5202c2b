"""What waits to be sent on, what never comes here, and what intake takes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bus.incoming import Incoming
from chassis.service import Moment
from huiyin.envelope.v1.envelope import Actor, Origin, RecordedEvent
from huiyin.intake.v1.events import CaseClassified, CaseWithdrawn, Category, Route, WithdrawalChannel
from huiyin.routing.v1.events import CaseDequeued, CaseTransferred
from routing.domain import refusals
from routing.domain.queue import DequeueCase, QueueCase
from routing.tests.routing_example import CASE, CN, HOUSING, NEW, OFFICE, QUEUED, TRANSFER, TRANSFERRED
from routing.use_cases.policies import OTHER_PROCEDURES, POLICIES

NOW = datetime(2025, 9, 19, 4, tzinfo=UTC)
WITHDRAWN = DequeueCase(at=NOW, why="CaseWithdrawn")
CLASSIFIED = CaseClassified(
    case_id=CASE,
    unit_id=OFFICE,
    category=Category.CLAIM,
    subject="城乡建设",
    competent_unit_id=HOUSING,
    urgent=False,
    receipt_number="YL01-2025-000001-X",
    first_receiver_unit_id=OFFICE,
    received_on=date(2025, 9, 18),
    transfer_deadline=CN.compute("K1", date(2025, 9, 18)),
    route=Route.PETITION,
    legal_basis="",
    subject_code="",
    taxonomy="",
    secondary_codes=(),
    facets=(),
    campaign_tags=(),
    cause_act_id="",
    outside_evaluation=False,
    by_ref="c1",
)


def intended(event: CaseClassified | CaseWithdrawn) -> list[object]:
    """The commands that follow from what intake recorded."""
    recorded = RecordedEvent(
        event_id="01a1fa63-0000-7000-8000-000000000001",
        stream=f"intake-case-{CASE}",
        version=1,
        type=type(event).__name__,
        payload=b"",
        occurred_at=NOW,
        recorded_at=NOW,
        case_id=CASE,
        actor=Actor(unit_id=OFFICE, role="clerk", pseudonym="c1"),
        legal_basis="",
        caused_by=None,
        correlation_id="c",
        idempotency_key="",
        origin=Origin.LIVE,
        traceparent="",
        division="000000",
    )
    policy = POLICIES["intake"][type(event)]
    incoming = Incoming("intake", 1, b"", recorded, event)
    return [each.command for each in policy(incoming, Moment(now=NOW, statute=CN))]


def test_a_claim_in_petition_procedure_waits_to_be_sent_on() -> None:
    (command,) = intended(CLASSIFIED)
    assert isinstance(command, QueueCase)


def test_an_accusation_never_comes_here() -> None:
    assert intended(replace(CLASSIFIED, category=Category.ACCUSATION)) == []


@pytest.mark.parametrize("route", sorted(OTHER_PROCEDURES))
def test_what_belongs_to_another_procedure_never_comes_here(route: Route) -> None:
    assert intended(replace(CLASSIFIED, route=route)) == []


def test_a_withdrawn_petition_waits_no_more() -> None:
    (command,) = intended(CaseWithdrawn(case_id=CASE, requested_by_channel=WithdrawalChannel.PETITIONER))
    assert command == WITHDRAWN
    assert QUEUED.when(WITHDRAWN) == [CaseDequeued(case_id=CASE, reason="CaseWithdrawn")]


def test_what_waits_no_more_is_not_transferred() -> None:
    refusal = QUEUED.after(WITHDRAWN).refuses(TRANSFER, refusals.EndedAtIntake)
    assert "CaseWithdrawn" in str(refusal)


def test_ending_it_twice_changes_nothing() -> None:
    QUEUED.after(WITHDRAWN).stays_quiet(WITHDRAWN)


def test_what_was_transferred_stays_with_its_unit() -> None:
    assert any(isinstance(event, CaseTransferred) for event in TRANSFERRED.past)
    TRANSFERRED.stays_quiet(WITHDRAWN)


def test_a_case_that_routing_has_not_heard_of_is_not_its_concern() -> None:
    NEW.stays_quiet(WITHDRAWN)
