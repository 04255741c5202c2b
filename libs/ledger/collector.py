"""Group commit: appends that wait at the same moment share one call and one fsync.

The collector takes what is waiting, up to the limits of a call, and never waits for more. One call is under
way at a time. Whatever goes wrong with one append is told to its own caller only.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from ledger.batch import NOTHING_WRITTEN, Answer, Fate, Outcome, Prepared, check_size, error_for
from ledger.limits import (
    FIRST_PAUSE_S,
    LONGEST_PAUSE_S,
    MAX_CALL_BYTES,
    MAX_CALL_LINES,
    MAX_WAITING,
    RETRY_FOR_S,
    STALE_LIMIT,
    STALE_PAUSE_S,
)
from ledger.lines import Append, Appended, LedgerUnavailable, NewLine, Refused

T = TypeVar("T")


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


class Entry:
    """One waiting append."""

    __slots__ = ("append", "doubts", "future", "prepared", "size", "stale")

    def __init__(self, append: Append, size: int, future: asyncio.Future[Appended]) -> None:
        self.append = append
        self.size = size
        self.future = future
        self.stale = 0
        self.doubts: list[Sequence[NewLine]] = []  # Versions of its lines whose call was lost on the way.
        self.prepared = Prepared(append.lines, append.idempotency, {}, append.intents)

    def answer(self, appended: Appended) -> None:
        if not self.future.done():
            self.future.set_result(appended)

    def fail(self, error: BaseException) -> None:
        if not self.future.done():
            self.future.set_exception(error)


class Collector:
    """Shares calls among the appends of one process. `written` is told the last position of each call."""

    def __init__(
        self,
        store: Store,
        written: Callable[[int], None] = lambda _: None,
        *,
        retry_for_s: float = RETRY_FOR_S,
    ) -> None:
        self._store = store
        self._written = written
        self._retry_for_s = retry_for_s
        self._queue: deque[Entry] = deque()
        self._room = asyncio.Semaphore(MAX_WAITING)
        self._serials: dict[str, int] = {}  # As last seen; a wrong guess is told as stale and corrected.
        self._task: asyncio.Task[None] | None = None

    async def append(self, append: Append) -> Appended:
        """As Ledger.append."""
        size = check_size(append.lines, append.intents if append.build is None else ())
        if not append.lines and append.build is None:
            return NOTHING_WRITTEN
        async with self._room:
            loop = asyncio.get_running_loop()
            entry = Entry(append, size, loop.create_future())
            self._queue.append(entry)
            if self._task is None:
                self._task = loop.create_task(self._drain())
            return await entry.future

    async def _drain(self) -> None:
        """Until nobody waits. Ends by itself, so there is nothing to close."""
        group: Sequence[Entry] = ()
        try:
            while group := self._take():
                await self._settle(group)
                await asyncio.sleep(0)  # One turn of the loop: those just answered may ask again.
        except BaseException as error:
            for entry in (*group, *self._queue):
                entry.fail(LedgerUnavailable(f"the collector was stopped: {error!r}"))
            self._queue.clear()
            if not isinstance(error, Exception):
                raise
        finally:
            self._task = None

    def _take(self) -> list[Entry]:
        """The waiting appends that fit into one call, with register numbers given out in their order."""
        group: list[Entry] = []
        given: dict[str, int] = {}
        lines = size = 0
        while self._queue:
            entry = self._queue[0]
            wanted = self._build(entry, given) if not entry.future.done() else None
            if wanted is None:
                self._queue.popleft()
                continue
            lines += len(entry.prepared.lines)
            size += entry.size
            if group and (lines > MAX_CALL_LINES or size > MAX_CALL_BYTES):
                break
            given |= wanted
            group.append(self._queue.popleft())
        return group

    def _build(self, entry: Entry, given: dict[str, int]) -> dict[str, int] | None:
        """The serials an append claims, its lines built with them; None if it is answered already."""
        append = entry.append
        if append.build is None and not append.registers:
            return {}
        claims = {name: given.get(name, self._serials.get(name, 0)) + 1 for name in append.registers}
        try:
            lines = append.build(claims) if append.build is not None else append.lines
            entry.size = check_size(lines, append.intents if lines else ())
        except Exception as error:  # What the builder refuses is told to its caller, as it is.
            entry.fail(error)
            return None
        if not lines:
            entry.answer(NOTHING_WRITTEN)
            return None
        entry.prepared = Prepared(lines, append.idempotency, claims, append.intents)
        return claims

    async def _settle(self, group: Sequence[Entry]) -> None:
        """Every entry of the group is answered, told why not, or back in the queue with a newer number."""
        try:
            answer = await self._persist(group, lambda: self._store.write([e.prepared for e in group]))
        except Rejected as error:
            if len(group) == 1:
                group[0].fail(Refused(str(error)))
                return
            half = len(group) // 2
            await self._settle(group[:half])
            await self._settle(group[half:])
            return
        except (Lost, Unusable) as error:
            self._give_up(group, error)
            return
        self._serials.update(answer.serials)
        stale: list[Entry] = []
        last = 0
        for entry, outcome in zip(group, answer.outcomes, strict=True):
            if outcome.fate is Fate.STALE and entry.stale < STALE_LIMIT:
                entry.stale += 1
                stale.append(entry)
            elif entry.doubts and outcome.fate in (Fate.CONFLICT, Fate.REPLAYED):
                await self._resolve_doubt(entry, outcome)
            elif outcome.appended is not None:
                entry.answer(outcome.appended)
                last = max(last, outcome.appended.first_position + outcome.appended.count - 1)
            else:
                entry.fail(error_for(outcome.fate, entry.prepared))
        if last:
            self._written(last)
        await self._again(stale)

    async def _again(self, stale: Sequence[Entry]) -> None:
        """Back to the front, in order; with a pause when it happened before, for the other replica's sake."""
        self._queue.extendleft(reversed(stale))
        if any(entry.stale > 1 for entry in stale):
            await asyncio.sleep(random.uniform(0, STALE_PAUSE_S))

    async def _resolve_doubt(self, entry: Entry, outcome: Outcome) -> None:
        """A conflict after a lost call may be with ourselves: the lines themselves tell."""
        try:
            for lines in entry.doubts:
                found = await self._persist([entry], partial(self._store.find, lines))
                if found is not None:
                    entry.answer(found)
                    self._written(found.first_position + found.count - 1)
                    return
        except (Lost, Unusable, Rejected) as error:
            entry.fail(LedgerUnavailable(f"not known whether it was written: {error}"))
            return
        if outcome.appended is not None:
            entry.answer(outcome.appended)
        else:
            entry.fail(error_for(outcome.fate, entry.prepared))

    async def _persist(self, group: Sequence[Entry], call: Callable[[], Awaitable[T]]) -> T:
        """Repeat a call while the database is away, for a bounded time. The same lines are sent again: if the
        lost call was carried out after all, they conflict with themselves, and `find` tells."""
        loop = asyncio.get_running_loop()
        pause, until = FIRST_PAUSE_S, loop.time() + self._retry_for_s
        while True:
            try:
                return await call()
            except Lost as error:
                if error.sent:
                    for entry in group:
                        if not any(lines is entry.prepared.lines for lines in entry.doubts):
                            entry.doubts.append(entry.prepared.lines)
                if loop.time() + pause > until:
                    raise
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, LONGEST_PAUSE_S)

    def _give_up(self, group: Sequence[Entry], error: Exception) -> None:
        """Tell everybody, those in the queue too: they have waited as long, and nothing of theirs was sent."""
        for entry in group:
            told = "not known whether it was written" if entry.doubts else "not written"
            entry.fail(LedgerUnavailable(f"{told}: {error}"))
        while self._queue:
            entry = self._queue.popleft()
            told = "not known whether it was written" if entry.doubts else "not written"
            entry.fail(LedgerUnavailable(f"{told}: {error}"))
