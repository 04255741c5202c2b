"""Given the past, when a command comes, then these events follow: tests of deciders, without mocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from huiyin.upcasts import upcast
from ledger.decider import Decider
from ledger.refusal import Refusal

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")
R = TypeVar("R", bound=Refusal)


@dataclass(frozen=True, slots=True)
class Scenario(Generic[S, C, E]):
    """A decider and a past. `given` adds to the past and leaves the scenario itself as it was."""

    decider: Decider[S, C, E]
    past: tuple[E, ...] = field(default=())

    def given(self, *events: E) -> Scenario[S, C, E]:
        """The same stream, with these events recorded."""
        return Scenario(self.decider, (*self.past, *events))

    @property
    def state(self) -> S:
        """What the stream knows; old shapes of events are read as their newest, as everywhere."""
        state = self.decider.initial
        for event in self.past:
            with _left_as_it_was(state, "evolve"):
                later = self.decider.evolve(state, upcast(event))
            state = later
        return state

    def when(self, command: C) -> list[E]:
        """The events that follow; a Refusal comes through. AssertionError if a state was changed on the way."""
        state = self.state
        with _left_as_it_was(state, "decide"):
            return list(self.decider.decide(state, command))

    def after(self, command: C) -> Scenario[S, C, E]:
        """The scenario in which the command was carried out."""
        return self.given(*self.when(command))

    def refuses(self, command: C, refusal: type[R]) -> R:
        """The refusal, for a look at its rule and message. AssertionError if the command goes through."""
        try:
            events = self.when(command)
        except refusal as refused:
            return refused
        raise AssertionError(f"expected {refusal.__name__}, but these events followed: {events}")

    def stays_quiet(self, command: C) -> None:
        """What is asked already holds: no event follows. AssertionError otherwise."""
        events = self.when(command)
        if events:
            raise AssertionError(f"expected silence, but these events followed: {events}")


@contextmanager
def _left_as_it_was(state: Any, function: str) -> Iterator[None]:
    """States are replaced, never changed: a repository remembers them."""
    before = repr(state)
    try:
        yield
    finally:
        if repr(state) != before:
            raise AssertionError(f"{function} changed the state it was given: it was {before}")


def saying_it_twice_changes_nothing(decider: Decider[S, C, E], past: Sequence[E], command: C) -> None:
    """The law of idempotency, for property tests: after a command went through, the same command is silent."""
    scenario = Scenario(decider, tuple(past))
    try:
        once = scenario.after(command)
    except Refusal:
        return
    once.stays_quiet(command)
