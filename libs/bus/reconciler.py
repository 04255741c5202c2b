"""The reconciler: the ledger is the record, the stream is only its copy; a copy that differs is made again.

Why no lock between replicas: a session lock is held for ever by a paused process, and none is needed. Every step
is idempotent, and a stream is deleted only if it is still the one that was found damaged (its creation time). In
the worst case two reconcilers within one round trip of each other rebuild twice; what is published at a position
depends on the position alone, and consumers move by compare-and-set, so the second time changes nothing.

Why the damage is recorded first: the record is one more line at the ledger's end and reaches the stream in its
place like every other line. Recorded afterwards, a crash in between would leave a rebuild that nobody knows of.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from nats.aio.client import Client

from bus.agreement import State, stream_state
from bus.ahead import StreamAhead, what_is_ahead
from bus.connection import Connection
from bus.inspection import Damage, Inspection, LedgerBroken, Now, filling_until
from bus.jetstream import Json, consumers, delete_stream, stream_info
from bus.lines import Lines
from bus.relay import Relay
from bus.subjects import durable_name, stream_name
from bus.topology import (
    EMBEDDED,
    Limits,
    PositionOf,
    create_durable,
    create_stream,
    listeners_of,
    update_stream,
)

CHECK_EVERY_S = 5.0
"""Damage is to be found within 60 s of the server answering; a round costs a handful of questions."""

FRUITLESS = 3
"""Unanswered batches in a row, some 15 s. A JetStream stream that met a full disk once takes nothing more until it is
made anew or the server started again, though there be space (tried: 2.15, "critical write error")."""

ANEW_AFTER_S = 20.0
"""Between two such rebuilds, while the disk is still full: the first after there is space succeeds."""

SHORTEST_ROUND_S = 0.5
"""Between two rounds when the relay is in doubt: at once, but not in a tight loop."""

SCAN_PERIOD_S = 600.0
"""Every byte of a stream is compared this often, as long as SCAN_MOST allows it."""

SCAN_LEAST, SCAN_MOST = 512, 8192
"""Messages compared in one round: a small stream is done in one; a large one costs 2 % of a core."""

OnHalt = Callable[[str | None], None]
"""Told why the service must write nothing: its ledger has lost lines. Told None when it has them all."""

Record = Callable[[str], Awaitable[None]]
"""Appends the event that a stream is about to be rebuilt. The text is the same for the same damage however often
it is reported, so it also serves as the idempotency key."""


@dataclass(frozen=True, slots=True)
class ReconcilerState:
    """What status and telemetry show."""

    phase: str = "starting"
    """starting, watching, filling, mending, halted (a hand is needed), waiting (bus or ledger unavailable)."""
    rounds: int = 0
    rebuilds: int = 0
    durables_restored: int = 0
    last_damage: str | None = None
    ahead: StreamAhead | None = None
    halted: str | None = None
    scan_period_s: float = SCAN_PERIOD_S
    last_error: str | None = None


class Reconciler:
    """One stream's reconciler. `run` never returns; cancel it to end it.

    `connection` belongs to the service's keeper (users.py). `position_of(service, source)` is the consumer
    position in the consuming service's own database. `first_position` is where a rebuilt stream begins:
    1, or the beginning of what retention keeps.
    """

    def __init__(
        self,
        relay: Relay,
        ledger: Lines,
        connection: Connection,
        *,
        listens: Mapping[str, Sequence[str]],
        position_of: PositionOf,
        record: Record,
        limits: Limits = EMBEDDED,
        first_position: Callable[[], Awaitable[int]] | None = None,
        now: Now | None = None,
        on_halt: OnHalt = lambda _why: None,
    ) -> None:
        self.state = ReconcilerState()
        self.service = relay.service
        self._relay = relay
        self._ledger = ledger
        self._connection = connection
        self._listeners = listeners_of(relay.service, listens)
        self._position_of = position_of
        self._record = record
        self._limits = limits
        self._first_position = first_position
        self._on_halt = on_halt
        self._inspection = Inspection(ledger, relay.service, limits, now)
        self._anew_at = -math.inf
        self._one_round = asyncio.Lock()

    async def run(self) -> None:
        """Watch for ever; sooner than every CHECK_EVERY_S where the relay is in doubt."""
        while True:
            try:
                await self.round()
            except Exception as error:  # Bus or ledger unavailable: nothing is known, so nothing is done.
                self._show(phase="waiting", last_error=f"{type(error).__name__}: {error}")
            await asyncio.sleep(SHORTEST_ROUND_S)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._relay.doubt.wait(), CHECK_EVERY_S - SHORTEST_ROUND_S)

    async def round(self) -> None:
        """Look once, and mend what is damaged. Also what `huiyin bus reconcile` calls."""
        async with self._one_round:
            self._relay.doubt.clear()
            client = await self._connection.client()
            try:
                damage, state = await self._look(client)
                if damage is not None and not await self._halts(client, state):
                    await self._mend(client, damage)
                elif damage is None and state is not None:
                    await self._tend(client, state)
            except LedgerBroken as error:
                await self._halt(str(error), None)
            self._show(rounds=self.state.rounds + 1)

    async def first_question(self) -> None:
        """Whether the stream holds lines that the ledger lacks: to be asked before anything is written, and of
        nobody but the bus. If so, the reconciler has halted when this returns.
        """
        async with self._one_round:
            client = await self._connection.client()
            state = await stream_state(client, self.service)
            ahead = await what_is_ahead(client, self._ledger, self.service, state) if state else None
            if ahead is not None:
                await self._halt_for_lost_lines(str(ahead), ahead)

    async def _look(self, client: Client) -> tuple[Damage | None, State | None]:
        name = stream_name(self.service)
        # What was received is asked before how far the stream reaches: asked afterwards, it could be more.
        positions = {service: await self._position_of(service, self.service) for service in self._listeners}
        durables = await consumers(client, name)
        self._inspection.heard(*self._relay.reached)
        state = await stream_state(client, self.service)
        what = await self._inspection.look(client, state, durables, positions)
        if what is None and state is not None:
            await self._restore_durables(client, durables, state.last)
            count = _scan_count(state.messages)
            self._show(scan_period_s=_scan_period(state.messages, count))
            what = await self._inspection.scan(client, state, count) or self._takes_nothing()
        return (None if what is None else Damage(name, state.created if state else "", what)), state

    def _takes_nothing(self) -> str | None:
        """A stream that can be read and not written: only the relay notices."""
        now = asyncio.get_running_loop().time()
        if self._relay.fruitless < FRUITLESS or now < self._anew_at:
            return None
        self._anew_at = now + ANEW_AFTER_S
        return "the server takes nothing more into it"

    async def _tend(self, client: Client, state: State) -> None:
        """A healthy stream: the relay may run, and a finished refill loses its mark."""
        self._on_halt(None)
        head, _ = await self._ledger.head()
        self._relay.saw_head(head)
        if self.state.halted is not None:  # Not the phase: a round that failed meanwhile has changed it.
            self._relay.resume()
        if state.last < self._relay.state.relayed:
            self._relay.look_again()
        fill = filling_until(state)
        if fill and state.last >= fill:
            info = await stream_info(client, stream_name(self.service))
            if info is not None and info["created"] == state.created:
                await update_stream(client, self.service, self._limits, info)
        phase = "filling" if state.last < fill else "watching"
        self._show(phase=phase, ahead=None, halted=None, last_error=None)

    async def _halts(self, client: Client, state: State | None) -> bool:
        """Whether a hand is needed: someone holds lines that the ledger lacks. Then nothing may be deleted."""
        ahead = await what_is_ahead(client, self._ledger, self.service, state) if state else None
        if ahead is not None:
            await self._halt_for_lost_lines(str(ahead), ahead)
            return True
        head, _ = await self._ledger.head()
        for service in self._listeners:
            position = await self._position_of(service, self.service)
            if position > head:
                await self._halt_for_lost_lines(
                    f"{service} has applied {self.service} up to {position}, its ledger ends at {head}", None
                )
                return True
        return False

    async def _halt_for_lost_lines(self, why: str, ahead: StreamAhead | None) -> None:
        self._on_halt(why)
        await self._halt(why, ahead)

    async def _halt(self, why: str, ahead: StreamAhead | None) -> None:
        await self._relay.pause()
        self._show(phase="halted", ahead=ahead, halted=why)

    async def _mend(self, client: Client, damage: Damage) -> None:
        self._on_halt(None)
        self._show(phase="mending", last_damage=str(damage), ahead=None, halted=None)
        await self._relay.pause()
        try:
            head, _ = await self._ledger.head()
            if head or damage.created:
                await self._record(str(damage))
            if await self._replace_stream(client, damage):
                self._show(rebuilds=self.state.rebuilds + 1)
            await self._restore_durables(client, await consumers(client, damage.stream))
        finally:
            self._relay.resume()

    async def _replace_stream(self, client: Client, damage: Damage) -> bool:
        """Delete the damaged stream and create it empty; False if another replica already did."""
        state = await stream_state(client, self.service)
        if (state.created if state else "") != damage.created:
            return False
        await delete_stream(client, damage.stream)
        first = await self._first_position() if self._first_position is not None else 1
        head, _ = await self._ledger.head()
        await create_stream(client, self.service, self._limits, first_position=first, fill_until=head)
        made = await stream_state(client, self.service)
        if made is not None:
            self._inspection.saw(made)
        return True

    async def _restore_durables(
        self, client: Client, found: Mapping[str, Json], reach: int | None = None
    ) -> None:
        """Missing durables, at their service's position + 1.

        A reader that was helped out by the feed may be further than the stream reaches (`reach`); its durable is
        not, or it would look like one that outlived a stream. What is then delivered again changes nothing.
        """
        for service in self._listeners:
            if durable_name(service, self.service) in found:
                continue
            position = await self._position_of(service, self.service)
            await create_durable(
                client, service, self.service, position if reach is None else min(position, reach)
            )
            self._show(durables_restored=self.state.durables_restored + 1)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]


def _scan_count(messages: int) -> int:
    wanted = math.ceil(messages * CHECK_EVERY_S / SCAN_PERIOD_S)
    return max(SCAN_LEAST, min(SCAN_MOST, wanted))


def _scan_period(messages: int, count: int) -> float:
    """Seconds in which every message is compared once, at the rate of the current round."""
    return max(1, math.ceil(messages / max(1, count))) * CHECK_EVERY_S
