"""Load, decide, append: how every command reaches a ledger."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar
from weakref import WeakValueDictionary

from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.upcasts import upcast
from ledger.context import Clock, Context
from ledger.decider import Decider
from ledger.envelopes import Recorded, envelopes_for, instant_after, line_for, recorded
from ledger.folding import Loaded, fold_rows
from ledger.lines import Append, Appended, Conflict, NewLine, Serials
from ledger.ports import Ledger
from ledger.refusal import Refusal
from ledger.remembered import Remembered

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

ATTEMPTS: Final = 10
"""Conflicts come from other replicas only (this process queues after the first): ten in a row is a defect."""

PAUSE_S: Final = 0.005
"""After each further conflict, up to this long times the number of conflicts."""


@dataclass(frozen=True, slots=True)
class Result(Generic[E]):
    """What a command led to. No events: it already held. `replayed`: it had been answered before."""

    stream: str
    version: int
    events: Sequence[Recorded[E]] = ()
    first_hash: bytes = b""
    replayed: bool = False

    @property
    def first_position(self) -> int:
        """Position of the first event; 0 when nothing was recorded."""
        return self.events[0].position if self.events else 0


class Repository:
    """Executes commands on the streams of one ledger. It remembers states: they must never be changed, only replaced."""

    def __init__(self, ledger: Ledger, clock: Clock, remembered: Remembered | None = None) -> None:
        self._ledger = ledger
        self._remembered = Remembered() if remembered is None else remembered
        self._clock = clock
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def load(self, decider: Decider[S, C, E], stream: str) -> Loaded[S]:
        """The state of a stream, its version, and when its last event was recorded.

        Of a stream that was loaded before only what is new is read, if the line it ended with still has its hash.
        Otherwise the ledger is another one than it was, and is read from its beginning.
        """
        loaded = None
        before: Loaded[S] | None = self._remembered.recall(decider, stream)
        if before is not None:
            rows = await self._ledger.since(stream, before.version)
            if rows and rows[0][2] == before.hash:
                loaded = fold_rows(decider, rows[1:], before)
        if loaded is None:
            loaded = fold_rows(decider, await self._ledger.since(stream, 0))
        if loaded.version:
            self._remembered.keep(decider, stream, loaded)
        else:
            self._remembered.forget(stream)
        return loaded

    async def execute(
        self, decider: Decider[S, C, E], stream: str, command: C | Callable[[datetime], C], context: Context
    ) -> Result[E]:
        """Decide a command on a stream and record what follows.

        A command that contains the time is passed as a function of it, called again on every try. Raises what
        `decide` refuses, KeyReused, Conflict after too many tries, and whatever Ledger.append raises.
        """

        def made(at: datetime, _: Serials) -> C:
            return command(at) if callable(command) else command

        return await self._answered(decider, stream, made, context, ())

    async def execute_numbered(
        self,
        decider: Decider[S, C, E],
        stream: str,
        registers: Sequence[str],
        command: Callable[[datetime, Serials], C],
        context: Context,
    ) -> Result[E]:
        """As `execute`, for a command that contains serials: the next number of each register, without gaps.

        `command` may be called several times; only what is recorded uses up its numbers.
        """
        return await self._answered(decider, stream, command, context, registers)

    async def _answered(
        self,
        decider: Decider[S, C, E],
        stream: str,
        command: Callable[[datetime, Serials], C],
        context: Context,
        registers: Sequence[str],
    ) -> Result[E]:
        """A key that is known answers as it did, even where the command would be refused or silent by now."""
        try:
            result = await self._retried(decider, stream, command, context, registers)
        except Refusal:
            if (before := await self._before(context)) is not None:
                return before
            raise
        if not result.events and (before := await self._before(context)) is not None:
            return before
        return result

    async def _retried(
        self,
        decider: Decider[S, C, E],
        stream: str,
        command: Callable[[datetime, Serials], C],
        context: Context,
        registers: Sequence[str],
    ) -> Result[E]:
        async with AsyncExitStack() as turn:
            for attempt in range(1, ATTEMPTS + 1):
                loaded = await self.load(decider, stream)
                decision = _Decision(
                    self._clock, decider, command, stream=stream, loaded=loaded, context=context
                )
                try:
                    return await self._recorded(decision, registers)
                except Conflict:
                    if attempt == ATTEMPTS:
                        raise
                if attempt == 1:  # From now on one at a time in this process: each try of ours then counts.
                    await turn.enter_async_context(self._turns.setdefault(stream, asyncio.Lock()))
                else:
                    await asyncio.sleep(random.uniform(0, PAUSE_S * attempt))
        raise AssertionError("unreachable")

    async def _recorded(self, decision: _Decision[S, C, E], registers: Sequence[str]) -> Result[E]:
        context, loaded = decision.context, decision.loaded
        if registers:
            if context.intents is not None:
                raise ValueError("intents of a numbered command: decide them from the event, in a reaction")
            append = Append(registers=registers, build=decision.lines, idempotency=context.idempotency)
        else:
            lines = decision.lines({})
            if not lines:
                return Result(decision.stream, loaded.version)
            append = Append(lines=lines, idempotency=context.idempotency, intents=decision.intents())
        appended = await self._ledger.append(append)
        if appended.replayed:
            return await self._replay(appended)
        events = [
            Recorded(appended.first_position + n, envelope, upcast(event))
            for n, (envelope, event) in enumerate(zip(decision.envelopes, decision.events, strict=True))
        ]
        return Result(decision.stream, loaded.version + len(events), events, appended.first_hash)

    async def _before(self, context: Context) -> Result[Any] | None:
        if context.idempotency is None:
            return None
        appended = await self._ledger.known(context.idempotency)
        return None if appended is None else await self._replay(appended)

    async def _replay(self, appended: Appended) -> Result[Any]:
        """The answer of the first time, from the lines recorded then."""
        lines = await self._ledger.read(appended.first_position - 1, appended.count)
        events = [recorded(line) for line in lines]
        return Result(lines[-1].stream, lines[-1].version, events, appended.first_hash, replayed=True)


class _Decision(Generic[S, C, E]):
    """One try: what the stream knew, and what followed when the numbers were known."""

    def __init__(
        self,
        clock: Clock,
        decider: Decider[S, C, E],
        command: Callable[[datetime, Serials], C],
        *,
        stream: str,
        loaded: Loaded[S],
        context: Context,
    ) -> None:
        self.stream = stream
        self.loaded = loaded
        self.context = context
        self.events: Sequence[E] = ()
        self.envelopes: Sequence[RecordedEvent] = ()
        self._clock = clock
        self._decider = decider
        self._command = command

    def lines(self, serials: Serials) -> Sequence[NewLine]:
        """Decide with these numbers."""
        at = instant_after(self._clock.now(), self.loaded.last_recorded_at, self.context.after)
        self.events = self._decider.decide(self.loaded.state, self._command(at, serials))
        self.envelopes = envelopes_for(self.events, self.stream, self.loaded.version, at, self.context)
        return [line_for(envelope) for envelope in self.envelopes]

    def intents(self) -> Sequence[str]:
        """The side effects that become due with the events."""
        return self.context.intents(self.events) if self.context.intents is not None else ()
