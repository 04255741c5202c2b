"""Laws that hold for every history of a case that is sorted, withdrawn and corrected."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from huiyin.intake.v1.events import CaseClassified, CaseReceived, RegistrationCorrected
from intake.domain.case import IntakeCommand, case_decider
from intake.domain.state import Ending
from intake.tests.intake_example import AT, CLASSIFY, NEW, RECEIVE, REGISTER
from intake.tests.sorting_example import ACCUSATION, EVERY, LABOUR, ONE, OTHER, SUGGESTED
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from ledger.refusal import Refusal


def by(command: IntakeCommand, ref: str, days: int) -> IntakeCommand:
    """The same command, by this person, so many days later."""
    names = {field.name for field in fields(command)}
    more: dict[str, object] = {"at": AT + days * (AT - AT.replace(day=AT.day - 1))}
    return replace(command, **more, **({"by_ref": ref} if "by_ref" in names else {}))  # type: ignore[arg-type]


sorting = st.builds(by, st.sampled_from(EVERY), st.sampled_from([ONE, OTHER]), st.integers(0, 3))
classifying = st.sampled_from([CLASSIFY, LABOUR, ACCUSATION, SUGGESTED])
histories = st.lists(sorting | classifying, max_size=8)


def play(history: list[IntakeCommand]) -> Scenario:  # type: ignore[type-arg]
    scenario = NEW.after(RECEIVE).after(REGISTER)
    for command in history:
        try:
            scenario = scenario.after(command)
        except Refusal:
            continue
    return scenario


@given(histories, sorting | classifying)
def test_saying_it_twice_changes_nothing_about_a_sorted_case(
    history: list[IntakeCommand], command: IntakeCommand
) -> None:
    saying_it_twice_changes_nothing(case_decider, play(history).past, command)


@given(histories)
def test_nothing_that_is_done_to_a_case_moves_its_clock_later(history: list[IntakeCommand]) -> None:
    due = [
        event.transfer_deadline.due_on
        for event in play(history).past
        if isinstance(event, CaseReceived | CaseClassified | RegistrationCorrected)
    ]
    assert due == sorted(due, reverse=True)


@given(histories)
def test_a_case_ends_in_intake_once_at_most(history: list[IntakeCommand]) -> None:
    ended = [event for event in play(history).past if isinstance(event, get_args(Ending))]
    assert len(ended) <= 1
