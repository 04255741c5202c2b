"""A clock as oversight knows it."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.oversight.v1.events import ClockStarted, ClockStopped
from oversight.domain.rungs import MISSED


@dataclass(frozen=True, slots=True)
class Running:
    """A clock: how it started, which rungs are on record, how it ended."""

    started: ClockStarted
    reached: frozenset[str] = frozenset()
    stopped: ClockStopped | None = None

    @property
    def missed(self) -> bool:
        """The due date passed with the duty undone: true for ever once it is."""
        return MISSED in self.reached
