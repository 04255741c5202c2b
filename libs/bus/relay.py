"""The relay: ledger → stream, the stored bytes, in position order, each at the sequence that is its position.

Correct without leadership: what is published at a position depends on the position alone, and the server takes a
batch only exactly after the one before. Two relays of one ledger may race; the slower one is refused, looks where
the stream stands and goes on from there. A killed relay leaves a whole batch or none.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bus.agreement import Disagreement, Meeting, meet
from bus.connection import Connection
from bus.jetstream import TOO_MANY_BATCHES, ApiError, Unavailable
from bus.lines import Lines
from bus.messages import Frame, frame
from bus.publisher import BATCH_HEADERS_BYTES, MAX_BYTES, MAX_MESSAGES, Batch, Publisher, Refused, Unknown
from huiyin.chain import link
from ledger.lines import Line

IDLE_WAIT_S = 0.25
"""The ledger's wake-up is a hint; this is how late a line can be if the hint is lost."""

RACE_PAUSE_S = 0.2
"""Whoever was refused leaves the road to the relay that was faster, and takes over when that one is gone."""

FIRST_PAUSE_S = 0.1
LAST_PAUSE_S = 2.0
"""Between two attempts while something is unavailable: soon at first, then seldom enough to cost nothing."""

ABANDONED_PAUSE_S = 2.0
"""The server forgets an abandoned batch after 10 s and takes 50 a stream; single publishes are no way out."""


@dataclass(frozen=True, slots=True)
class RelayState:
    """What status and telemetry show. `lag` is in events."""

    phase: str = "starting"
    """starting, relaying, idle, paused, waiting (bus or ledger unavailable), blocked (stream and ledger disagree)."""
    relayed: int = 0
    head: int = 0
    batches: int = 0
    refused: int = 0
    last_error: str | None = None

    @property
    def lag(self) -> int:
        return max(0, self.head - self.relayed)


Watch = Callable[[RelayState], None]


class _Prepared(NamedTuple):
    """A batch, where the stream stands after it, and whether more lines are certainly waiting."""

    batch: Batch
    meeting: Meeting
    more: bool


