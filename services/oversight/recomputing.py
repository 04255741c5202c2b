"""Counting again every running clock that rests on a calendar published or corrected since (architecture.md §5)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from chassis.service import Intention
from chassis.workplace import Workplace
from oversight.domain.case import case_decider, legal_basis, stream
from oversight.domain.commands import RecomputeClocks

INTERVAL_S = 1.0
"""A round with nothing to do is one probe of an index for each calendar that open clocks rest on: a handful."""

PAGE = 500
"""Rows read at a time. A page bounds memory, never a round."""

CONCURRENCY = 64
"""Cases decided at once: enough for the ledger to commit them in groups."""

# A skip over the index: one probe for each distinct calendar, however many clocks are open.
_CALENDARS = """
WITH RECURSIVE resting (calendar) AS (
    (SELECT calendar FROM deadlines WHERE stopped_on IS NULL AND NOT missed AND NOT paused ORDER BY calendar LIMIT 1)
    UNION ALL
    SELECT (SELECT d.calendar FROM deadlines d
            WHERE d.stopped_on IS NULL AND NOT d.missed AND NOT d.paused AND d.calendar > resting.calendar
            ORDER BY d.calendar LIMIT 1)
    FROM resting WHERE resting.calendar IS NOT NULL
)
SELECT calendar FROM resting WHERE calendar IS NOT NULL
"""

_CASES = """
SELECT DISTINCT ON (case_id) case_id, unit_id FROM deadlines
WHERE stopped_on IS NULL AND NOT missed AND NOT paused AND calendar = ANY($1::text[]) AND case_id > $2
ORDER BY case_id LIMIT $3
"""

_COUNT = """
SELECT count(*) FROM deadlines WHERE stopped_on IS NULL AND NOT missed AND NOT paused AND calendar = ANY($1::text[])
"""

_log = logging.getLogger("huiyin.oversight.recomputing")


class Recomputing:
    """Finds clocks by the id of the calendar that their due date rests on; whoever computed it, and whenever."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._done: set[tuple[str, str]] = set()  # (case, calendar in force): the read model follows later.

    async def run(self) -> int:
        """One round over everything outdated; how many cases were looked at."""
        outdated = await self._outdated()
        if not outdated:
            self._done.clear()
            return 0
        looked_at, last = 0, ""
        while page := await self._workplace.pool.fetch(_CASES, outdated, last, PAGE):
            last = page[-1]["case_id"]
            looked_at += await self._recompute_all(page)
        return looked_at

    async def pending(self) -> dict[str, int]:
        """Clocks that rest on a calendar no longer in force."""
        outdated = await self._outdated()
        count = await self._workplace.pool.fetchval(_COUNT, outdated) if outdated else 0
        return {"clocks_to_recompute": count}

    async def _outdated(self) -> list[str]:
        rows = await self._workplace.pool.fetch(_CALENDARS)
        in_force = self._workplace.statute
        return [row["calendar"] for row in rows if in_force.outdated(row["calendar"])]

    async def _recompute_all(self, rows: Sequence[Any]) -> int:
        version = self._workplace.statute.calendar.version
        fresh = {
            row["case_id"]: row["unit_id"] for row in rows if (row["case_id"], version) not in self._done
        }
        gate = asyncio.Semaphore(CONCURRENCY)

        async def one(case_id: str) -> bool:
            async with gate:
                return await self._recompute(case_id, fresh[case_id])

        outcomes = await asyncio.gather(*map(one, fresh))
        self._done.update((case_id, version) for case_id, done in zip(fresh, outcomes, strict=True) if done)
        return sum(outcomes)

    async def _recompute(self, case_id: str, unit_id: str) -> bool:
        statute = self._workplace.statute
        intention = Intention(
            decider=case_decider,
            stream=stream(case_id),
            command=lambda at: RecomputeClocks(at=at, statute=statute),
            legal_basis=legal_basis,
        )
        try:
            division = await self._workplace.directory.division(unit_id)
            await self._workplace.record(intention, case_id=case_id, division=division)
        except Exception as error:  # Whatever is wrong with one case, the others are counted again.
            _log.warning("%s is still to be counted again: %s", case_id, type(error).__name__)
            return False
        return True
