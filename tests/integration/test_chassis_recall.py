"""What lines tell about the books that were lost with them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from chassis.installation import service_named
from chassis.recall import Opened, answered, books_of, sealed_refs
from huiyin.common.v1.types import Channel, Deadline, Sealed
from huiyin.envelope.v1.envelope import Actor, CausedBy, Origin, RecordedEvent
from huiyin.intake.v1.events import CaseReceived, CaseRegistered
from huiyin.notification.v1.events import NoticeDelivered, NoticeKind, NoticePrepared, NoticeUndeliverable
from huiyin.platform.v1.events import EventParked

AT = datetime(2025, 8, 18, tzinfo=UTC)
SEALED = Sealed(ref="case-1/petition/1", algorithm="sha256-salted-v1", commitment=b"c" * 32)


def line(position: int, event: Any, *, cause: tuple[str, int] | None = None, key: str = "") -> Opened:
    recorded = RecordedEvent(
        event_id=f"e{position}",
        stream="intake-case-case-1",
        version=position,
        type="",
        payload=b"",
        occurred_at=AT,
        recorded_at=AT + timedelta(seconds=position),
        case_id="case-1",
        actor=Actor(unit_id="po1", role="clerk", pseudonym="c1"),
        legal_basis="",
        caused_by=CausedBy(service=cause[0], position=cause[1]) if cause else None,
        correlation_id="",
        idempotency_key=key,
        origin=Origin.LIVE,
        traceparent="",
        division="000000",
    )
    return Opened(position, recorded, event)


def received(serial: int) -> CaseReceived:
    day = date(2025, 8, 18)
    deadline = Deadline(
        clock="K1",
        rule="K1@1",
        calendar="cn",
        start_on=day,
        nominal_on=day,
        due_on=day,
        provisional=False,
        extension_days=0,
        excluded_days=0,
    )
    return CaseReceived(
        case_id="case-1",
        receipt_number=f"AN-01-2025-{serial:06d}-K",
        channel=Channel.WEB,
        first_receiver_unit_id="po1",
        petition=SEALED,
        anonymous=False,
        petitioner=None,
        transfer_deadline=deadline,
    )


def prepared(key: str) -> NoticePrepared:
    return NoticePrepared(
        case_id="case-1",
        notice_key=key,
        kind=NoticeKind.RECEIPT,
        template="receipt@1",
        disclosed_refs=(),
        receipt_number="",
        unit_id="po1",
        happened_on=AT.date(),
        clock="",
        due_on=None,
        provisional=False,
        finding="",
    )


def test_a_receipt_number_uses_up_its_serial() -> None:
    books = books_of(service_named("intake"), [line(7, received(12)), line(9, received(11))], parked=False)
    assert books.serials == {"AN-01-2025": 12}


def test_a_request_keeps_its_key_and_the_lines_that_it_led_to() -> None:
    lines = [
        line(7, received(12), key="a"),
        line(8, CaseRegistered(case_id="case-1", unit_id="po1"), key="b"),
        line(9, CaseRegistered(case_id="case-1", unit_id="po1"), key="b"),
        line(10, EventParked(source="", position=1, stream="", reason=""), key="c"),
    ]
    keys = books_of(service_named("intake"), lines, parked=False).keys
    assert [(k.principal, k.operation, k.key, k.first_position, k.lines) for k in keys] == [
        ("po1/c1", "POST /intake/v1/cases", "a", 7, 1),
        ("po1/c1", "POST /intake/v1/cases/case-1/register-case", "b", 8, 2),
    ]


def test_a_notice_is_owed_until_a_line_says_that_it_was_delivered_or_never_can_be() -> None:
    lines = [
        line(7, prepared("n1")),
        line(8, prepared("n2")),
        line(9, NoticeDelivered(case_id="case-1", notice_key="n1", means="maildir", document_sha256=b"")),
        line(10, NoticeUndeliverable(case_id="case-1", notice_key="n0", kind=NoticeKind.RECEIPT, reason="")),
    ]
    books = books_of(service_named("notification"), lines, parked=False)
    assert books.due == {"n1": 7, "n2": 8}
    assert books.done == {"n1": AT + timedelta(seconds=9), "n0": AT + timedelta(seconds=10)}


def test_positions_follow_from_the_answers_and_the_last_event_is_decided_once_more() -> None:
    lines = [
        line(7, received(1), cause=("routing", 30)),
        line(8, received(2)),
        line(9, received(3), cause=("routing", 28)),
        line(10, received(4), cause=("intake", 1)),
    ]
    assert answered(lines) == {"routing": 29}


def test_where_events_are_parked_positions_stay_because_what_waits_is_known_to_nobody_else() -> None:
    answers = [line(7, received(1), cause=("routing", 30))]
    parking = line(8, EventParked(source="routing", position=20, stream="s", reason="r"))
    intake = service_named("intake")
    assert books_of(intake, answers, parked=False).inbox == {"routing": 29}
    assert books_of(intake, answers, parked=True).inbox == {}
    assert books_of(intake, [*answers, parking], parked=False).inbox == {}


def test_references_into_the_vault_are_found_wherever_they_stand() -> None:
    assert list(sealed_refs(received(1))) == [SEALED.ref]
