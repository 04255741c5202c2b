"""Publishing the calendars and rules that come with this release, as events, once."""

from __future__ import annotations

import logging

from chassis.service import Intention
from chassis.workplace import Workplace
from ledger.refusal import Refusal
from oversight.domain.calendar import calendar_decider, stream
from oversight.domain.publication import Publish, Subject
from statute.calendar import known, load
from statute.rule_files import shipped

INTERVAL_S = 5.0
"""Between attempts while the ledger cannot be reached; afterwards a round costs nothing."""

NATIONAL = "cn"
"""Rules are national; their events stand beside the national calendar."""

_log = logging.getLogger("huiyin.oversight.shipped")


class Publishing:
    """Publishes what is not published yet, at start-up."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self.done = False

    async def run(self) -> int:
        """How many calendars and rules were looked at: all the first time, then none."""
        if self.done:
            return 0
        count = 0
        for jurisdiction in known():
            for year in load(jurisdiction).years.values():
                count += await self._publish(jurisdiction, year)
        for rule in shipped().by_id.values():
            count += await self._publish(NATIONAL, rule)
        self.done = True
        return count

    async def _publish(self, jurisdiction: str, subject: Subject) -> int:
        intention = Intention(
            decider=calendar_decider,
            stream=stream(jurisdiction),
            command=lambda at: Publish(at=at, subject=subject),
        )
        try:
            await self._workplace.record(intention, case_id=None)
        except Refusal as refusal:  # A newer release has published more; what is in force stays.
            _log.warning("not published: %s", refusal)
        return 1
