"""What oversight can be told of a case, and what time alone asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from huiyin.common.v1.types import Deadline
from statute.in_force import Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class StartClock:
    """A duty began. `deadline` was computed by the service whose event began it; it is never computed here."""

    at: datetime
    case_id: str
    unit_id: str
    deadline: Deadline
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class StopClock:
    """The unit did at `stopped_at` what the clock asks."""

    at: datetime
    clock: str
    stopped_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndByDeeming:
    """The duty ended by law with its due date, `deemed_on`, because nobody acted (K3, domain.md §2 7′)."""

    at: datetime
    clock: str
    deemed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendClock:
    """The period was extended at `granted_at`; `deadline` was computed by the service that granted it."""

    at: datetime
    clock: str
    deadline: Deadline
    granted_at: datetime
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseClock:
    """A hearing began at `paused_at`: its days are not counted, that of its beginning among them (K10)."""

    at: datetime
    clock: str
    paused_at: datetime
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeClock:
    """The hearing ended at `resumed_at`, whose day is the last that is not counted."""

    at: datetime
    clock: str
    resumed_at: datetime
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertClock:
    """The procedure was given up at `converted_at` for the one that its rule falls back to (K5s:reply to K5)."""

    at: datetime
    clock: str
    converted_at: datetime
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepCase:
    """Look at every clock of the case as of the instant `at`."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecomputeClocks:
    """Count the running clocks again whose calendar was published or corrected since."""

    at: datetime
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptCase:
    """Take an imported case over: whatever of it is still open is overseen from today on."""

    at: datetime
    case_id: str


OversightCommand: TypeAlias = (
    StartClock
    | StopClock
    | EndByDeeming
    | ExtendClock
    | PauseClock
    | ResumeClock
    | ConvertClock
    | SweepCase
    | RecomputeClocks
    | AdoptCase
)
