"""The kit with which every decider is tested."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.testing.v1.events import NoteTaken
from ledger.decider import Decider
from ledger.kit import Scenario, saying_it_twice_changes_nothing
from ledger.notebook import NOTES, Notebook, NotebookFull, TakeNote

SALT = NoteTaken(case_id="1", words="salt")


def test_given_the_past_when_a_command_comes_then_events_follow() -> None:
    assert Scenario(NOTES).given(SALT).when(TakeNote("salt water")) == [NoteTaken(case_id="1", words="water")]


def test_given_leaves_the_scenario_as_it_was() -> None:
    empty = Scenario(NOTES)
    assert empty.given(SALT).state == Notebook(("salt",))
    assert empty.state == Notebook()


def test_a_refusal_is_handed_over() -> None:
    assert Scenario(NOTES).refuses(TakeNote("1 2 3 4 5 6"), NotebookFull).rule == "note-five@1"


def test_a_command_that_goes_through_is_no_refusal() -> None:
    with pytest.raises(AssertionError, match="expected NotebookFull"):
        Scenario(NOTES).refuses(TakeNote("1"), NotebookFull)


def test_silence_is_told_from_speech() -> None:
    Scenario(NOTES).given(SALT).stays_quiet(TakeNote("salt"))
    with pytest.raises(AssertionError, match="expected silence"):
        Scenario(NOTES).stays_quiet(TakeNote("salt"))


@given(past=st.lists(st.sampled_from("abcde")), command=st.lists(st.sampled_from("abcdefg")))
def test_saying_it_twice_changes_nothing_here(past: list[str], command: list[str]) -> None:
    saying_it_twice_changes_nothing(
        NOTES,
        [NoteTaken(case_id="1", words=word) for word in past],
        TakeNote(" ".join(dict.fromkeys(command))),
    )


def test_a_decider_that_repeats_itself_is_caught() -> None:
    forgetful = type(NOTES)(Notebook(), NOTES.decide, lambda state, _: state)
    with pytest.raises(AssertionError, match="expected silence"):
        saying_it_twice_changes_nothing(forgetful, [], TakeNote("salt"))


def test_a_decider_that_changes_the_state_it_is_given_is_caught() -> None:
    def noting(words: list[str], command: str) -> list[Any]:
        words.append(command)
        return []

    def growing(words: list[str], event: Any) -> list[str]:
        words.append(event.words)
        return words

    empty: list[str] = []
    with pytest.raises(AssertionError, match="decide changed the state"):
        Scenario(Decider(empty, noting, growing)).when("salt")
    with pytest.raises(AssertionError, match="evolve changed the state"):
        assert Scenario(Decider(empty, noting, growing)).given(SALT).state
