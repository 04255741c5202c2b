"""What the stages of a pipeline share, each in a process of its own: how they are fed, and how late events come out.

A stage is `python -m MODULE ROLE JSON`. It works until its standard input ends and then prints one line of JSON. The
last one says `ready` before.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from array import array
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.bench.rows import percentile

ROOT = Path(__file__).resolve().parents[2]
END_LIMIT_S = 60.0

WRITERS = 256
"""Appends in flight where a stage is to append as fast as it can."""

OUTSTANDING = 8_192
"""Events on their way where the last stage is the slowest: then the first one waits. Half a second's worth."""

LOOK_S = 0.02
STEP_S = 0.005
"""Between two groups of appends where so many a second are wanted: waking up for each costs more than appending it,
and uvloop does not sleep at all for less than half a millisecond. The wait of those due in between is counted."""
EARLY_S = 0.001
"""Whoever was woken a little before the next one is due sleeps so much longer: uvloop's clock ticks no finer."""


def stage(
    module: str, role: str, settings: Mapping[str, Any]
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """One stage at work."""
    return at_work(module, role, json.dumps(settings))


@contextmanager
def at_work(module: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program that works until its input ends; killed with the block if it was not ended before."""
    child = subprocess.Popen(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


async def ended(child: subprocess.Popen[bytes]) -> dict[str, Any]:
    """End the stage; what it says."""
    output, _ = await asyncio.to_thread(child.communicate, None, END_LIMIT_S)
    said: dict[str, Any] = json.loads(output.splitlines()[-1])
    return said


async def until_ready(child: subprocess.Popen[bytes]) -> None:
    """Until the stage has said its first line: it is connected."""
    assert child.stdout is not None
    assert await asyncio.to_thread(child.stdout.readline), "the stage ended before it was ready"


def ready() -> None:
    """Say so."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()


async def until_input_ends() -> None:
    """Return when whoever started this stage ends it."""
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


def say(since_s: float, **said: Any) -> None:
    """The one line; with it what the stage cost since its CPU time was `since_s`."""
    sys.stdout.write(json.dumps(said | {"cpu_s": time.process_time() - since_s}) + "\n")


class Delays:
    """From when an event was due to be appended to the commit of what it led to at the other end.

    Those sent in the first `skip_s` are left out: connections, caches and plans are being made then.
    """

    def __init__(self, skip_s: float) -> None:
        self._skip = timedelta(seconds=skip_s)
        self._from: datetime | None = None
        self.skipped = 0
        self._pending: list[datetime] = []
        self._ms = array("f")

    def seen(self, sent_at: datetime) -> None:
        """In a transaction that has still to commit."""
        self._pending.append(sent_at)

    def committed(self) -> None:
        """What was seen since the last time is durable now."""
        now = datetime.now(UTC)
        if self._from is None and self._pending:
            self._from = min(self._pending) + self._skip
        counted = [sent for sent in self._pending if self._from is not None and sent >= self._from]
        self._ms.extend([(now - sent).total_seconds() * 1000 for sent in counted])
        self.skipped += len(self._pending) - len(counted)
        self._pending.clear()

    def failed(self) -> None:
        """What was seen since the last time comes again."""
        self._pending.clear()

    def summary(self) -> dict[str, float]:
        """How many came out, and p50 and p99 of those that count."""
        times = list(self._ms)
        if not times:
            return {"count": self.skipped, "p50_ms": 0.0, "p99_ms": 0.0}
        return {
            "count": len(times) + self.skipped,
            "p50_ms": percentile(times, 50),
            "p99_ms": percentile(times, 99),
        }


class Feeding:
    """Appends one event after another: so many a second, or as many as come out at the other end.

    `append` is given the number of the event, from 1, and when it was due.
    """

    def __init__(
        self,
        append: Callable[[int, datetime], Coroutine[Any, Any, None]],
        came_out: Callable[[], Awaitable[int]],
    ) -> None:
        self._append = append
        self._came_out = came_out
        self._out = 0
        self.sent = 0
        self._stopping = False

    async def run(self, rate: float, stop: asyncio.Task[None]) -> None:
        """Until `stop` is done; rate 0 is as fast as possible."""
        work = self._at(rate) if rate else self._as_fast_as_possible()
        feeding = asyncio.create_task(work)
        await asyncio.wait({feeding, stop}, return_when=asyncio.FIRST_COMPLETED)
        self._stopping = True
        await feeding

    async def _at(self, rate: float) -> None:
        """On a schedule that waits for nobody: what is late is sent late, and counts from when it was due."""
        begin, began_at = time.perf_counter(), datetime.now(UTC)
        tasks: set[asyncio.Task[None]] = set()
        while not self._stopping:
            count = 1 + int((time.perf_counter() - begin) * rate) - self.sent
            for _ in range(count):
                due = began_at + timedelta(seconds=self.sent / rate)
                self.sent += 1
                task = asyncio.create_task(self._append(self.sent, due))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
            next_s = self.sent / rate - (time.perf_counter() - begin)
            await asyncio.sleep(max(STEP_S if count else EARLY_S, next_s))
        await asyncio.gather(*tasks)

    async def _as_fast_as_possible(self) -> None:
        looking = asyncio.create_task(self._look())
        await asyncio.gather(*(self._writer() for _ in range(WRITERS)))
        looking.cancel()
        await asyncio.wait({looking})

    async def _writer(self) -> None:
        while not self._stopping:
            if self.sent - self._out >= OUTSTANDING:
                await asyncio.sleep(STEP_S)
                continue
            self.sent += 1
            await self._append(self.sent, datetime.now(UTC))

    async def _look(self) -> None:
        while True:
            self._out = await self._came_out()
            await asyncio.sleep(LOOK_S)
