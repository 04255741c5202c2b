"""Nothing resets anything: first receipt, starts and breaches survive whatever a case goes through (Must show 6)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.oversight.v1.events import ClockConverted, ClockStopped
from ledger.kit import saying_it_twice_changes_nothing
from oversight.domain.case import case_decider
from oversight.domain.commands import OversightCommand
from oversight.tests.oversight_play import (
    CN,
    any_command,
    at,
    convert,
    extend,
    pause,
    play,
    resume,
    start,
    stop,
    sweep,
)
from oversight.views import clocks_page

histories = st.lists(any_command(), max_size=14)
RECEIVED = date(2025, 1, 2)


@given(histories, any_command())
def test_saying_anything_twice_changes_nothing(
    history: list[OversightCommand], command: OversightCommand
) -> None:
    saying_it_twice_changes_nothing(case_decider, play(history).past, command)


@settings(max_examples=300)
@given(histories)
def test_no_command_moves_a_start_or_first_receipt_later_or_takes_a_breach_back(
    history: list[OversightCommand],
) -> None:
    scenario = play([start("K1", RECEIVED)])
    for command in history:
        before = scenario.state
        scenario = play([command], scenario)
        now = scenario.state
        assert now.first_received_on == before.first_received_on == RECEIVED
        for name, clock in before.clocks.items():
            assert now.clocks[name].deadline.start_on == clock.deadline.start_on == clock.started.start_on
            assert now.clocks[name].deadline.start_at == clock.deadline.start_at
            assert clock.reached <= now.clocks[name].reached
            assert clock.missed <= now.clocks[name].missed


@given(histories)
def test_a_clock_ends_once_and_says_nothing_afterwards(history: list[OversightCommand]) -> None:
    ended: set[str] = set()
    for event in play(history).past:
        clock = getattr(event, "clock", "")
        assert clock not in ended
        if isinstance(event, ClockStopped | ClockConverted):
            ended.add(clock)


@given(histories)
def test_every_clock_is_shown_with_the_days_since_first_receipt(history: list[OversightCommand]) -> None:
    today = RECEIVED + timedelta(days=200)
    case = play([start("K1", RECEIVED), *history]).state
    page = clocks_page("c", case, CN, today)
    assert (page.first_received_on, page.elapsed_days) == (RECEIVED, 200)
    for view in page.clocks:
        assert view.first_received_on == RECEIVED
        assert view.elapsed_days == ((view.stopped_on or today) - RECEIVED).days


def test_days_since_first_receipt_go_on_through_return_extension_pause_and_conversion() -> None:
    accepted = RECEIVED + timedelta(days=20)
    travelled: list[OversightCommand] = [
        start("K1", RECEIVED),
        stop("K1", at(RECEIVED + timedelta(days=5))),
        start("K3", RECEIVED + timedelta(days=5)),
        stop("K3", at(accepted)),
        start("K5s:reply", accepted),
        convert("K5s:reply", at(accepted + timedelta(days=6))),
        extend("K5", accepted, 30, at(accepted + timedelta(days=50))),
        start("K10", RECEIVED + timedelta(days=120)),
        pause("K10", at(RECEIVED + timedelta(days=125))),
        resume("K10", at(RECEIVED + timedelta(days=130))),
        sweep(at(RECEIVED + timedelta(days=180))),
        start("K1", RECEIVED + timedelta(days=190)),  # The case came back: nothing restarts.
    ]
    page = clocks_page("c", play(travelled).state, CN, RECEIVED + timedelta(days=200))
    shown = {view.clock: view for view in page.clocks}
    assert page.elapsed_days == 200
    assert shown["K1"].start_on == RECEIVED
    assert shown["K5"].start_on == accepted
    assert shown["K5"].elapsed_days == 200
    assert shown["K5s:reply"].converted_to == "K5"
