"""The bottom under the collector: one call, one transaction, and the three ways in which it can fail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ledger.batch import Answer, Prepared
from ledger.lines import Appended, NewLine


class Lost(Exception):
    """The database went away. `sent`: nobody knows whether the call was carried out."""

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent


class Rejected(Exception):
    """The database (or the driver) refused the call because of what one append in it contains."""


class Unusable(Exception):
    """The database answers, but this ledger is not there or not for us: trying again is of no use."""


class Store(Protocol):
    """The codec-free bottom: one call, one transaction. Raises Lost, Rejected or Unusable."""

    async def write(self, group: Sequence[Prepared]) -> Answer:
        """Decide the fate of each append and write those that can be written."""

    async def find(self, lines: Sequence[NewLine]) -> Appended | None:
        """Where exactly these lines stand (stream, version and bytes), or None."""
