"""The one place where anybody asks what time it is."""

from __future__ import annotations

import mmap
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIZE = 8  # Microseconds since the epoch, as one signed 64-bit number.


class Clock(Protocol):
    """The port: instants in UTC."""

    def now(self) -> datetime:
        """This instant, with offset UTC."""


class WallClock:
    """The time of day."""

    def now(self) -> datetime:
        """This instant, with offset UTC."""
        return datetime.now(UTC)


class SimulatedClock:
    """A settable clock that every process of a state directory follows: eight bytes in a shared file."""

    def __init__(self, path: Path) -> None:
        """Open the clock file; create it at the epoch if there is none."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(handle).st_size < _SIZE:
                os.ftruncate(handle, _SIZE)
            self._bytes = mmap.mmap(handle, _SIZE)
        finally:
            os.close(handle)

    def now(self) -> datetime:
        """The instant to which somebody set the clock last."""
        return _EPOCH + timedelta(microseconds=int.from_bytes(self._bytes[:], "little", signed=True))

    def set(self, instant: datetime) -> None:
        """Move the clock forward. Raises ValueError for a step back: recorded time never runs backwards."""
        if instant < self.now():
            raise ValueError(f"the simulated clock stands at {self.now().isoformat()}; it is never set back")
        micros = (instant - _EPOCH) // timedelta(microseconds=1)
        self._bytes[:] = micros.to_bytes(_SIZE, "little", signed=True)


def shown(instant: datetime) -> str:
    """An instant as people here read it: Asia/Shanghai with its offset, to the second."""
    return instant.astimezone(SHANGHAI).isoformat(timespec="seconds")


def read_instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is Asia/Shanghai. Raises ValueError."""
    value = datetime.fromisoformat(text)
    return (value if value.tzinfo else value.replace(tzinfo=SHANGHAI)).astimezone(UTC)
