"""What a service process does wrong on orders, other than dying: its clock, its handlers, its deliveries."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.faults.nemesis.controls import Ear, Handler
from tests.faults.nemesis.crash_points import Fuse, react_points

REMEMBERED = 64
"""Deliveries that may come a second time, long after they were dealt with."""


class Broken(RuntimeError):
    """The error of a handler that is wrong: nothing makes it pass but time."""


@dataclass(frozen=True, slots=True)
class SteppedClock:
    """The clock of the state directory, moved by what the orders say."""

    real: Any
    ear: Ear

    def now(self) -> datetime:
        """This instant, as a machine with a wrong clock sees it."""
        now: datetime = self.real.now()
        return now + timedelta(seconds=self.ear.orders().clock_s)


class Turns:
    """Which orders about handlers are still to be followed, and how often."""

    def __init__(self, ear: Ear) -> None:
        self._ear = ear
        self._done: Counter[str] = Counter()

    def next(self, *modes: str) -> Handler | None:
        """The order for this call, if there is one."""
        handler = self._ear.orders().handler
        if handler is None or handler.mode not in modes or self._done[handler.id] >= handler.times:
            return None
        self._done[handler.id] += 1
        return handler


def install(ear: Ear, fuse: Fuse) -> None:
    """Put it all into this process."""
    turns = Turns(ear)
    _install_clock(ear)
    _install_handlers(turns, fuse)
    _install_deliveries(ear, turns)


def _install_clock(ear: Ear) -> None:
    from chassis.installation import Installation

    kind: Any = Installation
    real = kind.clock.fget
    kind.clock = property(lambda self: SteppedClock(real(self), ear))


def _install_handlers(turns: Turns, fuse: Fuse) -> None:
    import chassis.host

    host: Any = chassis.host
    real = host.reacting

    def reacting(*args: Any) -> Any:
        react = react_points(fuse, real(*args))

        async def reacted(session: Any, events: Sequence[Any]) -> Any:
            order = turns.next("poison", "fail", "hang")
            if order is not None:
                await asyncio.sleep(order.seconds)
                if order.mode == "poison":
                    raise Broken("this handler is broken")
                if order.mode == "fail":
                    raise ConnectionResetError("this handler failed, and may succeed")
            return await react(session, events)

        return reacted

    host.reacting = reacting


def _install_deliveries(ear: Ear, turns: Turns) -> None:
    from bus.consumer import Consumer

    real = Consumer.handle
    dice = random.Random()
    earlier: dict[int, deque[Any]] = {}

    async def handle(self: Consumer, deliveries: Sequence[Any]) -> None:
        known = earlier.setdefault(id(self), deque(maxlen=REMEMBERED))
        order = turns.next("late")
        if order is not None:
            await asyncio.sleep(order.seconds)
        wrong = ear.orders().deliveries
        parts = [list(deliveries)]
        if wrong is not None:
            await asyncio.sleep(dice.uniform(0, wrong.delay_s))
            if wrong.duplicate:
                again = dice.sample(sorted(known, key=id), min(len(known), 8))
                parts = [[*deliveries, *deliveries, *again]]
            if wrong.shuffle:
                parts = _shuffled(dice, parts[0])
        for part in parts:
            await real(self, part)
        known.extend(deliveries)

    Consumer.handle = handle  # type: ignore[method-assign]


def _shuffled(dice: random.Random, deliveries: list[Any]) -> list[list[Any]]:
    """Up to three parts in any order: what comes first may be far ahead of its turn."""
    dice.shuffle(deliveries)
    cut = sorted(dice.randint(0, len(deliveries)) for _ in range(2))
    parts = [deliveries[: cut[0]], deliveries[cut[0] : cut[1]], deliveries[cut[1] :]]
    return [part for part in parts if part]
