"""The effect of a run of events, exactly once: one transaction, tried again, taken apart, or parked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bus.backoff import Backoff, is_transient, reason
from bus.incoming import Item, React
from bus.parking import MOST_OF_A_BATCH, MOST_PARKED, RATIO_BATCH, Lot, Parked, Parking, Retried, Skipped
from ledger.lines import Append, InboxMove, InboxMoved
from ledger.ports import Ledger, Session

REACT_LIMIT_S = 20.0
"""Of one transaction. The database ends a session that idles inside one after 2 s; this ends what hangs elsewhere."""

HANGS = 3
"""So often a slow machine is believed. Then the reaction itself hangs, and the culprit is looked for."""

Record = Callable[[Session, Parked | Retried | Skipped], Awaitable[Sequence[Append]]]
"""The appends that record what happened to a parked event, in the transaction in which it happens."""


async def record_nothing(_session: Session, _fact: Parked | Retried | Skipped) -> Sequence[Append]:
    """For services that keep no record of operations, and for tests."""
    return ()


@dataclass(slots=True)
class ConsumerState:
    """What an operator sees of a consumer. A snapshot; counts are of this process unless said otherwise."""

    service: str
    source: str
    position: int = 0
    """Applied up to here, durably."""
    head_seen: int = 0
    """The highest position of the source that was heard of."""
    applied: int = 0
    parked: int = 0
    """Waiting now, over all sources of the service."""
    events_missing: int = 0
    """Events the bus should have brought and did not: fetched from the feed."""
    rejected: int = 0
    """Messages on the bus that are not lines of the source's ledger."""
    retries: int = 0
    last_error: str | None = None
    held_by: str | None = None
    """The cause that an event is waiting for, as service@position."""
    stopped: str | None = None
    """Why the consumer stands still until an operator acts; None while it runs."""
    trouble: str | None = None
    """What the reader is waiting for."""

    @property
    def lag(self) -> int:
        """Events recorded by the source and not yet applied, as far as is known."""
        return max(0, self.head_seen - self.position)


class Stop(Exception):
    """Going on would park too much. Nothing of this transaction was kept."""


@dataclass(slots=True)
class Effects:
    """Applies verified runs of one source to one service."""

    source: str
    ledger: Ledger
    react: React
    parking: Parking
    state: ConsumerState
    now: Callable[[], datetime]
    record: Record = record_nothing
    react_limit_s: float = REACT_LIMIT_S
    _resumed: asyncio.Event = field(default_factory=asyncio.Event)
    _batch: int = 0
    _poisons: int = 0

    def begin_batch(self, size: int) -> None:
        """What follows belongs to one batch of so many events: the share of poison is counted in it."""
        self._batch, self._poisons = size, 0

    def resume(self) -> None:
        """An operator says: go on. Counting begins anew."""
        self._poisons = 0
        self._resumed.set()

    async def apply(self, items: Sequence[Item]) -> None:
        """Apply them, or park what cannot be applied; the position has then moved past the last of them.

        They follow the position without a gap. Raises InboxMoved if someone else moved it: nothing of the
        transaction in question was kept; ask where the position is now.
        """
        try:
            await self._settle(items)
        except BaseException as error:
            for item in items:
                item.close(error)
            raise

    async def _settle(self, items: Sequence[Item]) -> None:
        error = await self._attempt(items)
        if error is None:
            self.state.applied += len(items)
            for item in items:
                item.close(None)
        elif len(items) == 1:
            await self._park(items[0], error)
            items[0].close(error)
        else:
            middle = len(items) // 2
            await self._settle(items[:middle])
            await self._settle(items[middle:])

    async def _attempt(self, items: Sequence[Item]) -> Exception | None:
        """None when committed; the error when it is the events' own. Everything else is tried again for ever."""
        backoff, hangs = Backoff(), 0
        while True:
            if len(items) > 1 and (undecodable := next((item.error for item in items if item.error), None)):
                return undecodable
            limit = asyncio.timeout(self.react_limit_s)
            try:
                async with limit:
                    await self._transaction(items)
            except InboxMoved:
                raise
            except Stop as stop:
                await self.stand_still(str(stop))
            except Exception as error:
                hangs += limit.expired()
                self.state.last_error = reason(error)
                if hangs >= HANGS or not is_transient(error):
                    return error
                self.state.retries += 1
                await backoff.pause()
            else:
                return None

    async def _transaction(self, items: Sequence[Item]) -> None:
        """What is ignored neither waits nor blocks: past it only the position moves, in a statement by itself."""
        first, last = items[0].delivery.position, items[-1].delivery.position
        heeded = [item for item in items if not item.ignored]
        async with self.ledger.session(begun=False) as session, self.parking.within(session) as lot:
            appends = await self._reaction(session, lot, heeded) if heeded else ()
            await session.append(appends, InboxMove(self.source, first - 1, last))

    async def _reaction(self, session: Session, lot: Lot, items: Sequence[Item]) -> Sequence[Append]:
        blocked = await lot.blocked({item.key for item in items})
        if waiting := [item for item in items if item.key in blocked]:
            await self._let_wait(lot, waiting)
        incoming = [item.decoded() for item in items if item.key not in blocked]
        return await self.react(session, incoming) if incoming else ()

    async def _let_wait(self, lot: Lot, items: Sequence[Item]) -> None:
        if await lot.count() + len(items) > MOST_PARKED:
            raise Stop(f"more than {MOST_PARKED} events are parked")
        await lot.park([self._parked(item, None) for item in items])

    async def _park(self, item: Item, error: Exception) -> None:
        """Park a poison event and move on, whatever it takes: it is never dropped, and never forgotten."""
        backoff = Backoff()
        position = item.delivery.position
        self._poisons += 1
        while True:
            if self._batch >= RATIO_BATCH and self._poisons > self._batch * MOST_OF_A_BATCH:
                await self.stand_still(f"{self._poisons} of {self._batch} events in one batch failed")
            try:
                async with self.ledger.session() as session, self.parking.within(session) as lot:
                    if await lot.count() >= MOST_PARKED:
                        raise Stop(f"more than {MOST_PARKED} events are parked")
                    await lot.blocked({item.key})
                    parked = self._parked(item, error)
                    await lot.park([parked])
                    appends = await self.record(session, parked)
                    await session.append(appends, InboxMove(self.source, position - 1, position))
            except InboxMoved:
                raise
            except Stop as stop:
                await self.stand_still(str(stop))
            except Exception as trouble:
                self.state.last_error = f"cannot park {position}: {reason(trouble)}"
                self.state.retries += 1
                await backoff.pause()
            else:
                self.state.parked += 1
                return

    def _parked(self, item: Item, error: Exception | None) -> Parked:
        delivery = item.delivery
        why = reason(error) if error else "waits behind an earlier event of the same key"
        poison = error is not None
        return Parked(
            self.source, delivery.position, item.key, delivery.hash, delivery.bytes, poison, why, self.now()
        )

    async def stand_still(self, why: str) -> None:
        """Wait for an operator, and say why."""
        self.state.stopped = why
        self._resumed.clear()
        await self._resumed.wait()
        self.state.stopped = None
