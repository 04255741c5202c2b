"""A clock as oversight knows it, and the case that its clocks make up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from huiyin.common.v1.types import Deadline
from huiyin.oversight.v1.events import ClockConverted, ClockPaused, ClockStarted, ClockStopped
from oversight.domain.rungs import MISSED


@dataclass(frozen=True, slots=True)
class Running:
    """A clock: how it started and what is planned now, which rungs are on record, how it stands or ended."""

    started: ClockStarted
    reached: frozenset[str] = frozenset()
    stopped: ClockStopped | None = None
    converted: ClockConverted | None = None
    paused: ClockPaused | None = None

    @property
    def deadline(self) -> Deadline:
        """The period as it is now."""
        return self.started.deadline

    @property
    def missed(self) -> bool:
        """The period ended with the duty undone: true for ever once it is."""
        return MISSED in self.reached

    @property
    def open(self) -> bool:
        """Neither done, nor ended by law, nor given up for another procedure. A paused clock is open."""
        return self.stopped is None and self.converted is None


@dataclass(frozen=True, slots=True)
class Case:
    """What oversight knows of a case: its clocks by name, in the order in which they started."""

    clocks: Mapping[str, Running] = field(default_factory=dict)
    adopted: bool = False

    @property
    def first_received_on(self) -> date:
        """The day of first receipt: K1's start, which is the earliest of all. Nothing that follows moves it later.

        Raises ValueError if there is no clock.
        """
        return min(clock.started.start_on for clock in self.clocks.values())

    def open_clock(self, name: str) -> Running | None:
        """The clock of that name, if it was started and has not ended."""
        clock = self.clocks.get(name)
        return clock if clock is not None and clock.open else None
