"""Who is asked to call back when an opinion was served."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bus.incoming import Incoming
from chassis.service import Moment
from huiyin.codec import encode, type_of
from huiyin.common.v1.types import Sealed
from huiyin.envelope.v1.envelope import Actor, Origin, RecordedEvent
from huiyin.routing.v1.events import OpinionServed, Outcome
from revisit.domain.case import AssignRevisit, QueueRevisit
from revisit.main import SERVICE
from revisit.policies import when_opinion_served
from statute.in_force import shipped_statute

# 2025-08-27 in UTC is already 2025-08-28 in Shanghai.
OCCURRED_AT = datetime(2025, 8, 27, 17, 30, tzinfo=UTC)
MOMENT = Moment(now=datetime(2025, 8, 28, 3, tzinfo=UTC), statute=shipped_statute("cn"))
SERVED = OpinionServed(
    case_id="c1",
    unit_id="yunling-housing",
    outcome=Outcome.SUPPORTED,
    opinion=Sealed(ref="c1/opinion/1", algorithm="sha256-salted-v1", commitment=b"\1" * 32),
    from_unit_id="yunling-petitions",
)


def incoming(event: OpinionServed, origin: Origin = Origin.LIVE) -> Incoming:
    recorded = RecordedEvent(
        event_id="",
        stream="routing-case-c1",
        version=4,
        type=type_of(event),
        payload=encode(event),
        occurred_at=OCCURRED_AT,
        recorded_at=OCCURRED_AT,
        case_id="c1",
        actor=Actor(unit_id="", role="", pseudonym=""),
        legal_basis="",
        correlation_id="",
        idempotency_key="",
        origin=origin,
        traceparent="",
        division="000000",
    )
    return Incoming(source="routing", position=9, hash=b"", recorded=recorded, event=event, bytes=b"")


def test_the_unit_that_sent_the_case_on_calls_back() -> None:
    (intention,) = when_opinion_served(incoming(SERVED), MOMENT)
    assert intention.stream == "revisit-case-c1"
    assert intention.command == AssignRevisit(
        at=MOMENT.now,
        case_id="c1",
        unit_id="yunling-petitions",
        handler_unit_id="yunling-housing",
        served_on=date(2025, 8, 28),
        statute=MOMENT.statute,
    )


def test_where_the_sender_is_the_handler_the_revisit_waits_for_another_unit() -> None:
    (intention,) = when_opinion_served(incoming(replace(SERVED, from_unit_id="yunling-housing")), MOMENT)
    assert isinstance(intention.command, QueueRevisit)
    assert intention.command.handler_unit_id == "yunling-housing"


def test_nobody_is_called_back_about_imported_history() -> None:
    assert when_opinion_served(incoming(SERVED, Origin.IMPORT), MOMENT) == []


def test_the_service_listens_to_routing_and_to_what_is_published() -> None:
    assert SERVICE.listens == ("oversight", "routing")
    assert SERVICE.policies["routing"][OpinionServed] is when_opinion_served
