"""Finding what time alone has made due, and recording it: each rung once, whoever sweeps, however often."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.service import Intention
from chassis.workplace import Workplace
from oversight.domain.case import SweepCase, case_decider, legal_basis, stream
from statute.instants import civil_date

INTERVAL_S = 5.0
"""A breach is on record seconds after midnight; an empty round is one probe of a partial index."""

PAGE = 500
"""Rows read at a time. A page bounds memory, never a round: rounds go on until nothing due is left."""

CONCURRENCY = 32
"""Cases decided at once: enough for the ledger to commit them in groups, few enough not to crowd out others."""

_DUE = """
SELECT next_on, case_id, clock, unit_id FROM deadlines
WHERE live AND stopped_on IS NULL AND next_on <= $1 AND (next_on, case_id, clock) > ($2, $3, $4)
ORDER BY next_on, case_id, clock LIMIT $5
"""

_COUNT = "SELECT count(*) FROM deadlines WHERE live AND stopped_on IS NULL AND next_on <= $1"

_log = logging.getLogger("huiyin.oversight.sweep")

CaughtUp = Callable[[], Awaitable[bool]]
"""Whether all that other services had recorded when it was asked is applied here."""


async def unasked() -> bool:
    """Nobody to ask: what has arrived is all there is."""
    return True


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A clock one of whose rungs has become due."""

    next_on: date
    case_id: str
    clock: str
    unit_id: str = ""


_BEFORE_ALL = Due(date.min, "", "")


class Sweep:
    """Sweeps all live, open clocks. One object a process; several processes may sweep at once.

    A day is swept only once all that was recorded before it is applied (`caught_up`): an act done at 23:59 that
    is still on its way must not be taken for a breach, because a breach is for ever.
    """

    def __init__(self, workplace: Workplace, caught_up: CaughtUp = unasked) -> None:
        self._workplace = workplace
        self._caught_up = caught_up
        self._opened: date | None = None
        self._swept: date | None = None
        self._handled: set[Due] = set()  # Recorded today; the read model follows a moment later.

    async def run(self) -> int:
        """One round over everything that is due; how many cases were swept."""
        today = self._today()
        if not await self._open(today):
            return 0
        swept, failed, last = 0, 0, _BEFORE_ALL
        while page := await self._page(today, last):
            last = page[-1]
            fresh = [due for due in page if due not in self._handled]
            done, undone = await self._sweep_all(fresh)
            swept, failed = swept + done, failed + undone
        if not failed:
            self._swept = today
        return swept

    async def pending(self) -> dict[str, int]:
        """Clocks with a rung due that is not on record, and whether today still waits for its first full round."""
        today = self._today()
        due = await self._workplace.pool.fetchval(_COUNT, today)
        return {"rungs_due": due, "days_unswept": int(self._swept != today)}

    def _today(self) -> date:
        return civil_date(self._workplace.clock.now())

    async def _open(self, today: date) -> bool:
        if self._opened != today:
            if not await self._caught_up():
                return False
            self._opened = today
            self._handled.clear()
        return True

    async def _page(self, today: date, last: Due) -> Sequence[Due]:
        rows: Sequence[Any] = await self._workplace.pool.fetch(
            _DUE, today, last.next_on, last.case_id, last.clock, PAGE
        )
        return [Due(*row) for row in rows]

    async def _sweep_all(self, dues: Sequence[Due]) -> tuple[int, int]:
        """(cases swept, cases that failed and stay due)."""
        cases: dict[str, list[Due]] = {}
        for due in dues:
            cases.setdefault(due.case_id, []).append(due)
        gate = asyncio.Semaphore(CONCURRENCY)

        async def one(case_id: str) -> bool:
            async with gate:
                return await self._sweep_case(case_id, cases[case_id][0].unit_id)

        outcomes = await asyncio.gather(*map(one, cases))
        for clocks, done in zip(cases.values(), outcomes, strict=True):
            if done:
                self._handled.update(clocks)
        return sum(outcomes), len(outcomes) - sum(outcomes)

    async def _sweep_case(self, case_id: str, unit_id: str) -> bool:
        intention = Intention(
            decider=case_decider,
            stream=stream(case_id),
            command=lambda at: SweepCase(at=at),
            legal_basis=legal_basis,
        )
        try:
            division = await self._workplace.directory.division(unit_id)
            await self._workplace.record(intention, case_id=case_id, division=division)
        except Exception as error:  # Whatever is wrong with one case, the others are swept.
            _log.warning("%s stays due: %s", case_id, type(error).__name__)
            return False
        return True
