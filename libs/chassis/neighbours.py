"""What other services have recorded, as far as this one must know before it may say that something did not happen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bus.feed import Feed
from chassis.clock import SHANGHAI, Clock, SimulatedClock
from ledger.ports import Ledger

IN_FLIGHT = timedelta(seconds=10)
"""An act of 23:59:59 may still be on its way into its ledger: an append is given up long before this."""


class Neighbours:
    """The services that one service listens to. The host fills in their feeds when it starts."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self.feeds: Mapping[str, Feed] = {}

    async def caught_up(self) -> bool:
        """Whether everything that the others had recorded when it was asked is applied here.

        False in the first seconds of a day: what was done before midnight may not be recorded yet.
        A feed that does not answer raises; nobody may conclude anything then.
        """
        if self._day_is_too_young():
            return False
        for source, feed in self.feeds.items():
            if source != self._ledger.service:
                head = (await feed.page(0, 1)).head
                if await self._ledger.position_of(source) < head:
                    return False
        return True

    def _day_is_too_young(self) -> bool:
        if isinstance(self._clock, SimulatedClock):
            return False  # Whoever sets the clock forward has waited until all was quiet.
        now = self._clock.now().astimezone(SHANGHAI)
        return now - now.replace(hour=0, minute=0, second=0, microsecond=0) < IN_FLIGHT
