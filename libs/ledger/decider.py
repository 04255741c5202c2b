"""A decider: what a stream knows, what may happen next, and nothing else. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Decider(Generic[S, C, E]):
    """`decide` turns a command into the events that follow, raises a Refusal, or returns [] when what is asked
    already holds. `evolve` gives the state after an event. Neither does I/O or changes the state it is given (it may be
    remembered and used again); the time is in the command."""

    initial: S
    decide: Callable[[S, C], Sequence[E]]
    evolve: Callable[[S, E], S]

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        """The state after these events; from the initial state unless another is given."""
        return reduce(self.evolve, events, self.initial if state is None else state)
