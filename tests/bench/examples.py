"""What is measured: cases as oversight records them, and one event of twelve fields, in full envelopes."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from huiyin.chain import link
from huiyin.envelope.v1.envelope import Actor, CausedBy
from huiyin.notification.v1.events import NoticeKind, NoticePrepared
from huiyin.oversight.v1.events import (
    ClockStarted,
    ClockStopped,
    DeadlineWarned,
    HandlingUrged,
    OversightCaseEvent,
    Rung,
    RungKind,
)
from ledger.context import Context
from ledger.envelopes import new_lines
from ledger.lines import Append, Line, NewLine
from ledger.ports import Ledger
from statute.in_force import shipped_statute

START = datetime(2025, 8, 18, 1, 2, 3, 456789, tzinfo=UTC)
DAY = date(2025, 8, 18)
DEADLINE = shipped_statute("cn").compute("K5", DAY)
WRITERS = 64
CASE = "0198b5a0-7c1e-7000-8000-{:012d}"
RUNGS = tuple(
    Rung(name=name, kind=kind, falls_on=DAY + timedelta(days=days))
    for name, kind, days in (
        ("d45", RungKind.WARNING, 45),
        ("due-7", RungKind.WARNING, 53),
        ("urge", RungKind.URGE, 61),
    )
)


def notice(number: int) -> NoticePrepared:
    """The platform's event of twelve fields."""
    return NoticePrepared(
        case_id=CASE.format(number),
        notice_key=f"accepted-routing-{number}",
        kind=NoticeKind(1),
        template="accepted@1",
        disclosed_refs=(f"{CASE.format(number)}/petitioner/1",),
        receipt_number=f"110105-2025-{number:06d}-7",
        unit_id="unit-110105-004",
        happened_on=DAY,
        clock="K5",
        due_on=DAY + timedelta(days=60),
        provisional=False,
        finding="SUPPORTED",
    )


def context(case_id: str, cause: int, occurred_at: datetime | None = None) -> Context:
    """Every field of the envelope filled, as in a reaction to another service's event."""
    return Context(
        actor=Actor(unit_id="unit-110105-004", role="system", pseudonym="oversight"),
        correlation_id="0198b5a0-7c1e-7000-8000-00000000c0de",
        occurred_at=occurred_at,
        case_id=case_id,
        legal_basis="K5@1",
        division="110105",
        caused_by=CausedBy(service="routing", position=cause),
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    )


def clocks(case_id: str) -> Iterator[OversightCaseEvent]:
    """The life of a case in oversight, again and again: a clock starts, is warned of, urged, and stops."""
    for number in itertools.count(1):
        clock, unit, rule = f"K{1 + number % 7}", "unit-110105-004", f"K{1 + number % 7}@1"
        due = DAY + timedelta(days=60)
        yield ClockStarted(
            case_id=case_id,
            clock=clock,
            rule=rule,
            unit_id=unit,
            start_on=DAY,
            due_on=due,
            provisional=False,
            rungs=RUNGS,
            deadline=DEADLINE,
        )
        for kind, rung in zip((DeadlineWarned, DeadlineWarned, HandlingUrged), RUNGS, strict=True):
            yield kind(
                case_id=case_id,
                clock=clock,
                unit_id=unit,
                rung=rung.name,
                due_on=due,
                falls_on=rung.falls_on,
                rule=rule,
            )
        yield ClockStopped(
            case_id=case_id,
            clock=clock,
            unit_id=unit,
            stopped_on=due,
            days_late=0,
            deemed=False,
            rule=rule,
        )


def case_lines(service: str, number: int, events: int) -> Sequence[NewLine]:
    """The first so many lines of case `number`, ready for the ledger."""
    case_id = CASE.format(number)
    life = list(itertools.islice(clocks(case_id), events))
    return new_lines(life, f"{service}-case-{case_id}", 0, START, context(case_id, number + 1))


async def fill(ledger: Ledger, events: int, *, a_case: int = 5) -> None:
    """So many events, in cases of `a_case` events each; one append a case."""
    numbers = iter(range(-(-events // a_case)))

    async def write() -> None:
        for number in numbers:
            count = min(a_case, events - number * a_case)
            await ledger.append(Append(lines=case_lines(ledger.service, number, count)))

    await asyncio.gather(*(write() for _ in range(WRITERS)))


def chained(service: str, events: int, genesis: bytes, a_case: int = 5) -> Sequence[Line]:
    """Such a ledger's lines, from memory."""
    lines: list[Line] = []
    previous = genesis
    for number in range(-(-events // a_case)):
        for new in case_lines(service, number, min(a_case, events - number * a_case)):
            position = len(lines) + 1
            previous = link(previous, position, new.bytes)
            lines.append(
                Line(position, new.stream, new.version, new.type, new.bytes, previous, new.recorded_at)
            )
    return lines
