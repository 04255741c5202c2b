"""Clocks of a case: they start, warn, are missed, urge and stop; each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from huiyin.oversight.v1.events import (
    CaseAdopted,
    ClockStarted,
    ClockStopped,
    DeadlineMissed,
    DeadlineWarned,
    HandlingUrged,
    OversightCaseEvent,
    RungKind,
)
from ledger.kit import Scenario
from oversight.domain.case import case_decider, legal_basis
from oversight.domain.commands import (
    AdoptCase,
    EndByDeeming,
    OversightCommand,
    StartClock,
    StopClock,
    SweepCase,
)
from oversight.domain.running import Case
from statute.in_force import shipped_statute
from statute.instants import SHANGHAI

CN = shipped_statute("cn")
CASE = "0198c0de-0000-7000-8000-000000000001"
OVERSIGHT: Scenario[Case, OversightCommand, OversightCaseEvent] = Scenario(case_decider)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def start(clock: str, on: date, unit: str = "unit-b") -> StartClock:
    deadline = CN.compute(clock, on)
    return StartClock(at=noon(on), case_id=CASE, unit_id=unit, deadline=deadline, statute=CN)


def stop(clock: str, on: date) -> StopClock:
    return StopClock(at=noon(on), clock=clock, stopped_at=noon(on))


def sweep(on: date) -> SweepCase:
    return SweepCase(at=noon(on))


def told(events: Sequence[OversightCaseEvent]) -> list[str]:
    """The events, short: kind and rung."""
    return [f"{type(event).__name__} {getattr(event, 'rung', '')}".strip() for event in events]


K3 = start("K3", date(2025, 9, 20))  # Due 2025-10-09, rolled over the holidays.
K5 = start("K5", date(2025, 8, 4))  # Due 2025-10-09.
K3_RUNNING = OVERSIGHT.after(K3)
K5_RUNNING = OVERSIGHT.after(K5)
DUE = date(2025, 10, 9)


def test_a_clock_starts_with_the_deadline_that_its_event_carries() -> None:
    (started,) = OVERSIGHT.when(K3)
    assert isinstance(started, ClockStarted)
    assert (started.clock, started.rule, started.unit_id, started.due_on) == ("K3", "K3@2", "unit-b", DUE)
    assert started.provisional is False


def test_a_clock_says_at_its_start_what_will_follow_and_when() -> None:
    (started,) = OVERSIGHT.when(K5)
    assert isinstance(started, ClockStarted)
    assert [(rung.name, rung.falls_on.isoformat()) for rung in started.rungs] == [
        ("d30", "2025-09-03"),
        ("d45", "2025-09-18"),
        ("d53", "2025-09-26"),
        ("d57", "2025-09-30"),
        ("due", "2025-10-09"),
        ("missed", "2025-10-10"),
        ("urge", "2025-10-10"),
        ("supervise", "2025-10-15"),
        ("propose_listing", "2025-10-22"),
        ("propose_accountability", "2025-11-05"),
    ]


def test_a_clock_that_runs_is_not_started_again() -> None:
    K3_RUNNING.stays_quiet(K3)


def test_neither_another_start_date_nor_a_stop_restarts_a_clock() -> None:
    K3_RUNNING.stays_quiet(start("K3", date(2025, 11, 3)))
    K3_RUNNING.after(stop("K3", date(2025, 9, 22))).stays_quiet(start("K3", date(2025, 11, 3)))


def test_a_sweep_before_the_first_rung_finds_nothing() -> None:
    K3_RUNNING.stays_quiet(sweep(date(2025, 9, 29)))


def test_a_sweep_of_an_unknown_case_finds_nothing() -> None:
    OVERSIGHT.stays_quiet(sweep(date(2025, 9, 29)))


def test_a_warning_comes_on_its_day_and_names_it() -> None:
    (warned,) = K3_RUNNING.when(sweep(date(2025, 9, 30)))
    assert isinstance(warned, DeadlineWarned)
    assert (warned.rung, warned.falls_on, warned.due_on) == ("d10", date(2025, 9, 30), DUE)


def test_the_due_date_itself_is_not_late() -> None:
    events = K3_RUNNING.when(sweep(DUE))
    assert told(events) == ["DeadlineWarned d10", "DeadlineWarned d13"]


def test_the_last_second_of_the_due_date_is_in_time_and_the_next_is_late() -> None:
    midnight = datetime(2025, 10, 10, tzinfo=SHANGHAI)
    warned = K3_RUNNING.after(sweep(DUE))
    warned.stays_quiet(SweepCase(at=midnight - timedelta(microseconds=1)))
    assert told(warned.when(SweepCase(at=midnight))) == ["DeadlineMissed"]


def test_a_missed_handling_is_urged_the_day_after_and_supervised_after_five_working_days() -> None:
    warned = K5_RUNNING.after(sweep(DUE))
    assert told(warned.when(sweep(date(2025, 10, 10)))) == ["DeadlineMissed", "HandlingUrged urge"]
    urged = warned.after(sweep(date(2025, 10, 10)))
    urged.stays_quiet(sweep(date(2025, 10, 14)))
    (supervised,) = urged.when(sweep(date(2025, 10, 15)))
    assert isinstance(supervised, HandlingUrged)
    assert (supervised.rung, supervised.falls_on) == ("supervise", date(2025, 10, 15))


def test_a_late_sweep_finds_every_rung_it_missed_in_order_of_time() -> None:
    assert told(K5_RUNNING.when(sweep(date(2025, 10, 15)))) == [
        "DeadlineWarned d30",
        "DeadlineWarned d45",
        "DeadlineWarned d53",
        "DeadlineWarned d57",
        "DeadlineWarned due",
        "DeadlineMissed",
        "HandlingUrged urge",
        "HandlingUrged supervise",
    ]


def test_sweeping_twice_on_a_day_records_each_rung_once() -> None:
    K5_RUNNING.after(sweep(date(2025, 10, 15))).stays_quiet(sweep(date(2025, 10, 15)))


def test_an_act_in_time_stops_the_clock() -> None:
    (stopped,) = K3_RUNNING.when(stop("K3", date(2025, 9, 22)))
    assert isinstance(stopped, ClockStopped)
    assert (stopped.stopped_on, stopped.days_late, stopped.deemed) == (date(2025, 9, 22), 0, False)
    assert stopped.unit_id == "unit-b"


def test_an_act_on_the_due_date_is_in_time() -> None:
    events = K3_RUNNING.when(stop("K3", DUE))
    assert told(events) == ["DeadlineWarned d10", "DeadlineWarned d13", "ClockStopped"]
    assert isinstance(events[-1], ClockStopped)
    assert events[-1].days_late == 0


def test_a_late_stop_stays_late_and_loses_no_rung() -> None:
    events = K5_RUNNING.after(sweep(date(2025, 9, 30))).when(stop("K5", date(2025, 10, 18)))
    assert told(events) == [
        "DeadlineWarned due",
        "DeadlineMissed",
        "HandlingUrged urge",
        "HandlingUrged supervise",
        "ClockStopped",
    ]
    assert isinstance(events[-1], ClockStopped)
    assert events[-1].days_late == 9  # domain.md §9, scenario 34: "late 9 d" for ever.


def test_a_stopped_clock_fires_no_more() -> None:
    K5_RUNNING.after(stop("K5", date(2025, 9, 1))).stays_quiet(sweep(date(2026, 3, 1)))


def test_stopping_twice_changes_nothing() -> None:
    K5_RUNNING.after(stop("K5", date(2025, 9, 1))).stays_quiet(stop("K5", date(2025, 12, 1)))


def test_a_clock_that_nobody_started_cannot_be_stopped() -> None:
    OVERSIGHT.stays_quiet(stop("K4", date(2025, 9, 22)))
    K3_RUNNING.stays_quiet(stop("K4", date(2025, 9, 22)))


def test_silence_ends_k3_by_deeming_and_is_a_breach() -> None:
    deemed = EndByDeeming(at=noon(date(2025, 10, 10)), clock="K3", deemed_on=DUE)
    events = K3_RUNNING.after(sweep(DUE)).when(deemed)
    assert told(events) == ["DeadlineMissed", "ClockStopped"]
    assert isinstance(events[-1], ClockStopped)
    assert (events[-1].stopped_on, events[-1].days_late, events[-1].deemed) == (DUE, 0, True)


def test_deeming_records_no_second_breach_and_no_second_end() -> None:
    deemed = EndByDeeming(at=noon(date(2025, 10, 10)), clock="K3", deemed_on=DUE)
    swept = K3_RUNNING.after(sweep(date(2025, 10, 10)))
    assert told(swept.when(deemed)) == ["ClockStopped"]
    swept.after(deemed).stays_quiet(deemed)


def test_deeming_what_was_done_or_never_started_changes_nothing() -> None:
    deemed = EndByDeeming(at=noon(date(2025, 10, 10)), clock="K3", deemed_on=DUE)
    OVERSIGHT.stays_quiet(deemed)
    K3_RUNNING.after(stop("K3", date(2025, 9, 22))).stays_quiet(deemed)


def test_k5_runs_from_the_deemed_date_as_in_the_brief() -> None:
    (started,) = OVERSIGHT.when(start("K5", DUE))
    assert isinstance(started, ClockStarted)
    assert started.due_on == date(2025, 12, 8)


def test_k3_is_not_urged_because_the_law_ends_it() -> None:
    assert told(K3_RUNNING.after(sweep(DUE)).when(sweep(date(2026, 3, 1)))) == ["DeadlineMissed"]


def test_an_internal_target_is_missed_but_nobody_is_urged_for_it() -> None:
    running = OVERSIGHT.after(start("K18", date(2025, 11, 3)))
    assert told(running.when(sweep(date(2026, 3, 1)))) == ["DeadlineMissed"]


def test_a_provisional_deadline_is_warned_of_but_never_a_recorded_breach() -> None:
    running = OVERSIGHT.after(start("K5", date(2026, 11, 20)))  # Reaches into 2027, not published.
    (started,) = running.past
    assert isinstance(started, ClockStarted)
    assert started.provisional
    assert {rung.kind for rung in started.rungs} == {RungKind.WARNING}
    events = running.when(stop("K5", date(2027, 6, 1)))
    assert not any(isinstance(event, DeadlineMissed | HandlingUrged) for event in events)
    assert isinstance(events[-1], ClockStopped)
    assert events[-1].days_late == 0


def test_each_clock_of_a_case_answers_for_its_own_unit() -> None:
    both = OVERSIGHT.after(start("K1", date(2025, 9, 1), unit="unit-a")).after(K5)
    events = both.when(sweep(date(2025, 9, 17)))
    units = {(getattr(event, "clock", ""), getattr(event, "unit_id", "")) for event in events}
    assert units == {("K1", "unit-a"), ("K5", "unit-b")}
    assert any(isinstance(event, DeadlineMissed) and event.clock == "K1" for event in events)


def test_every_event_says_by_which_rule() -> None:
    events = K5_RUNNING.when(stop("K5", date(2025, 12, 1)))
    assert {legal_basis(event) for event in events} == {"K5@2"}


def test_an_imported_case_that_is_still_open_is_adopted_once() -> None:
    adopt = AdoptCase(at=noon(date(2025, 12, 1)), case_id=CASE)
    assert K5_RUNNING.when(adopt) == [CaseAdopted(case_id=CASE, adopted_on=date(2025, 12, 1))]
    K5_RUNNING.after(adopt).stays_quiet(adopt)


def test_a_case_without_open_clocks_has_nothing_to_adopt() -> None:
    done = K5_RUNNING.after(stop("K5", date(2025, 11, 1)))
    done.stays_quiet(AdoptCase(at=noon(date(2025, 12, 1)), case_id=CASE))
