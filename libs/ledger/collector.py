"""Group commit: appends that wait at the same moment share one call and one fsync.

The collector takes what is waiting, up to the limits of a call, and never waits for more. One call is under
way at a time. Whatever goes wrong with one append is told to its own caller only.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from ledger.batch import NOTHING_WRITTEN, Fate, Outcome, Prepared, check_size, error_for
from ledger.limits import (
    CALL_COST_S,
    FIRST_PAUSE_S,
    LONGEST_PAUSE_S,
    MAX_CALL_BYTES,
    MAX_CALL_LINES,
    MAX_WAITING,
    RETRY_FOR_S,
    SMALLEST_SHARE,
    STALE_LIMIT,
    STALE_PAUSE_S,
)
from ledger.lines import Append, Appended, LedgerUnavailable, NewLine, Refused
from ledger.store import Lost, Rejected, Store, Unusable

T = TypeVar("T")

NO_CLAIMS: Mapping[str, int] = {}


class Entry(Prepared):
    """One waiting append."""

    __slots__ = ("append", "doubts", "future", "size", "stale")

    def __init__(self, append: Append, size: int, future: asyncio.Future[Appended]) -> None:
        self.lines = append.lines
        self.idempotency = append.idempotency
        self.claims: Mapping[str, int] = NO_CLAIMS
        self.intents = append.intents
        self.append = append
        self.size = size
        self.future = future
        self.stale = 0
        self.doubts: list[Sequence[NewLine]] = []  # Versions of its lines whose call was lost on the way.


Reply = tuple[Entry, Appended | BaseException]


def tell(replies: Iterable[Reply]) -> None:
    """Answer those who still wait."""
    for entry, reply in replies:
        if entry.future.done():
            continue
        if isinstance(reply, Appended):
            entry.future.set_result(reply)
        else:
            entry.future.set_exception(reply)


class Collector:
    """Shares calls among the appends of one process. `written` is told the last position of each call."""

    def __init__(
        self,
        store: Store,
        written: Callable[[int], None] = lambda _: None,
        *,
        retry_for_s: float = RETRY_FOR_S,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._store = store
        self._written = written
        self._retry_for_s = retry_for_s
        self._timer = timer
        self._queue: deque[Entry] = deque()
        self._inside = 0
        self._outside: deque[asyncio.Future[None]] = deque()
        self._serials: dict[str, int] = {}  # As last seen; a wrong guess is told as stale and corrected.
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = 0  # So many were answered last, and when; when one last came; what each takes to come.
        self._told_at = self._came_at = self._return_s = 0.0

    async def append(self, append: Append) -> Appended:
        """As Ledger.append."""
        size = check_size(append.lines, append.intents if append.build is None else ())
        if not append.lines and append.build is None:
            return NOTHING_WRITTEN
        if self._inside >= MAX_WAITING:
            await self._room()
        self._inside += 1
        try:
            if self._loop is None:  # Asked once: it costs a system call.
                self._loop = asyncio.get_running_loop()
            entry = Entry(append, size, self._loop.create_future())
            self._enqueue(entry)
            self._came_at = self._timer()
            return await entry.future
        finally:
            self._inside -= 1
            self._let_in()

    async def _room(self) -> None:
        """Wait outside until somebody inside is served."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._outside.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self._let_in()
            raise

    def _let_in(self) -> None:
        while self._outside:
            turn = self._outside.popleft()
            if not turn.done():
                turn.set_result(None)
                return

    def _enqueue(self, *entries: Entry) -> None:
        self._queue.extend(entries)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._drain())

    async def _drain(self) -> None:
        """Until nobody waits. Ends by itself, so there is nothing to close."""
        group: Sequence[Entry] = ()
        replies: Sequence[Reply] = ()
        loop = asyncio.get_running_loop()
        try:
            while self._queue or replies:
                self._learn()
                if replies and not self._in_halves():
                    self._tell(replies)
                    replies = ()
                    await asyncio.sleep(0)  # One turn of the loop: those just answered may ask again.
                group = self._take()
                # In halves, the next call is sent before those of the last one are answered: they are, and ask
                # again, while the database works.
                loop.call_soon(self._tell, replies)
                replies = await self._settle(group) if group else await asyncio.sleep(0, ())
        except BaseException as error:
            stopped = LedgerUnavailable(f"the collector was stopped: {error!r}")
            tell([(entry, stopped) for entry in (*group, *self._queue)])
            self._queue.clear()
            if not isinstance(error, Exception):
                raise
        finally:
            self._task = None

    def _tell(self, replies: Sequence[Reply]) -> None:
        if replies:
            self._told, self._told_at = len(replies), self._timer()
            tell(replies)

    def _learn(self) -> None:
        """What callers take from an answer to their next append. Who rests longer than a call takes is not slow."""
        if self._told and self._came_at > self._told_at:
            took_s = min(CALL_COST_S, (self._came_at - self._told_at) / self._told)
            self._return_s += (took_s - self._return_s) / 8

    def _in_halves(self) -> bool:
        """Whether half of the callers take longer for it than a call more: one half prepares, one is written."""
        return self._inside // 2 * self._return_s > CALL_COST_S

    def _take(self) -> list[Entry]:
        """Waiting appends that fit into one call, with register numbers given out in their order."""
        group: list[Entry] = []
        given: dict[str, int] = {}
        lines = size = 0
        queue = self._queue
        share = max(SMALLEST_SHARE, self._inside // 2) if self._in_halves() else MAX_CALL_LINES
        while queue and len(group) < share:
            entry = queue[0]
            wanted = self._build(entry, given) if not entry.future.done() else None
            if wanted is None:
                queue.popleft()
                continue
            lines += len(entry.lines)
            size += entry.size
            if group and (lines > MAX_CALL_LINES or size > MAX_CALL_BYTES):
                break
            if wanted:
                given |= wanted
            group.append(queue.popleft())
        return group

    def _build(self, entry: Entry, given: Mapping[str, int]) -> Mapping[str, int] | None:
        """The serials an append claims, its lines built with them; None if it is answered already."""
        append = entry.append
        if append.build is None and not append.registers:
            return NO_CLAIMS
        claims = {name: given.get(name, self._serials.get(name, 0)) + 1 for name in append.registers}
        try:
            lines = append.build(claims) if append.build is not None else append.lines
            entry.size = check_size(lines, append.intents if lines else ())
        except Exception as error:  # What the builder refuses is told to its caller, as it is.
            tell([(entry, error)])
            return None
        if not lines:
            tell([(entry, NOTHING_WRITTEN)])
            return None
        entry.lines, entry.claims = lines, claims
        return claims

    async def _settle(self, group: Sequence[Entry]) -> list[Reply]:
        """What to tell each entry of the group; those with an old register number are back in the queue."""
        try:
            answer = await self._persist(group, partial(self._store.write, group))
        except Rejected as error:
            if len(group) == 1:
                return [(group[0], Refused(str(error)))]
            half = len(group) // 2
            return await self._settle(group[:half]) + await self._settle(group[half:])
        except (Lost, Unusable) as error:
            return self._give_up(group, error)
        self._serials.update(answer.serials)
        replies: list[Reply] = []
        stale: list[Entry] = []
        last = 0
        for entry, outcome in zip(group, answer.outcomes, strict=True):
            if isinstance(outcome, Appended):
                last = max(last, outcome.first_position + outcome.count - 1)
                doubtful = bool(entry.doubts) and outcome.replayed
                replies.append((entry, await self._resolve_doubt(entry, outcome) if doubtful else outcome))
            elif outcome is Fate.STALE and entry.stale < STALE_LIMIT:
                stale.append(entry)
            elif outcome is Fate.CONFLICT and entry.doubts:
                replies.append((entry, await self._resolve_doubt(entry, outcome)))
            else:
                replies.append((entry, error_for(outcome, entry)))
        if last:
            self._written(last)
        self._again(stale)
        return replies

    def _again(self, stale: Sequence[Entry]) -> None:
        """Back to the front, in order. Who was late twice waits a moment, for the other replica's sake."""
        for entry in reversed(stale):
            entry.stale += 1
            if entry.stale > 2:
                pause = random.uniform(0, STALE_PAUSE_S)
                asyncio.get_running_loop().call_later(pause, self._enqueue, entry)
            else:
                self._queue.appendleft(entry)

    async def _resolve_doubt(self, entry: Entry, outcome: Outcome) -> Appended | BaseException:
        """A conflict after a lost call may be with ourselves: the lines themselves tell."""
        try:
            for lines in entry.doubts:
                found = await self._persist([entry], partial(self._store.find, lines))
                if found is not None:
                    self._written(found.first_position + found.count - 1)
                    return found
        except (Lost, Unusable, Rejected) as error:
            return LedgerUnavailable(f"not known whether it was written: {error}")
        return outcome if isinstance(outcome, Appended) else error_for(outcome, entry)

    async def _persist(self, group: Sequence[Entry], call: Callable[[], Awaitable[T]]) -> T:
        """Repeat a call while the database is away, for a bounded time. The same lines are sent again: if the
        lost call was carried out after all, they conflict with themselves, and `find` tells."""
        loop = asyncio.get_running_loop()
        pause, until = FIRST_PAUSE_S, 0.0
        while True:
            try:
                return await call()
            except Lost as error:
                if error.sent:
                    for entry in group:
                        if not any(lines is entry.lines for lines in entry.doubts):
                            entry.doubts.append(entry.lines)
                until = until or loop.time() + self._retry_for_s
                if loop.time() + pause > until:
                    raise
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, LONGEST_PAUSE_S)

    def _give_up(self, group: Sequence[Entry], error: Exception) -> list[Reply]:
        """Tell everybody, those in the queue too: they waited as long, and nothing of theirs was sent."""
        entries = [*group, *self._queue]
        self._queue.clear()
        return [
            (
                entry,
                LedgerUnavailable(
                    f"{'not known whether it was' if entry.doubts else 'not'} written: {error}"
                ),
            )
            for entry in entries
        ]
