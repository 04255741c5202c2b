"""One run under load: windows of time, the lifecycles that ended in each, and what each process spent on them."""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from tests.bench.process_cost import cpu_s
from tests.bench.running import Stack
from tests.bench.stages import at_work

WINDOW_LIMIT_S = 60.0
"""A platform that ends no lifecycle within a minute is broken."""

_ENDED = """
SELECT count(*) FROM notification.notices
WHERE kind = 'closing' AND state = 'delivered' AND settled_at > $1 AND settled_at <= $2
"""
_LIVES = """
SELECT extract(epoch FROM n.settled_at - c.received_at)::float8 * 1000 FROM notification.notices n
JOIN audit.cases c USING (case_id)
WHERE n.kind = 'closing' AND n.settled_at > $1 AND n.settled_at <= $2
"""


@dataclass(frozen=True)
class Window:
    """A stretch of time."""

    rate: float
    """Lifecycles a second."""
    cpu_ms: Mapping[str, float]
    """By process, for one lifecycle."""
    busy_cores: float


@dataclass(frozen=True)
class Measured:
    """A run."""

    windows: Sequence[Window]
    lives_ms: Sequence[float]
    """From a receipt to its closing notice."""
    requests_ms: dict[str, Sequence[float]]
    retries: int
    drained_s: float

    @property
    def processes(self) -> Sequence[str]:
        return list(self.windows[0].cpu_ms)


@dataclass(frozen=True)
class _Mark:
    at: datetime
    time: float
    cpu_s: Mapping[str, float]


async def measured(stack: Stack, *, clerks: int, windows: int, window_s: float, warm_up_s: float) -> Measured:
    """Load the platform for so long. Raises NotIdle if a backlog stays afterwards."""
    db = await asyncpg.connect(stack.owner)
    try:
        after = await stack.units()
        with load(stack.http, after, clerks) as child:
            pids = {**stack.pids, "load": child.pid}
            await asyncio.sleep(warm_up_s)
            marks = [await _mark(db, pids)]
            for _ in range(windows):
                marks.append(await _window_end(db, pids, marks[-1], window_s))
            said = await asyncio.to_thread(_ended, child)
        begin = time.monotonic()
        await asyncio.to_thread(stack.until_idle)
        drained_s = time.monotonic() - begin
        found = [await _window(db, *pair) for pair in itertools.pairwise(marks)]
        lives = [row[0] for row in await db.fetch(_LIVES, marks[0].at, marks[-1].at)]
    finally:
        await db.close()
    return Measured(found, lives, said["latencies_ms"], said["retries"], drained_s)


def load(http: str, after: str, clerks: int) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """The load generator."""
    return at_work("tests.bench.lifecycles_load", http, after, str(clerks))


def _ended(child: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Let it finish what was begun; what it says."""
    output, _ = child.communicate()
    said: dict[str, Any] = json.loads(output)
    return said


async def _mark(db: Any, pids: Mapping[str, int]) -> _Mark:
    return _Mark(await db.fetchval("SELECT clock_timestamp()"), time.monotonic(), cpu_s(pids))


async def _window_end(db: Any, pids: Mapping[str, int], begin: _Mark, window_s: float) -> _Mark:
    """So much later; a window too short for a single lifecycle is made longer."""
    async with asyncio.timeout(WINDOW_LIMIT_S):
        while True:
            await asyncio.sleep(window_s)
            end = await _mark(db, pids)
            if await db.fetchval(_ENDED, begin.at, end.at):
                return end


async def _window(db: Any, begin: _Mark, end: _Mark) -> Window:
    ended = await db.fetchval(_ENDED, begin.at, end.at)
    spent = {name: end.cpu_s[name] - begin.cpu_s[name] for name in end.cpu_s}
    lasted = end.time - begin.time
    return Window(
        rate=ended / lasted,
        cpu_ms={name: each * 1000 / max(1, ended) for name, each in spent.items()},
        busy_cores=sum(spent.values()) / lasted,
    )
