"""One service following one source: every event of its ledger, once, in order, whatever the bus brings.

The position is compare-and-set in the effect's transaction. What is at or below it is done; what continues it and
its hash chain is applied; what does not is never skipped and never believed: the source's feed is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bus.backoff import Backoff, Transient, reason
from bus.delivery import HASH_BYTES, Delivery, Reader
from bus.effect import REACT_LIMIT_S, ConsumerState, Effects, Record, record_nothing
from bus.feed import Feed, FeedPage
from bus.incoming import Item, React, Telemetry
from bus.parking import Parking
from bus.progress import Progress
from huiyin.chain import link
from ledger.lines import InboxMoved
from ledger.ports import Ledger

PAGE = 256
"""Lines of one feed page: as many as a batch from the bus, one transaction."""

GRACE_S = 0.25
"""A gap may be a batch in another replica's hands: so long its position may still come."""
GRACE_STEP_S = 0.01

WATCH_EVERY_S = 5.0
"""An idle consumer asks the source so often whether anything was missed; a durable that says "nothing pending"
is not believed (tried: one on a damaged replica said so with 2,000 events missing)."""

T = TypeVar("T")


class SourceBehind(Transient):
    """The source's ledger ends before our position: it lost lines that we have already applied."""


class Consumer:
    """Follows `source` for `service`. Causes in the sources it `follows` are waited for; of the types of events that
    it `ignores` nothing would follow, and `react` is not shown them."""

    def __init__(
        self,
        service: str,
        source: str,
        *,
        ledger: Ledger,
        reader: Reader,
        feed: Feed,
        react: React,
        parking: Parking,
        now: Callable[[], datetime],
        follows: Collection[str] = (),
        ignores: Collection[str] = (),
        progress: Progress | None = None,
        record: Record = record_nothing,
        telemetry: Telemetry | None = None,
        on_missing: Callable[[str, int], None] | None = None,
        react_limit_s: float = REACT_LIMIT_S,
        watch_every_s: float = WATCH_EVERY_S,
        grace_s: float = GRACE_S,
    ) -> None:
        self._source = source
        self._ledger = ledger
        self._reader = reader
        self._feed = feed
        self._parking = parking
        self._telemetry = telemetry
        self._follows = frozenset(follows) - {service, source}
        self._ignores = frozenset(ignores)
        self._progress = progress or Progress()
        self._on_missing = on_missing
        self._watch_every_s = watch_every_s
        self._grace_s = grace_s
        self._state = state = ConsumerState(service, source)
        self._effects = Effects(source, ledger, react, parking, state, now, record, react_limit_s)
        self._hash: bytes | None = None
        self._known = False
        self._turn = asyncio.Lock()

    def state(self) -> ConsumerState:
        """A snapshot."""
        return replace(self._state, trouble=self._reader.trouble)

    @property
    def parked(self) -> int:
        """How many events of the service wait, as far as this process knows."""
        return self._state.parked

    def resume(self) -> None:
        """After a stop: an operator looked, and says go on."""
        self._effects.resume()

    async def run(self) -> None:
        """Until cancelled. Raises ReaderRefused if the declared durable is not there."""
        watch = asyncio.create_task(self._watch())
        try:
            await self._start()
            await self._reader.run(self.handle)
        finally:
            watch.cancel()

    async def handle(self, deliveries: Sequence[Delivery]) -> None:
        """Return once every event among them has been dealt with, in this process or another one."""
        async with self._turn:
            await self._work_off(sorted(deliveries, key=lambda each: each.position))

    async def _start(self) -> None:
        """What the bus cannot bring any more is read from the feed, before the first request."""
        async with self._turn:
            await self._locate()
            self._state.parked = await self._persist(self._parking.count)
            head = (await self._page(1)).head
            owed = await self._reader.owed()
            if owed is not None and head - self._state.position > owed:
                await self._fill(head)

    async def _work_off(self, queue: list[Delivery]) -> None:
        if not self._known:
            await self._locate()
        self._effects.begin_batch(len(queue))
        asked = shared = False
        while queue := [each for each in queue if each.position > self._state.position]:
            if run := self._verified(queue):
                await self._apply(run)
            elif asked:
                # The feed, which is the source's own word, knows no such line: the stream will be rebuilt.
                self._state.rejected += len(queue)
                return
            elif not shared and await self._came_by_itself(queue[0].position - 1):
                shared = True
            else:
                # Where two replicas share a durable, the server deals its messages out one by one. Whoever
                # notices takes the whole row from the feed; the other one finds it done.
                upto = queue[-1 if shared else 0].position
                asked = await self._fill(upto, missing=not shared) < queue[0].position

    def _verified(self, queue: Sequence[Delivery]) -> list[Delivery]:
        """The longest beginning that continues the position and the chain. Duplicates are passed over."""
        run: list[Delivery] = []
        position, digest = self._state.position, self._hash
        for each in queue:
            if each.position == position and run:
                continue
            if each.position != position + 1 or len(each.hash) != HASH_BYTES:
                break
            if digest is not None and link(digest, each.position, each.bytes) != each.hash:
                break
            position, digest = each.position, each.hash
            run.append(each)
        return run

    async def _apply(self, run: Sequence[Delivery]) -> None:
        """In one transaction, except where an event has to wait for its cause."""
        self._seen(run[-1].position)
        items = [Item(self._source, each, self._telemetry, self._ignores) for each in run]
        begin = 0
        try:
            for number, item in enumerate(items):
                if item.cause is None or self._is_reached(*item.cause):
                    continue
                if not await self._commit(items[begin:number]):
                    return
                begin = number
                await self._wait_for(*item.cause)
            await self._commit(items[begin:])
        finally:
            for item in items:
                item.close(InboxMoved("not applied here"))

    async def _commit(self, items: Sequence[Item]) -> bool:
        """False if another process moved the position: it is looked up again, and nothing was done here."""
        if not items:
            return True
        try:
            await self._effects.apply(items)
        except InboxMoved:
            await self._locate()
            return False
        last = items[-1].delivery
        self._state.position, self._hash = last.position, last.hash
        self._progress.moved(self._source, last.position)
        return True

    def _is_reached(self, service: str, position: int) -> bool:
        return service not in self._follows or self._progress.reached(service, position)

    async def _wait_for(self, service: str, position: int) -> None:
        self._state.held_by = f"{service}@{position}"
        await self._persist(lambda: self._progress.until(service, position, self._ledger.position_of))
        self._state.held_by = None

    async def _came_by_itself(self, position: int) -> bool:
        """Whether another replica closes a gap within the grace period."""
        if position <= self._state.position:
            return False
        waited = 0.0
        while waited < self._grace_s:
            if await self._ledger.position_of(self._source) != self._state.position:
                await self._locate()
                return True
            await asyncio.sleep(GRACE_STEP_S)
            waited += GRACE_STEP_S
        return False

    async def _fill(self, upto: int, *, missing: bool = False) -> int:
        """Apply the feed's lines up to and including `upto`; the answer is how far they went."""
        while self._state.position < upto:
            before = self._state.position
            page = await self._page(min(PAGE, upto - before))
            if self._hash is not None and page.after_hash not in (None, self._hash):
                why = f"{self._source} has another line {before} than the one that was applied here"
                await self._effects.stand_still(why)
                await self._locate()
                return self._state.position
            run = self._verified([Delivery(line.position, line.bytes, line.hash) for line in page.lines])
            if not run:
                return self._state.position
            if missing:
                self._missing(len(run))
            await self._apply(run)
        return self._state.position

    def _missing(self, count: int) -> None:
        self._state.events_missing += count
        if self._on_missing is not None:
            self._on_missing(self._source, count)

    async def _page(self, limit: int) -> FeedPage:
        page = await self._persist(lambda: self._feed.page(self._state.position, limit))
        self._seen(page.head)
        return page

    async def _locate(self) -> None:
        """Where the position is, and the hash there, in the source's own words."""

        async def anchor() -> tuple[int, bytes | None]:
            position = await self._ledger.position_of(self._source)
            page = await self._feed.page(position, 1)
            self._seen(page.head)
            if page.after_hash is None and position > 0:
                raise SourceBehind(f"{self._source} ends at {page.head}, and we have applied {position}")
            return position, page.after_hash

        self._state.position, self._hash = await self._persist(anchor)
        self._known = True
        self._progress.moved(self._source, self._state.position)

    async def _persist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask until there is an answer; meanwhile the state tells what is wrong."""
        backoff = Backoff()
        while True:
            try:
                return await ask()
            except Exception as error:
                self._state.last_error = reason(error)
                self._state.retries += 1
                await backoff.pause()

    def _seen(self, position: int) -> None:
        self._state.head_seen = max(self._state.head_seen, position)

    async def _watch(self) -> None:
        """Notice what nobody brings: lines that the source has and the bus keeps to itself."""
        idle_at = None
        while True:
            await asyncio.sleep(self._watch_every_s)
            try:
                idle_at = await self._look(idle_at)
            except Exception as error:
                idle_at = None
                self._state.last_error = reason(error)

    async def _look(self, idle_at: int | None) -> int | None:
        """The position at which events are outstanding; if it was so at the last look too, fetch them."""
        self._state.parked = await self._parking.count()
        if self._turn.locked():
            return None
        position = await self._ledger.position_of(self._source)
        head = (await self._feed.page(position, 1)).head
        self._seen(head)
        if self._turn.locked():
            return None
        if position > self._state.position:  # Another replica's work, of which nobody here was told.
            async with self._turn:
                await self._locate()
        if head <= position:
            return None
        if position == idle_at:
            async with self._turn:
                await self._locate()
                await self._fill(head, missing=True)
            return None
        return position
