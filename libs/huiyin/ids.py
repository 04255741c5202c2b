"""Identifiers: UUIDv7 (RFC 9562, section 5.7), which sort by the instant they were made for."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_RANDOM_MASK = (1 << 62) - 1
_STEPS_PER_MS = 4096  # The 12 bits after the milliseconds: a fraction of the millisecond (method 3).
_STEP_BACK_TOLERATED = 1000 * _STEPS_PER_MS  # One second: beyond it the clock was set back, and we follow it.


class Uuid7:
    """Makes UUIDs for instants that are passed in: rising within one process, random in their last 62 bits."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = 0

    def __call__(self, at: datetime) -> str:
        """The next UUID for this instant (with offset), in its text form."""
        micros = (at - _EPOCH) // _MICROSECOND
        step = micros * _STEPS_PER_MS // 1000
        if step <= self._last < step + _STEP_BACK_TOLERATED:
            step = self._last + 1
        self._last = step
        noise = int.from_bytes(os.urandom(8), "big") & _RANDOM_MASK
        value = (step >> 12) << 80 | _VERSION | (step & 0xFFF) << 64 | _VARIANT | noise
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


uuid7 = Uuid7()
"""The generator of this process."""
