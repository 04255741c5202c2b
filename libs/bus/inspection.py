"""Is a stream what its ledger says? Cheap questions for every few seconds, and a slow scan of every byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nats.aio.client import Client

from bus.agreement import State, line_at, same
from bus.jetstream import Json
from bus.lines import Lines
from bus.stored import MAX_READ, Stored, read_many, read_one
from bus.subjects import durable_name, stream_name
from bus.topology import FILL_KEY, Limits
from huiyin.chain import link
from ledger.lines import Line

RETENTION_SLACK = timedelta(hours=1)
"""The server removes what is too old once in a while, and its clock is another one."""

MISSING = "it does not exist"

Now = Callable[[], datetime]


class LedgerBroken(Exception):
    """The ledger itself does not chain: the stream may be the only true copy and is left alone."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a stream. The text is the same however often the same damage is found."""

    stream: str
    created: str
    """When the damaged stream was created; a stream created later is another one, and healthy until examined."""
    what: str

    def __str__(self) -> str:
        return f"{self.stream} created {self.created or 'never'}: {self.what}"


def filling_until(state: State) -> int:
    """The position up to which a re-created stream is still being refilled; 0 when it is not."""
    mark = str((state.config.get("metadata") or {}).get(FILL_KEY, "0"))
    return int(mark) if mark.isdigit() else 0


def declared_first(state: State) -> int:
    """The first sequence of the stream as it was created."""
    return int(state.config.get("first_seq") or 1)


EMPTY_LOOKS = 3
"""The first two may follow upon one another, when a service starts; the third comes a whole round later."""


class Inspection:
    """Remembers what it saw of one stream, so that a stream that went backwards is noticed."""

    def __init__(self, ledger: Lines, service: str, limits: Limits, now: Now | None = None) -> None:
        self._ledger = ledger
        self._service = service
        self._limits = limits
        self._now = now
        self._created = ""
        self._highest = 0
        self._replaced = False
        self._empty = 0
        self._scanned = 0
        self._lap_end = 0

    async def look(
        self, client: Client, state: State | None, durables: Mapping[str, Json], positions: Mapping[str, int]
    ) -> str | None:
        """What is wrong, in words that depend on the damage alone; None if nothing is."""
        if state is None:
            # Named by the one that is gone: a stream lost twice is two damages, not one told twice.
            return f"it does not exist; the one created {self._created} is gone" if self._created else MISSING
        self.saw(state)
        return (
            self._shape(state)
            or self._shorter(state, durables, positions)
            or await self._beginning(state)
            or await self._end(client, state)
        )

    def heard(self, created: str, position: int) -> None:
        """The relay knows that the stream of this creation time reached so far."""
        if self._created == created:
            self._highest = max(self._highest, position)

    def saw(self, state: State) -> None:
        """Another stream than the one before: nothing is known of it yet."""
        if self._created != state.created:
            self._replaced = bool(self._created)
            self._created, self._highest, self._empty = state.created, 0, 0

    def _shape(self, state: State) -> str | None:
        if not state.contiguous:
            return f"messages are missing between {state.first} and {state.last}"
        if state.messages and state.first != declared_first(state) and self._limits.max_age_days is None:
            return f"it begins at {state.first} instead of {declared_first(state)}"
        return None

    def _shorter(
        self, state: State, durables: Mapping[str, Json], positions: Mapping[str, int]
    ) -> str | None:
        highest, self._highest = self._highest, max(self._highest, state.last)
        if state.last < highest:
            return "it ends earlier than it did"
        if state.last < filling_until(state):
            return None
        emptied = self._emptied(state)
        for service, position in positions.items():
            durable = durables.get(durable_name(service, self._service))
            delivered = int(durable["delivered"]["stream_seq"]) if durable else 0
            if delivered > state.last or (emptied and position > 0):
                return f"it ends before what {service} has already received"
        return None

    def _emptied(self, state: State) -> bool:
        """It holds nothing, and not because its first event is still on its way.

        A position alone may be ahead of a stream: the feed is sometimes quicker than the relay. So a new stream
        that is empty is looked at again; one in another's place is not.
        """
        self._empty = 0 if state.last else self._empty + 1
        return self._empty > 0 and (self._replaced or self._empty >= EMPTY_LOOKS)

    async def _beginning(self, state: State) -> str | None:
        """With retention a stream may begin later, but only where what is gone was old enough to go."""
        removed = state.first - 1
        days = self._limits.max_age_days
        if days is None or self._now is None or removed < declared_first(state):
            return None
        line = await line_at(self._ledger, removed)
        youngest = self._now() - timedelta(days=days) + RETENTION_SLACK
        if line is not None and line.recorded_at > youngest:
            return f"it begins at {state.first}, though what is missing is not old enough to be removed"
        return None

    async def _end(self, client: Client, state: State) -> str | None:
        if not state.messages:
            return None
        line = await line_at(self._ledger, state.last)
        if line is None:
            return "it goes on where the ledger ends"
        stored = await read_one(client, stream_name(self._service), state.last)
        return None if stored is not None and same(line, stored) else "its end is not the ledger's line"

    async def scan(self, client: Client, state: State, count: int) -> str | None:
        """Compare the next `count` messages with the ledger's lines, from the beginning again after the end.

        A lap ends where the stream ended when the lap began: a stream that grows is not chased.
        """
        left = count if state.messages else 0
        while left > 0:
            if not state.first - 1 <= self._scanned < min(self._lap_end, state.last):
                self._scanned, self._lap_end = state.first - 1, state.last
            size = min(left, MAX_READ, self._lap_end - self._scanned)
            wrong = await self._compare(client, self._scanned, size)
            if wrong is not None:
                return wrong
            self._scanned += size
            left = 0 if self._scanned >= self._lap_end else left - size
        return None

    async def _compare(self, client: Client, after: int, size: int) -> str | None:
        lines = await self._ledger.read(after, size)
        before = await line_at(self._ledger, after) if after else None
        _expect_a_chain(before, lines, self._service)
        found = {
            stored.sequence: stored
            for stored in await read_many(client, stream_name(self._service), after + 1, size)
        }
        for line in lines:
            stored: Stored | None = found.get(line.position)
            if stored is None:
                stored = await read_one(client, stream_name(self._service), line.position)
            if stored is None:
                return f"message {line.position} cannot be read"
            if not same(line, stored):
                return f"message {line.position} is not the ledger's line"
        return None


def _expect_a_chain(before: Line | None, lines: Sequence[Line], service: str) -> None:
    previous = before.hash if before is not None else None
    for line in lines:
        if previous is not None and link(previous, line.position, line.bytes) != line.hash:
            raise LedgerBroken(f"{service}: line {line.position} does not follow upon the one before it")
        previous = line.hash
