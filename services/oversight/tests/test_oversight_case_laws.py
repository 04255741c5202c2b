"""Laws that hold for every history: idempotency, each rung once, and sweeping early or late is the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiyin.oversight.v1.events import (
    ClockStopped,
    DeadlineMissed,
    DeadlineWarned,
    HandlingUrged,
    OversightCaseEvent,
)
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from oversight.domain.case import case_decider
from oversight.domain.commands import EndByDeeming, OversightCommand, StartClock, StopClock, SweepCase
from oversight.domain.running import Case
from statute.in_force import shipped_statute
from statute.instants import SHANGHAI

CN = shipped_statute("cn")
CASE = "0198c0de-0000-7000-8000-000000000001"
OVERSIGHT: Scenario[Case, OversightCommand, OversightCaseEvent] = Scenario(case_decider)
FIRST = date(2025, 1, 2)

clocks = st.sampled_from(["K1", "K3", "K5", "K18"])
days = st.integers(0, 130)
start_days = st.integers(0, 700).map(lambda offset: FIRST + timedelta(days=offset))  # Some reach into 2027.


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def start(clock: str, on: date) -> StartClock:
    deadline = CN.compute(clock, on)
    return StartClock(at=at(on), case_id=CASE, unit_id="unit-b", deadline=deadline, statute=CN)


@st.composite
def commands(draw: st.DrawFn) -> OversightCommand:
    clock, day = draw(clocks), FIRST + timedelta(days=draw(days))
    kind = draw(st.sampled_from([StartClock, StopClock, EndByDeeming, SweepCase]))
    if kind is StartClock:
        return start(clock, day)
    if kind is StopClock:
        return StopClock(at=at(day), clock=clock, stopped_at=at(day))
    if kind is EndByDeeming:
        return EndByDeeming(at=at(day), clock=clock, deemed_on=day)
    return SweepCase(at=at(day))


histories = st.lists(commands(), max_size=12)


def play(history: list[OversightCommand]) -> Scenario[Case, OversightCommand, OversightCaseEvent]:
    scenario = OVERSIGHT
    for command in history:
        scenario = scenario.after(command)
    return scenario


@given(histories, commands())
def test_saying_it_twice_changes_nothing(history: list[OversightCommand], command: OversightCommand) -> None:
    saying_it_twice_changes_nothing(case_decider, play(history).past, command)


@given(histories)
def test_each_rung_and_each_breach_is_recorded_once_and_nothing_after_the_stop(
    history: list[OversightCommand],
) -> None:
    seen: set[tuple[type, str, str]] = set()
    stopped: set[str] = set()
    for event in play(history).past:
        clock = getattr(event, "clock", "")
        assert clock not in stopped
        key = (type(event), clock, getattr(event, "rung", ""))
        assert key not in seen
        seen.add(key)
        if isinstance(event, ClockStopped):
            stopped.add(event.clock)


@given(histories, days)
def test_nothing_takes_a_breach_back(history: list[OversightCommand], day: int) -> None:
    scenario = play(history)
    missed = {clock for clock, running in scenario.state.clocks.items() if running.missed}
    later = scenario.after(SweepCase(at=at(FIRST + timedelta(days=day))))
    assert missed <= {clock for clock, running in later.state.clocks.items() if running.missed}


@given(clocks, start_days, days, st.sets(days))
def test_sweeping_on_any_days_or_never_leads_to_the_same_facts(
    clock: str, started: date, act_after: int, sweeps: set[int]
) -> None:
    act = started + timedelta(days=act_after)
    stop = StopClock(at=at(act), clock=clock, stopped_at=at(act))
    never = OVERSIGHT.after(start(clock, started)).after(stop)
    swept = OVERSIGHT.after(start(clock, started))
    for day in sorted(day for day in sweeps if day <= act_after):
        swept = swept.after(SweepCase(at=at(started + timedelta(days=day))))
    assert swept.after(stop).past == never.past


@given(start_days, st.sets(days))
def test_k3_ends_in_the_same_facts_however_late_oversight_learns_that_it_was_deemed(
    started: date, sweeps: set[int]
) -> None:
    begin = start("K3", started)
    due_on = begin.deadline.due_on
    deemed = EndByDeeming(at=at(due_on + timedelta(days=1)), clock="K3", deemed_on=due_on)
    never = OVERSIGHT.after(begin).after(deemed)
    swept = OVERSIGHT.after(begin)
    for day in sorted(sweeps):
        swept = swept.after(SweepCase(at=at(started + timedelta(days=day))))
    assert swept.after(deemed).past == never.past


@given(clocks, start_days, days)
def test_a_clock_is_missed_exactly_when_its_act_came_after_a_published_due_date(
    clock: str, started: date, act_after: int
) -> None:
    begin, act = start(clock, started), started + timedelta(days=act_after)
    past = OVERSIGHT.after(begin).after(StopClock(at=at(act), clock=clock, stopped_at=at(act))).past
    late = (act - begin.deadline.due_on).days
    missed = any(isinstance(event, DeadlineMissed) for event in past)
    stopped = past[-1]
    assert isinstance(stopped, ClockStopped)
    assert missed == (late > 0 and not begin.deadline.provisional)
    assert stopped.days_late == (late if missed else 0)


@given(histories)
def test_no_rung_is_recorded_before_its_day(history: list[OversightCommand]) -> None:
    scenario = OVERSIGHT
    for command in history:
        until = command.deemed_on + timedelta(days=1) if isinstance(command, EndByDeeming) else None
        until = until or (command.stopped_at.date() if isinstance(command, StopClock) else command.at.date())
        for event in scenario.when(command):
            if isinstance(event, DeadlineWarned | HandlingUrged):
                assert event.falls_on <= until
            if isinstance(event, DeadlineMissed):
                assert event.due_on < until
        scenario = scenario.after(command)