class Relay:
    """One service's relay. `run` never returns; cancel it to end it."""

    def __init__(
        self, ledger: Lines, connection: Connection, service: str, watch: Watch | None = None
    ) -> None:
        self.service = service
        self.state = RelayState()
        self.doubt = asyncio.Event()
        """Set when stream and ledger disagree: the reconciler need not wait for its next round."""
        self._ledger = ledger
        self._connection = connection
        self._publisher = Publisher()
        self._watch = watch
        self._released = asyncio.Event()
        self._released.set()
        self._publishing = asyncio.Lock()
        self._look_again = False
        self._pause_s = FIRST_PAUSE_S
        self.fruitless = 0
        """Batches in a row that were offered to a server that answers questions, and not acknowledged."""
        self.reached = ("", 0)
        """Which stream (its creation time), and how far it certainly reached. One that ends earlier later on was set
        back; filled up unasked, nobody would ever know."""

    async def run(self) -> None:
        """Relay for ever, through restarts of the server, lost connections and an unavailable ledger."""
        try:
            while True:
                if not self._released.is_set():
                    self._show(phase="paused")
                    await self._released.wait()
                await self._attempt()
        finally:
            with contextlib.suppress(Exception):
                await self._publisher.close()

    async def pause(self) -> None:
        """Publish nothing more. Returns when nothing is in flight (at most one acknowledgement timeout)."""
        self._released.clear()
        async with self._publishing:
            pass

    def resume(self) -> None:
        """Go on, from wherever the stream then stands."""
        self.fruitless = 0
        self._look_again = True
        self._released.set()

    def saw_head(self, position: int) -> None:
        """Somebody asked the ledger for its head: the lag that is shown is then exact."""
        self._show(head=max(self.state.head, position))

    def look_again(self) -> None:
        """The stream may have changed under us: ask it where it stands before the next batch."""
        self._look_again = True

    async def _attempt(self) -> None:
        try:
            await self._follow()
        except Refused as error:
            self._show(refused=self.state.refused + 1, last_error=str(error))
            await asyncio.sleep(RACE_PAUSE_S)
        except Disagreement as error:
            self._show(phase="blocked", last_error=str(error))
            self.doubt.set()
            await self._pause()
        except ApiError as error:
            self.fruitless += error.err_code != TOO_MANY_BATCHES
            self._show(phase="waiting", last_error=str(error))
            await asyncio.sleep(ABANDONED_PAUSE_S if error.err_code == TOO_MANY_BATCHES else LAST_PAUSE_S)
        except (Unknown, Unavailable) as error:
            self.fruitless += isinstance(error, Unknown)
            self._show(phase="waiting", last_error=str(error))
            await self._pause()
        except (
            Exception
        ) as error:  # The ledger's own: whatever it is, the next attempt begins from the stream.
            self._show(phase="waiting", last_error=f"{type(error).__name__}: {error}")
            await self._pause()

    async def _follow(self) -> None:
        """Publish from where the stream stands until something is in the way."""
        self._look_again = False
        client = await self._connection.client()
        meeting = await meet(client, self._ledger, self.service)
        self._expect_no_loss(meeting)
        self._pause_s = FIRST_PAUSE_S
        self._show(phase="idle", relayed=meeting.position, last_error=None)
        upcoming = asyncio.ensure_future(self._prepare(meeting))
        try:
            while not self._look_again and self._released.is_set():
                prepared = await upcoming
                if prepared is None:
                    self._show(phase="idle", head=self.state.relayed)
                    await self._ledger.wait_beyond(meeting.position, IDLE_WAIT_S)
                    upcoming = asyncio.ensure_future(self._prepare(meeting))
                    continue
                batch, meeting, more = prepared
                if more:  # Worth reading while these are being stored; a few are better left to become many.
                    upcoming = asyncio.ensure_future(self._prepare(meeting))
                async with self._publishing:
                    if not self._released.is_set():
                        return
                    await self._publisher.publish(client, batch)
                if not more:
                    upcoming = asyncio.ensure_future(self._prepare(meeting))
                self.fruitless = 0
                self.reached = (self.reached[0], batch.last)
                self._show(phase="relaying", relayed=batch.last, batches=self.state.batches + 1)
        finally:
            upcoming.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await upcoming

    def _expect_no_loss(self, meeting: Meeting) -> None:
        created, position = self.reached
        if meeting.created == created and meeting.position < position:
            raise Disagreement(f"the stream ended at {position} before, and ends at {meeting.position} now")
        self.reached = (meeting.created, meeting.position)

    async def _prepare(self, meeting: Meeting) -> _Prepared | None:
        """The next batch, ready for the wire. None: nothing is waiting."""
        lines = await self._ledger.read(meeting.position, MAX_MESSAGES)
        if not lines:
            return None
        expect_to_follow(meeting, lines)
        batch = batch_of(meeting.position, lines)
        self._publisher.prepare(batch)
        last = lines[len(batch.messages) - 1]
        self._show(head=max(self.state.head, lines[-1].position))
        more = len(lines) == MAX_MESSAGES or lines[-1] is not last
        return _Prepared(batch, Meeting(last.position, last.hash), more)

    async def _pause(self) -> None:
        await asyncio.sleep(self._pause_s)
        self._pause_s = min(LAST_PAUSE_S, self._pause_s * 2)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        if self._watch is not None:
            self._watch(self.state)


def expect_to_follow(meeting: Meeting, lines: Sequence[Line]) -> None:
    """Raise Disagreement unless the lines follow without a gap, link by link, upon what was relayed before.

    A ledger restored from a backup while the relay runs may have grown again beyond where the stream stands,
    with other lines; and a line that was changed in the database must not leave the house. The chain shows both.
    """
    previous = meeting.chain
    for position, line in enumerate(lines, meeting.position + 1):
        if line.position != position:
            raise Disagreement(f"the ledger gave line {line.position} where {position} should be")
        if previous is not None and link(previous, position, line.bytes) != line.hash:
            raise Disagreement(f"the ledger's line {position} does not follow upon the one before it")
        previous = line.hash


def batch_of(after: int, lines: Sequence[Line]) -> Batch:
    """As many of the lines, from the first, as one batch holds; at least one."""
    frames: list[Frame] = []
    size = 0
    for line in lines:
        ready = frame(line)
        size += len(ready.block) + len(ready.data) + BATCH_HEADERS_BYTES
        if frames and size > MAX_BYTES:
            break
        frames.append(ready)
    return Batch(after, frames)
