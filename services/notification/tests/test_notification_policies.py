"""Which notice follows from which event."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bus.incoming import Incoming
from chassis.service import Moment
from huiyin.codec import encode, type_of
from huiyin.common.v1.types import Channel, Deadline, Sealed
from huiyin.envelope.v1.envelope import Actor, Origin, RecordedEvent
from huiyin.intake.v1.events import CaseReceived
from huiyin.notification.v1.events import NoticeKind
from huiyin.revisit.v1.events import CaseClosed, ClosingGround
from huiyin.routing.v1.events import AcceptanceDeemed, CaseAccepted, OpinionServed, Outcome
from notification.domain.commands import PrepareNotice, Told
from notification.letter import FOLDER, TITLES
from notification.main import SERVICE
from notification.policies import TEMPLATES
from statute.in_force import shipped_statute

STATUTE = shipped_statute("cn")
# 2025-08-17 in UTC is already Monday, 2025-08-18 in Shanghai.
OCCURRED_AT = datetime(2025, 8, 17, 16, 30, tzinfo=UTC)
MOMENT = Moment(now=datetime(2025, 8, 18, 3, tzinfo=UTC), statute=STATUTE)


def sealed(ref: str) -> Sealed:
    return Sealed(ref=ref, algorithm="sha256-salted-v1", commitment=b"\1" * 32)


def deadline(clock: str, start_on: date) -> Deadline:
    return STATUTE.compute(clock, start_on)


RECEIVED = CaseReceived(
    case_id="c1",
    receipt_number="YL01-2025-000001-K",
    channel=Channel.WEB,
    first_receiver_unit_id="petitions",
    anonymous=False,
    petitioner=sealed("c1/petitioner/1"),
    petition=sealed("c1/petition/1"),
    transfer_deadline=deadline("K1", date(2025, 8, 18)),
)
ACCEPTED = CaseAccepted(case_id="c1", unit_id="housing", handling_deadline=deadline("K5", date(2025, 9, 1)))
DEEMED = AcceptanceDeemed(
    case_id="c1",
    unit_id="housing",
    deemed_on=date(2025, 9, 8),
    handling_deadline=deadline("K5", date(2025, 9, 8)),
)
SERVED = OpinionServed(
    case_id="c1",
    unit_id="housing",
    outcome=Outcome.EXPLAINED,
    opinion=sealed("c1/opinion/1"),
    from_unit_id="petitions",
)
CLOSED = CaseClosed(case_id="c1", unit_id="petitions", ground=ClosingGround.CONFIRMED)
CAUSES: list[tuple[str, Any]] = [
    ("intake", RECEIVED),
    ("routing", ACCEPTED),
    ("routing", DEEMED),
    ("routing", SERVED),
    ("revisit", CLOSED),
]


def prepared(source: str, event: Any, origin: Origin = Origin.LIVE) -> list[PrepareNotice]:
    recorded = RecordedEvent(
        event_id="",
        stream=f"{source}-case-c1",
        version=1,
        type=type_of(event),
        payload=encode(event),
        occurred_at=OCCURRED_AT,
        recorded_at=MOMENT.now,
        case_id="c1",
        actor=Actor(unit_id="", role="", pseudonym=""),
        legal_basis="",
        correlation_id="",
        idempotency_key="",
        origin=origin,
        traceparent="",
        division="000000",
    )
    incoming = Incoming(source=source, position=7, hash=b"", recorded=recorded, event=event)
    intentions = SERVICE.policies[source][type(event)](incoming, MOMENT)
    assert all(intention.stream == "notification-case-c1" for intention in intentions)
    assert all(intention.intents is not None for intention in intentions)
    return [intention.command for intention in intentions]


def test_a_receipt_follows_what_was_received() -> None:
    (command,) = prepared("intake", RECEIVED)
    assert (command.notice_key, command.kind) == ("receipt-intake-7", NoticeKind.RECEIPT)
    assert command.told == Told(
        unit_id="petitions", happened_on=date(2025, 8, 18), clock="K1", due_on=date(2025, 9, 2)
    )
    assert (command.petitioner, command.receipt_number) == (RECEIVED.petitioner, RECEIVED.receipt_number)


def test_acceptance_tells_the_term_from_the_date_that_started_it() -> None:
    (accepted,), (deemed,) = prepared("routing", ACCEPTED), prepared("routing", DEEMED)
    assert accepted.told.due_on == ACCEPTED.handling_deadline.due_on
    assert deemed.told == Told(
        unit_id="housing",
        happened_on=date(2025, 9, 8),
        clock="K5",
        due_on=DEEMED.handling_deadline.due_on,
    )
    assert deemed.notice_key == "deemed_acceptance-routing-7"


def test_the_opinion_is_sent_with_its_text_on_the_civil_date_of_service() -> None:
    (command,) = prepared("routing", SERVED)
    assert command.refs == ("c1/opinion/1",)
    assert command.told == Told(unit_id="housing", happened_on=date(2025, 8, 18), finding="EXPLAINED")


def test_closing_is_told_with_its_ground() -> None:
    (command,) = prepared("revisit", CLOSED)
    assert command.told == Told(unit_id="petitions", happened_on=date(2025, 8, 18), finding="CONFIRMED")


@pytest.mark.parametrize(("source", "event"), CAUSES)
def test_no_notice_follows_imported_history(source: str, event: Any) -> None:
    assert prepared(source, event)
    assert prepared(source, event, Origin.IMPORT) == []


def test_every_kind_has_a_template_and_a_title() -> None:
    kinds = set(NoticeKind) - {NoticeKind.UNSPECIFIED}
    assert set(TEMPLATES) == set(TITLES) == kinds
    for template in TEMPLATES.values():
        assert (FOLDER / f"{template.replace('@', '.')}.txt").exists()
