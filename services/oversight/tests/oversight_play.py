"""Commands and histories of a case as tests write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeAlias

from hypothesis import strategies as st

from huiyin.oversight.v1.events import OversightCaseEvent
from ledger.kit import Scenario
from ledger.refusal import Refusal
from oversight.domain.case import case_decider
from oversight.domain.commands import (
    ConvertClock,
    EndByDeeming,
    ExtendClock,
    OversightCommand,
    PauseClock,
    RecomputeClocks,
    ResumeClock,
    StartClock,
    StopClock,
    SweepCase,
)
from oversight.domain.running import Case
from statute.calendar_year import CalendarYear
from statute.in_force import Statute, shipped_statute
from statute.instants import SHANGHAI

CN = shipped_statute("cn")
CASE = "0198c0de-0000-7000-8000-000000000001"
OVERSIGHT: Scenario[Case, OversightCommand, OversightCaseEvent] = Scenario(case_decider)

Y2027 = CalendarYear(
    jurisdiction="cn",
    year=2027,
    version=1,
    holidays={date(2027, 1, day): "元旦" for day in (1, 2, 3)},
    makeup_workdays={date(2027, 1, 10): "元旦"},
    source="a year of our own, for tests",
    verified_by="[D]",
)
NEXT_YEAR = CN.with_year(Y2027)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """An instant in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def start(clock: str, on: date, unit: str = "unit-b") -> StartClock:
    """A clock that counts days."""
    deadline = CN.compute(clock, on)
    return StartClock(at=at(on), case_id=CASE, unit_id=unit, deadline=deadline, statute=CN)


def start_exact(clock: str, since: datetime, unit: str = "unit-b") -> StartClock:
    """A clock of exact duration."""
    deadline = CN.compute_exact(clock, since)
    return StartClock(at=since, case_id=CASE, unit_id=unit, deadline=deadline, statute=CN)


def stop(clock: str, when: datetime) -> StopClock:
    """The act."""
    return StopClock(at=when, clock=clock, stopped_at=when)


def extend(clock: str, on: date, days: int, when: datetime) -> ExtendClock:
    """The extension of a clock that started on a day."""
    deadline = CN.compute(clock, on, extension_days=days)
    return ExtendClock(at=when, clock=clock, deadline=deadline, granted_at=when, statute=CN)


def pause(clock: str, when: datetime) -> PauseClock:
    """A hearing begins."""
    return PauseClock(at=when, clock=clock, paused_at=when, statute=CN)


def resume(clock: str, when: datetime, statute: Statute = CN) -> ResumeClock:
    """It ends."""
    return ResumeClock(at=when, clock=clock, resumed_at=when, statute=statute)


def convert(clock: str, when: datetime) -> ConvertClock:
    """A procedure is given up."""
    return ConvertClock(at=when, clock=clock, converted_at=when, statute=CN)


def sweep(when: datetime) -> SweepCase:
    """Time passes."""
    return SweepCase(at=when)


def told(events: Iterable[OversightCaseEvent]) -> list[str]:
    """The events, short: kind, clock and rung."""
    return [
        " ".join((type(e).__name__, getattr(e, "clock", ""), getattr(e, "rung", ""))).strip() for e in events
    ]


FIRST = date(2025, 1, 2)
CLOCKS = ("K1", "K3", "K5", "K5s:reply", "K10", "K18", "K12")


@st.composite
def any_command(draw: st.DrawFn) -> OversightCommand:
    """Anything that oversight can be told of any clock, sensible or not."""
    clock = draw(st.sampled_from(CLOCKS))
    day = FIRST + timedelta(days=draw(st.integers(0, 130)))
    when = at(day, draw(st.integers(0, 23)), draw(st.sampled_from((0, 15, 59))))
    match draw(st.integers(0, 9)):
        case 0 | 1:
            return start_exact(clock, when) if clock == "K12" else start(clock, day)
        case 2:
            return stop(clock, when)
        case 3:
            return EndByDeeming(at=when, clock=clock, deemed_on=day)
        case 4:
            began = FIRST + timedelta(days=draw(st.integers(0, 130)))
            return extend("K5", began, draw(st.integers(1, 30)), when)
        case 5:
            return pause(clock, when)
        case 6:
            return resume(clock, when)
        case 7:
            return convert("K5s:reply", when)
        case 8:
            return RecomputeClocks(at=when, statute=NEXT_YEAR)
        case _:
            return sweep(when)


History: TypeAlias = Scenario[Case, OversightCommand, OversightCaseEvent]


def play(history: Iterable[OversightCommand], scenario: History = OVERSIGHT) -> History:
    """What comes of a history; what is refused changes nothing."""
    for command in history:
        try:
            scenario = scenario.after(command)
        except Refusal:
            continue
    return scenario
