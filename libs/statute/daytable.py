"""Days of a span of years laid out in arrays, so that counting is two look-ups instead of a loop."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date

from huiyin.common.v1.types import DayKind

WORKED = frozenset({DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY, DayKind.UNKNOWN})
"""Kinds counted as working days. UNKNOWN is a Monday to Friday of a year that is not published yet."""


class DayTable:
    """Kinds, working-day ranks and runs of equal days from `first` to `last` (both included).

    Days are addressed by ordinal (`date.toordinal`). All positions are plain lists: built once per
    calendar, read by every computation.
    """

    def __init__(self, first: date, last: date, kind_of: Callable[[date], DayKind]) -> None:
        self.first = first.toordinal()
        self.last = last.toordinal()
        self.kinds: list[DayKind] = []
        self.ranks: list[int] = []
        self.working: list[int] = []
        self.run_starts: list[int] = []
        for ordinal in range(self.first, self.last + 1):
            self._take(ordinal, kind_of(date.fromordinal(ordinal)))

    def _take(self, ordinal: int, kind: DayKind) -> None:
        if not self.kinds or self.kinds[-1] is not kind:
            self.run_starts.append(ordinal)
        if kind in WORKED:
            self.working.append(ordinal)
        self.kinds.append(kind)
        self.ranks.append(len(self.working))

    def covers(self, ordinal: int) -> bool:
        return self.first <= ordinal <= self.last

    def kind(self, ordinal: int) -> DayKind:
        return self.kinds[ordinal - self.first]

    def rank(self, ordinal: int) -> int:
        """How many working days there are from `first` to this day, both included."""
        return self.ranks[ordinal - self.first]

    def run_index(self, ordinal: int) -> int:
        """The number of the run of equal days that holds this day."""
        return bisect_right(self.run_starts, ordinal) - 1
