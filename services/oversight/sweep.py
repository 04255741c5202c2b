"""Finding what time alone has made due, and recording it: each rung once, whoever sweeps, however often."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from chassis.clock import SimulatedClock
from chassis.neighbours import IN_FLIGHT
from chassis.service import Intention
from chassis.workplace import Workplace
from oversight.domain.case import case_decider, legal_basis, stream
from oversight.domain.commands import SweepCase
from statute.instants import civil_date

INTERVAL_S = 5.0
"""A breach is on record seconds after its instant; an empty round is two probes of a partial index."""

PAGE = 500
"""Rows read at a time. A page bounds memory, never a round: rounds go on until nothing due is left."""

CONCURRENCY = 32
"""Cases decided at once: enough for the ledger to commit them in groups, few enough not to crowd out others."""

_DUE = """
SELECT next_at, case_id, clock, unit_id FROM deadlines
WHERE live AND next_at <= $1 AND (next_at, case_id, clock) > ($2, $3, $4)
ORDER BY next_at, case_id, clock LIMIT $5
"""

_COUNT = "SELECT count(*) FROM deadlines WHERE live AND next_at <= $1"

_ANY_BETWEEN = "SELECT EXISTS (SELECT FROM deadlines WHERE live AND next_at > $1 AND next_at <= $2)"

_log = logging.getLogger("huiyin.oversight.sweep")

CaughtUp = Callable[[], Awaitable[bool]]
"""Whether all that other services had recorded when it was asked is applied here."""


async def unasked() -> bool:
    """Nobody to ask: what has arrived is all there is."""
    return True


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A clock one of whose rungs has become due."""

    next_at: datetime
    case_id: str
    clock: str
    unit_id: str = ""


_BEFORE_ALL = Due(datetime.min.replace(tzinfo=UTC), "", "")


class Sweep:
    """Sweeps all live, open clocks. One object a process; several processes may sweep at once.

    A rung is swept only once all that was done before its instant is applied here (`caught_up`): an act of 23:59 that
    is still on its way must not be taken for a breach, because a breach is for ever. So the sweep looks up to an
    instant, `settled`, and asks to move it on only with a new day, or when a rung falls between it and now.
    """

    def __init__(self, workplace: Workplace, caught_up: CaughtUp = unasked) -> None:
        self._workplace = workplace
        self._caught_up = caught_up
        self._settled: datetime | None = None
        self._swept: date | None = None
        self._handled: set[Due] = set()  # Recorded today; the read model follows a moment later.

    async def run(self) -> int:
        """One round over everything that is due; how many cases were swept."""
        until = await self._settle()
        if until is None:
            return 0
        swept, failed, last = 0, 0, _BEFORE_ALL
        while page := await self._page(until, last):
            last = page[-1]
            fresh = [due for due in page if due not in self._handled]
            done, undone = await self._sweep_all(fresh, until)
            swept, failed = swept + done, failed + undone
        if not failed:
            self._swept = civil_date(until)
        return swept

    async def pending(self) -> dict[str, int]:
        """Clocks with a rung due that is not on record, and whether today still waits for its first full round."""
        now = self._workplace.clock.now()
        due = await self._workplace.pool.fetchval(_COUNT, now)
        return {"rungs_due": due, "days_unswept": int(self._swept != civil_date(now))}

    async def _settle(self) -> datetime | None:
        """The instant up to which all acts are known here; None as long as nobody could say."""
        reach = self._reach()
        if await self._beyond(reach) and await self._caught_up():
            if self._settled is None or civil_date(self._settled) != civil_date(reach):
                self._handled.clear()
            self._settled = reach
        return self._settled

    def _reach(self) -> datetime:
        """Now, or a little before: what was done a moment ago may not be recorded yet."""
        now = self._workplace.clock.now()
        # Whoever sets a clock forward has waited until all was quiet.
        return now if isinstance(self._workplace.clock, SimulatedClock) else now - IN_FLIGHT

    async def _beyond(self, reach: datetime) -> bool:
        """Whether there is anything to sweep between what is settled and `reach`."""
        settled = self._settled
        if settled is None or civil_date(settled) != civil_date(reach):
            return True
        return bool(await self._workplace.pool.fetchval(_ANY_BETWEEN, settled, reach))

    async def _page(self, until: datetime, last: Due) -> Sequence[Due]:
        rows: Sequence[Any] = await self._workplace.pool.fetch(
            _DUE, until, last.next_at, last.case_id, last.clock, PAGE
        )
        return [Due(*row) for row in rows]

    async def _sweep_all(self, dues: Sequence[Due], until: datetime) -> tuple[int, int]:
        """(cases swept, cases that failed and stay due)."""
        cases: dict[str, list[Due]] = {}
        for due in dues:
            cases.setdefault(due.case_id, []).append(due)
        gate = asyncio.Semaphore(CONCURRENCY)

        async def one(case_id: str) -> bool:
            async with gate:
                return await self._sweep_case(case_id, cases[case_id][0].unit_id, until)

        outcomes = await asyncio.gather(*map(one, cases))
        for clocks, done in zip(cases.values(), outcomes, strict=True):
            if done:
                self._handled.update(clocks)
        return sum(outcomes), len(outcomes) - sum(outcomes)

    async def _sweep_case(self, case_id: str, unit_id: str, until: datetime) -> bool:
        intention = Intention(
            decider=case_decider,
            stream=stream(case_id),
            command=lambda _: SweepCase(at=until),
            legal_basis=legal_basis,
        )
        try:
            division = await self._workplace.directory.division(unit_id)
            await self._workplace.record(intention, case_id=case_id, division=division)
        except Exception as error:  # Whatever is wrong with one case, the others are swept.
            _log.warning("%s stays due: %s", case_id, type(error).__name__)
            return False
        return True
