"""What every scenario needs: a platform under load, a stop-watch with limits, and the check at the end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import nats
from nats.aio.client import Client

from bus.subjects import TOPOLOGY, inbox_prefix
from huiyin.client.platform import SERVICES
from tests.agreement import expect_nothing_lost_or_done_twice, expect_streams_equal_ledgers
from tests.faults.scenarios.promises import invariants
from tests.load import Load, under_load
from tests.platforms import RunningPlatform, found_units, platform

DETECTED_WITHIN_S = 60.0
"""Loss, truncation, foreign messages, wrong heads: from the moment at which the server answers."""

LAG_GONE_WITHIN_S = 60.0
"""From the moment at which the damage is healed."""

ROUND_S = 10.0
"""What a scan's period may be exceeded by: the round under way, and the one that finds it."""

LOOK_EVERY_S = 0.1


def tell(text: str) -> None:
    """One line for whoever runs the scenarios."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class TooSlow(AssertionError):
    """Something that must happen within a limit did not."""


@dataclass
class Scene:
    """One scenario's platform, what was acknowledged to its clerks, and what is to be reported."""

    name: str
    running: RunningPlatform
    after: str = ""
    loads: list[Load] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    lag_s: float = 0.0

    def say(self, text: str) -> None:
        """One line of the report."""
        self.said.append(text)
        tell(f"  {text}")

    @property
    def runtime(self) -> dict[str, Any]:
        """What the platform itself has written down."""
        return self.running.runtime

    async def started(self) -> None:
        """The platform runs, and there are offices to work in."""
        await self.running.start()
        self.after = await found_units(self.runtime["http"])

    def another_load(self) -> Load:
        """A load without clerks, for a scenario that receives petitions itself."""
        load = Load(self.runtime["http"], self.after)
        self.loads.append(load)
        return load

    @asynccontextmanager
    async def load(self) -> AsyncIterator[Load]:
        """Clerks at work; everything that they are acknowledged is checked at the end."""
        async with under_load(self.runtime["http"], self.after) as load:
            self.loads.append(load)
            yield load

    async def work(self, receipts: int) -> None:
        """Some cases from beginning to end, and then quiet."""
        async with self.load() as load:
            await load.more(receipts)
        await self.running.until_idle()

    async def within(
        self, limit_s: float, what: str, holds: Callable[[], Awaitable[object]], *, since: float | None = None
    ) -> Any:
        """Wait until it holds and say how long it took; longer than the limit fails the scenario."""
        begun = time.monotonic() if since is None else since
        while True:
            found = await holds()
            took = time.monotonic() - begun
            if found:
                self.say(f"{what} after {took:.1f} s (limit {limit_s:.0f} s)")
                return found
            if took > limit_s:
                raise TooSlow(f"not {what} within {limit_s:.0f} s")
            await asyncio.sleep(LOOK_EVERY_S)

    async def detected(
        self,
        before: dict[str, int],
        *services: str,
        limit_s: float = DETECTED_WITHIN_S,
        since: float | None = None,
    ) -> None:
        """Wait until the damage of these services' streams is on record.

        Counts from a server that answers, or from `since`: before the whole platform was started, say.
        """
        await self.bus_answers()

        async def recorded() -> bool:
            now = await self.rebuilds()
            return all(now[name] > before[name] for name in services)

        await self.within(limit_s, f"detected, on record in {', '.join(services)},", recorded, since=since)
        for name in services:
            self.say(f"found: {await self.damage(name)}")

    async def healed(self, *services: str) -> None:
        """Wait until the reconcilers are content."""

        async def watching() -> bool:
            found = self.running.services()
            return all(found[name]["reconciler"]["phase"] == "watching" for name in services)

        await self.within(DETECTED_WITHIN_S, "healed", watching)
        await self._caught_up()

    async def _caught_up(self) -> None:
        """What was recorded before the damage was healed is with everybody, however busy the clerks are."""
        heads = {name: status["head"] for name, status in self.running.services().items()}

        async def applied() -> bool:
            found = self.running.services()
            return all(
                status["relay"]["relayed"] >= heads[name]
                and all(each["position"] >= heads[source] for source, each in status["consumers"].items())
                for name, status in found.items()
            )

        await self.within(LAG_GONE_WITHIN_S, "lag of that moment gone", applied)

    async def lag_gone(self) -> None:
        """Every relay and every consumer has caught up, nothing is pending; then everything is compared."""
        begun = time.monotonic()
        await self.running.until_idle()
        self.lag_s = took = time.monotonic() - begun
        self.say(f"lag 0 after {took:.1f} s (limit {LAG_GONE_WITHIN_S:.0f} s)")
        if took > LAG_GONE_WITHIN_S:
            raise TooSlow(f"lag did not return to 0 within {LAG_GONE_WITHIN_S:.0f} s")

    async def check(self) -> None:
        """Streams equal ledgers byte for byte; nothing acknowledged is lost, nothing was done twice."""
        heads = await expect_streams_equal_ledgers(self.runtime)
        await expect_nothing_lost_or_done_twice(self.running, self.loads)
        kept = await invariants(self.running, self.loads, self.lag_s)
        assert "Traceback" not in "\n".join(self.running.logs().values()), "a traceback in the logs"
        receipts, closed = (
            sum(len(load.receipts) for load in self.loads),
            sum(len(x.closed) for x in self.loads),
        )
        self.say(
            f"checked: {sum(heads.values())} lines equal on {len(heads)} streams, chains unbroken; {receipts} receipts "
            f"kept; {len(self.running.notices())} notices, each once; {closed} cases closed; {kept}"
        )

    async def bus_answers(self) -> None:
        """Wait until NATS takes a connection."""
        client = await nats.connect(self.runtime["nats"], connect_timeout=1, max_reconnect_attempts=-1)
        await client.close()

    async def rebuilds(self) -> dict[str, int]:
        """How often each service has recorded that its stream was made again."""
        count = "SELECT count(*) FROM {}.ledger WHERE type = 'huiyin.platform.v1.StreamRebuilt'"
        return {name: (await self.ask(count.format(name)))[0][0] for name in SERVICES}

    async def damage(self, service: str) -> str:
        """What the service's reconciler found last."""
        return str(self.running.services()[service]["reconciler"]["last_damage"])

    async def ask(self, statement: str, *values: Any) -> list[Any]:
        """Rows, as the owner of the database."""
        database = await asyncpg.connect(self.runtime["owner"])
        try:
            return list(await database.fetch(statement, *values))
        finally:
            await database.close()

    @asynccontextmanager
    async def bus(self, user: str = TOPOLOGY) -> AsyncIterator[Client]:
        """The bus as one of its users: whoever does harm has somebody's password."""
        client = await nats.connect(
            self.runtime["bus"],
            user=user,
            password=self.running.secret(f"password-{user}"),
            inbox_prefix=inbox_prefix(user),
        )
        try:
            yield client
        finally:
            await client.close()

    async def replace_bus(self, change: Callable[[], None]) -> None:
        """NATS dies, its store is changed while it is dead, and the supervisor starts it again."""
        died = self.runtime["pids"]["nats"]
        os.kill(died, signal.SIGSTOP)  # So that nobody starts it again before the store is changed.
        change()
        os.kill(died, signal.SIGKILL)

        async def another() -> bool:
            return bool(self.runtime["pids"].get("nats") != died)

        await self.within(DETECTED_WITHIN_S, "NATS started again", another)


@asynccontextmanager
async def scene(name: str, *options: str) -> AsyncIterator[Scene]:
    """A platform with its offices founded; ended with the block."""
    async with own_scene(name, *options) as made:
        await made.started()
        yield made


@asynccontextmanager
async def own_scene(name: str, *options: str) -> AsyncIterator[Scene]:
    """A platform that the scenario starts itself, in a state directory of its own."""
    with platform(*options) as running:
        yield Scene(name, running)
