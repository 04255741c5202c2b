"""Laws that hold for every history of a case in intake."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiyin.common.v1.types import Channel
from huiyin.intake.v1.events import CaseClassified, CaseReceived, CaseRegistered, Category
from intake.domain.case import IntakeCommand, case_decider
from intake.tests.intake_example import (
    AT,
    CLASSIFY,
    DISCLOSE,
    HOUSING,
    IMPORT,
    NEW,
    OFFICE,
    RECEIVE,
    REGISTER,
)
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from ledger.refusal import Refusal

units = st.sampled_from([OFFICE, HOUSING])
days = st.integers(-3, 3).map(lambda n: AT + timedelta(days=n))

receiving = st.builds(
    lambda channel, unit, received_at: replace(
        RECEIVE, channel=channel, first_receiver_unit_id=unit, received_at=received_at
    ),
    st.sampled_from(list(Channel)),
    units,
    days,
)
registering = st.builds(lambda unit: replace(REGISTER, by_unit_id=unit), units)
classifying = st.builds(
    lambda unit, category, urgent: replace(CLASSIFY, by_unit_id=unit, category=category, urgent=urgent),
    units,
    st.sampled_from(list(Category)),
    st.booleans(),
)
changing = receiving | registering | classifying | st.just(IMPORT)
commands = changing | st.just(DISCLOSE)
histories = st.lists(commands, max_size=8)


def play(history: list[IntakeCommand]) -> Scenario:  # type: ignore[type-arg]
    scenario = NEW
    for command in history:
        try:
            scenario = scenario.after(command)
        except Refusal:
            continue
    return scenario


@given(histories, changing)
def test_saying_it_twice_changes_nothing(history: list[IntakeCommand], command: IntakeCommand) -> None:
    saying_it_twice_changes_nothing(case_decider, play(history).past, command)


@given(histories)
def test_a_case_is_received_registered_and_classified_once_each_and_in_this_order(
    history: list[IntakeCommand],
) -> None:
    steps = [
        type(e) for e in play(history).past if isinstance(e, CaseReceived | CaseRegistered | CaseClassified)
    ]
    assert steps == [CaseReceived, CaseRegistered, CaseClassified][: len(steps)]


@given(histories, commands)
def test_deciding_again_about_the_same_past_gives_the_same_answer(
    history: list[IntakeCommand], command: IntakeCommand
) -> None:
    scenario = play(history)
    assert said(scenario, command) == said(scenario, command)


def said(scenario: Scenario, command: IntakeCommand) -> object:  # type: ignore[type-arg]
    try:
        return scenario.when(command)
    except Refusal as refusal:
        return type(refusal), refusal.message
