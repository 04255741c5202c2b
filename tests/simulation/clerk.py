"""A clerk who brings one case along the road: asks until answered, always with the same key. Nobody kills clerks."""

from __future__ import annotations

import asyncio
from contextvars import copy_context
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from huiyin.envelope.v1.envelope import Actor
from ledger.context import Context
from ledger.lines import IdempotencyKey
from ledger.refusal import Refusal
from ledger.repository import Result
from tests.simulation.road import REGISTER, ROAD, Step, case_name

if TYPE_CHECKING:
    from tests.simulation.replica import Replica
    from tests.simulation.world import World

PATIENCE_S = 3.0
"""Without an answer for so long, the request is sent again, to whoever takes it."""

PAUSE_S = 0.25
TWICE_SHARE = 0.15
"""So many requests are sent twice at once: somebody clicked twice, a proxy repeated it."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a clerk was told: this is recorded."""

    service: str
    key: str
    stream: str
    first_position: int
    count: int
    first_hash: bytes


class Clerk:
    """Brings a case up to its n-th step; `done` counts the steps that were acknowledged."""

    def __init__(self, world: World, number: int, steps: int) -> None:
        self.case_id = case_name(number)
        self.steps = steps
        self.done = 0
        self._world = world

    @property
    def finished(self) -> bool:
        return self.done == self.steps

    async def walk(self) -> None:
        """The whole way."""
        for step in ROAD[: self.steps]:
            while not await self._asked(step):
                await asyncio.sleep(PAUSE_S)
            self.done += 1

    async def _asked(self, step: Step) -> bool:
        """Whether it was acknowledged."""
        world = self._world
        running = world.running(step.service)
        if not running:
            return False
        answer: asyncio.Future[Any] = world.loop.create_future()
        context = copy_context()

        def tell(result: Any) -> None:
            if not answer.done():
                answer.set_result(result)

        def say(result: Any) -> None:
            world.loop.call_later(world.network.delay(), tell, result, context=context)

        times = 2 if world.loop.chance.random() < TWICE_SHARE else 1
        for _ in range(times):
            replica = world.loop.chance.choice(running)
            work = _served(replica, step, self.case_id, say, world.network.delay())
            world.loop.spawn(replica.process, work)
        try:
            async with asyncio.timeout(PATIENCE_S):
                result = await answer
        except TimeoutError:
            return False
        if not isinstance(result, Result):
            return False
        first = result.first_position
        world.acknowledged.append(
            Acknowledged(
                step.service,
                _key(step, self.case_id),
                step.stream(self.case_id),
                first,
                len(result.events),
                result.first_hash,
            )
        )
        return True


async def _served(replica: Replica, step: Step, case_id: str, say: Any, delay: float) -> None:
    """What the service does about the request, in its own process."""
    await asyncio.sleep(delay)
    if not hasattr(replica, "repository"):
        return
    try:
        say(await _carried_out(replica, step, case_id))
    except Refusal as refusal:
        say(refusal)
    except Exception as error:  # As HTTP's 503: not known, ask again.
        say(error)


async def _carried_out(replica: Replica, step: Step, case_id: str) -> Result[Any]:
    key = _key(step, case_id)
    context = Context(
        actor=Actor(unit_id=step.unit_id, role="clerk", pseudonym="c1"),
        correlation_id=case_id,
        case_id=case_id,
        idempotency=IdempotencyKey("c1", step.name, key, sha256(key.encode()).digest()),
    )
    stream = step.stream(case_id)
    if step.numbered:
        return await replica.repository.execute_numbered(
            step.decider, stream, [REGISTER], lambda at, n: step.command(case_id, at, n[REGISTER]), context
        )
    return await replica.repository.execute(
        step.decider, stream, lambda at: step.command(case_id, at, 0), context
    )


def _key(step: Step, case_id: str) -> str:
    return f"{step.name}/{case_id}"
