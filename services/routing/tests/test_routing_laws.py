"""Laws that hold for every history of a case in routing."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiyin.routing.v1.events import AcceptanceDeemed, CaseAccepted, CaseTransferred, OpinionServed
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from ledger.refusal import Refusal
from routing.domain.case import RoutingCommand, case_decider
from routing.tests.routing_example import (
    HOUSING,
    NEW,
    OFFICE,
    OTHER_SEALED,
    QUEUE,
    SEALED,
    SENT_ON,
    TRANSFER,
    accept,
    deem,
    imported,
    serve,
    sign,
)

days = st.integers(0, 40).map(lambda n: SENT_ON + timedelta(days=n))
units = st.sampled_from([OFFICE, HOUSING])
commands: st.SearchStrategy[RoutingCommand] = st.one_of(
    st.just(QUEUE),
    st.just(TRANSFER),
    st.builds(lambda day, unit: accept(day, unit=unit), days, units),
    st.builds(deem, days),
    st.builds(lambda day, signed, unit: sign(day, signed_on=signed, unit=unit), days, days, units),
    st.builds(
        lambda day, unit, opinion: serve(day, unit=unit, opinion=opinion),
        days,
        units,
        st.sampled_from([SEALED, OTHER_SEALED]),
    ),
    st.builds(
        lambda signed, served: imported(signed=signed, served=served),
        st.none() | st.builds(sign, days),
        st.none() | st.builds(serve, days),
    ),
)
histories = st.lists(commands, max_size=8)


def play(history: list[RoutingCommand]) -> Scenario:  # type: ignore[type-arg]
    scenario = NEW
    for command in history:
        try:
            scenario = scenario.after(command)
        except Refusal:
            continue
    return scenario


@given(histories, commands)
def test_saying_it_twice_changes_nothing(history: list[RoutingCommand], command: RoutingCommand) -> None:
    saying_it_twice_changes_nothing(case_decider, play(history).past, command)


@given(histories)
def test_a_case_is_sent_accepted_and_answered_at_most_once_and_in_this_order(
    history: list[RoutingCommand],
) -> None:
    road = (CaseTransferred, CaseAccepted | AcceptanceDeemed, OpinionServed)
    steps = [n for event in play(history).past for n, kind in enumerate(road) if isinstance(event, kind)]
    assert steps == list(range(len(steps)))


@given(histories)
def test_an_answered_case_had_been_accepted_and_its_clock_runs_from_there(
    history: list[RoutingCommand],
) -> None:
    case = play(history).state
    if case.served is not None:
        assert case.accepted is not None
    if isinstance(case.accepted, AcceptanceDeemed):
        assert case.accepted.deemed_on == case.transferred.acceptance_deadline.due_on
        assert case.accepted.handling_deadline.start_on == case.accepted.deemed_on
