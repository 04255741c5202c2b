"""What oversight makes of the events of others: which clock starts, which stops, and when it happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bus.incoming import Incoming
from chassis.service import Intention, Moment
from huiyin.common.v1.types import Channel, Deadline, Sealed
from huiyin.envelope.v1.envelope import Actor, Origin, RecordedEvent
from huiyin.intake.v1.events import (
    AccusationSealed,
    CaseNotAccepted,
    CaseReceived,
    CaseRoutedOut,
    CaseSplit,
    CaseWithdrawn,
    RegistrationVoided,
    SuggestionStudied,
    UrgentMatterFlagged,
    UrgentMatterReported,
)
from huiyin.oversight.v1.events import ClockStopped, OversightCaseEvent
from huiyin.revisit.v1.events import Answer, CallBackRecorded, Reach, RevisitAssigned
from huiyin.routing.v1.events import AcceptanceDeemed, CaseAccepted, CaseTransferred, OpinionServed, Outcome
from oversight.domain.case import case_decider
from oversight.domain.commands import StopClock
from oversight.policies import POLICIES
from statute.in_force import shipped_statute
from statute.instants import SHANGHAI, end_instant

CN = shipped_statute("cn")
CASE = "0198c0de-0000-7000-8000-000000000001"
STREAM = f"oversight-case-{CASE}"
SEALED = Sealed(ref=f"{CASE}/petition/1", algorithm="sha256-salted-v1", commitment=bytes(32))
NOW = datetime(2026, 1, 5, 1, tzinfo=UTC)


def deadline(clock: str, on: date) -> Deadline:
    return CN.compute(clock, on)


def at(day: date, hour: int = 15) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


RECEIVED = CaseReceived(
    case_id=CASE,
    receipt_number="3301-2025-00000001-5",
    channel=Channel.WEB,
    first_receiver_unit_id="unit-a",
    anonymous=True,
    petition=SEALED,
    transfer_deadline=deadline("K1", date(2025, 9, 15)),
)
TRANSFERRED = CaseTransferred(
    case_id=CASE,
    from_unit_id="unit-a",
    to_unit_id="unit-b",
    acceptance_deadline=deadline("K3", date(2025, 9, 20)),
)
ACCEPTED = CaseAccepted(case_id=CASE, unit_id="unit-b", handling_deadline=deadline("K5", date(2025, 9, 30)))
DEEMED = AcceptanceDeemed(
    case_id=CASE,
    unit_id="unit-b",
    deemed_on=date(2025, 10, 9),
    handling_deadline=deadline("K5", date(2025, 10, 9)),
)
SERVED = OpinionServed(
    case_id=CASE, unit_id="unit-b", outcome=Outcome.SUPPORTED, opinion=SEALED, from_unit_id="unit-a"
)
ASSIGNED = RevisitAssigned(
    case_id=CASE,
    unit_id="unit-a",
    handler_unit_id="unit-b",
    revisit_deadline=deadline("K18", date(2025, 11, 3)),
)
CALLED = CallBackRecorded(
    case_id=CASE,
    unit_id="unit-a",
    reach=Reach.REACHED,
    contacted=Answer.YES,
    reply_received=Answer.YES,
    promise_kept=Answer.YES,
    satisfied=Answer.YES,
)


def incoming(event: Any, occurred_at: datetime, origin: Origin = Origin.LIVE) -> Incoming:
    source = type(event).__module__.split(".")[1]
    recorded = RecordedEvent(
        event_id="0198c0de-0000-7000-8000-0000000000ff",
        stream=f"{source}-case-{CASE}",
        version=1,
        type=type(event).__name__,
        payload=b"",
        occurred_at=occurred_at,
        recorded_at=NOW,
        case_id=CASE,
        actor=Actor(unit_id="unit-b", role="handler", pseudonym="h1"),
        legal_basis="",
        correlation_id="c",
        idempotency_key="",
        origin=origin,
        traceparent="",
        division="000000",
    )
    return Incoming(source, 1, b"", recorded, event)


def intentions(event: Incoming) -> list[Intention]:
    policy = POLICIES[event.source][type(event.event)]
    return list(policy(event, Moment(now=NOW, statute=CN)))


def follow(*events: Incoming) -> list[tuple[OversightCaseEvent, datetime | None]]:
    """What oversight records of a case, in order, each with the instant at which it says that it happened."""
    past: list[tuple[OversightCaseEvent, datetime | None]] = []
    for event in events:
        for intention in intentions(event):
            assert (intention.decider, intention.stream) == (case_decider, STREAM)
            state = case_decider.fold([before for before, _ in past])
            decided = case_decider.decide(state, intention.command)
            assert intention.occurred_at is None or callable(intention.occurred_at)
            past += [
                (each, intention.occurred_at(each) if intention.occurred_at else None) for each in decided
            ]
    return past


def told(past: list[tuple[OversightCaseEvent, datetime | None]]) -> list[str]:
    return [f"{type(e).__name__} {getattr(e, 'clock', '')} {getattr(e, 'rung', '')}".strip() for e, _ in past]


@pytest.mark.parametrize(
    ("event", "clocks"),
    [
        (RECEIVED, ["K1"]),
        (TRANSFERRED, ["K3"]),
        (ACCEPTED, ["K5"]),
        (DEEMED, ["K5"]),
        (SERVED, []),
        (ASSIGNED, ["K18"]),
        (CALLED, []),
    ],
)
def test_an_event_whose_start_was_not_seen_stops_nothing(event: Any, clocks: list[str]) -> None:
    past = follow(incoming(event, at(date(2025, 11, 4))))
    assert told(past) == [f"ClockStarted {clock}" for clock in clocks]


def test_a_case_in_time_starts_and_stops_each_clock_against_the_unit_that_owes() -> None:
    past = follow(
        incoming(RECEIVED, at(date(2025, 9, 15))),
        incoming(TRANSFERRED, at(date(2025, 9, 20))),
        incoming(ACCEPTED, at(date(2025, 9, 25))),
        incoming(SERVED, at(date(2025, 10, 20))),
        incoming(ASSIGNED, at(date(2025, 11, 3))),
        incoming(CALLED, at(date(2025, 11, 4))),
    )
    assert [(type(e).__name__, getattr(e, "clock", ""), getattr(e, "unit_id", "")) for e, _ in past] == [
        ("ClockStarted", "K1", "unit-a"),
        ("ClockStopped", "K1", "unit-a"),
        ("ClockStarted", "K3", "unit-b"),
        ("ClockStopped", "K3", "unit-b"),
        ("ClockStarted", "K5", "unit-b"),
        ("ClockStopped", "K5", "unit-b"),
        ("ClockStarted", "K18", "unit-a"),
        ("ClockStopped", "K18", "unit-a"),
    ]


def test_silence_is_a_missed_k3_that_the_law_ends_and_k5_runs_on() -> None:
    past = follow(incoming(TRANSFERRED, at(date(2025, 9, 20))), incoming(DEEMED, at(date(2025, 10, 10), 0)))
    assert told(past) == [
        "ClockStarted K3",
        "DeadlineWarned K3 d10",
        "DeadlineWarned K3 d13",
        "DeadlineMissed K3",
        "ClockStopped K3",
        "ClockStarted K5",
    ]
    assert past[-1][0].due_on == date(2025, 12, 8)  # type: ignore[union-attr]


def test_an_act_stops_a_clock_on_the_day_in_shanghai_on_which_it_happened_not_when_it_was_recorded() -> None:
    just_in_time = end_instant(date(2025, 10, 9)) - timedelta(seconds=1)
    past = follow(incoming(TRANSFERRED, at(date(2025, 9, 20))), incoming(ACCEPTED, just_in_time))
    assert "DeadlineMissed K3" not in told(past)
    past = follow(
        incoming(TRANSFERRED, at(date(2025, 9, 20))), incoming(ACCEPTED, just_in_time + timedelta(seconds=1))
    )
    assert "DeadlineMissed K3" in told(past)


def test_live_events_happen_when_they_are_recorded() -> None:
    past = follow(incoming(TRANSFERRED, at(date(2025, 9, 20))), incoming(ACCEPTED, at(date(2025, 10, 20))))
    assert {occurred for _, occurred in past} == {None}


def test_what_is_derived_from_an_imported_case_happened_when_it_happened() -> None:
    transferred, accepted = at(date(2025, 9, 20)), at(date(2025, 10, 20))
    past = follow(
        incoming(TRANSFERRED, transferred, Origin.IMPORT), incoming(ACCEPTED, accepted, Origin.IMPORT)
    )
    happened = dict(zip(told(past), [occurred for _, occurred in past], strict=True))
    assert happened == {
        "ClockStarted K3": transferred,
        "DeadlineWarned K3 d10": at(date(2025, 9, 30), 0),
        "DeadlineWarned K3 d13": at(date(2025, 10, 3), 0),
        "DeadlineMissed K3": end_instant(date(2025, 10, 9)),
        "ClockStopped K3": accepted,
        "ClockStarted K5": accepted,
    }


def test_a_duty_that_the_law_ended_in_an_imported_case_ended_with_its_due_date() -> None:
    served_late = at(date(2025, 11, 20))
    past = follow(
        incoming(TRANSFERRED, at(date(2025, 9, 20)), Origin.IMPORT),
        incoming(DEEMED, served_late, Origin.IMPORT),
    )
    happened = dict(zip(told(past), [occurred for _, occurred in past], strict=True))
    assert happened["ClockStopped K3"] == end_instant(date(2025, 10, 9))
    assert all(occurred is not None and occurred <= served_late for occurred in happened.values())


DAY = datetime(2025, 9, 18, 2, tzinfo=UTC)


def intake(event: Any, when: datetime = DAY) -> Incoming:
    """An event of intake that happened and was recorded at an instant."""
    found = incoming(RECEIVED, when)
    return replace(found, event=event, recorded=replace(found.recorded, recorded_at=when))


def test_a_letter_keyed_in_late_shows_its_key_in_clock_started_and_stopped() -> None:
    letter = replace(RECEIVED, key_in_deadline=deadline("K0", date(2025, 9, 15)))
    found = incoming(letter, at(date(2025, 9, 15)))
    keyed_in = replace(found, recorded=replace(found.recorded, recorded_at=at(date(2025, 9, 18))))
    stopped = [each for each, _ in follow(keyed_in) if isinstance(each, ClockStopped) and each.clock == "K0"]
    assert [(each.stopped_on, each.days_late) for each in stopped] == [(date(2025, 9, 18), 2)]


@pytest.mark.parametrize(
    "ending",
    [
        CaseRoutedOut,
        CaseNotAccepted,
        CaseSplit,
        AccusationSealed,
        RegistrationVoided,
        CaseWithdrawn,
        SuggestionStudied,
    ],
)
def test_whatever_ends_a_case_at_intake_stops_the_clock_of_its_transfer(ending: type) -> None:
    event = SimpleNamespace(
        case_id=CASE, unit_id="unit-a", reply_deadline=deadline("K5:suggestion", date(2025, 9, 18))
    )
    policy = POLICIES["intake"][ending]
    commands = [each.command for each in policy(intake(event), Moment(now=NOW, statute=CN))]
    assert "K1" in [each.clock for each in commands if isinstance(each, StopClock)]


def test_an_urgent_matter_runs_from_awareness_until_its_report_is_recorded() -> None:
    k12 = CN.compute_exact("K12", DAY)
    flagged = SimpleNamespace(case_id=CASE, unit_id="unit-a", report_deadline=k12)
    (start,) = POLICIES["intake"][UrgentMatterFlagged](intake(flagged), Moment(now=NOW, statute=CN))
    assert start.command.deadline == k12
    reported = intake(SimpleNamespace(case_id=CASE, reported_at=DAY), DAY + timedelta(hours=2))
    (stop,) = POLICIES["intake"][UrgentMatterReported](reported, Moment(now=NOW, statute=CN))
    assert stop.command.stopped_at == DAY + timedelta(hours=2), "recorded, not as the unit says"
