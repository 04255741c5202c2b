"""Plays a plan on a stage: each fault at its time, a few at once, and how long it took to be well again."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx

from chassis.installation import SERVICES
from tests.faults.nemesis import on_links, on_processes, on_services
from tests.faults.nemesis.faults import KINDS, Fault, NotReached
from tests.faults.nemesis.history import History
from tests.faults.nemesis.stage import Stage
from tests.platforms import actor

AT_ONCE = 3
"""Faults that may overlap: more would leave nothing alive to go wrong in an interesting way."""

WELL_LIMIT_S = 60.0
WELL_STEP_S = 0.25
OPERATOR = ("operator", "operator", "nemesis")

assert on_links
assert on_processes
assert on_services


@dataclass
class Nemesis:
    """One campaign."""

    stage: Stage
    history: History
    say: Callable[[str], None] = lambda _: None
    played: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    heals_s: list[tuple[float, str, bool]] = field(default_factory=list)
    """Seconds, kind, and whether nothing else was wrong meanwhile."""
    unhealed: list[str] = field(default_factory=list)
    _active: set[str] = field(default_factory=set)
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def play(self, plan: Sequence[Fault]) -> None:
        """The whole plan; returns when the last fault is healed and everything is well."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        tasks = []
        for fault in plan:
            await asyncio.sleep(max(0.0, began + fault.at_s - loop.time()))
            await self._gate.acquire()
            tasks.append(asyncio.create_task(self._one(fault)))
        for task in tasks:
            await task

    async def _one(self, fault: Fault) -> None:
        kind = KINDS[fault.kind]
        try:
            async with self.stage.lock(f"{kind.group}:{fault.target}"):
                self.history.note(type="fault", fault=fault.id, what=str(fault))
                self.say(str(fault))
                self._active.add(fault.id)
                try:
                    await kind.play(self.stage, fault)
                except NotReached as why:
                    self.missed[fault.kind] += 1
                    self.history.note(type="fault-missed", fault=fault.id, what=str(why))
                    return
                finally:
                    self._active.discard(fault.id)
        finally:
            self._gate.release()
        self.played[fault.kind] += 1
        self.history.note(type="healed", fault=fault.id, what=fault.kind)
        await self._until_well(fault)

    async def _until_well(self, fault: Fault) -> None:
        began, alone = time.monotonic(), True
        affected = [fault.target] if fault.target in SERVICES else list(SERVICES)
        while time.monotonic() - began < WELL_LIMIT_S:
            alone = alone and not self._active
            if fault.kind.startswith("handler"):
                await retry_parked(self.stage, affected)
            if all([await self.stage.healthy(service) for service in affected]):
                took = time.monotonic() - began
                self.heals_s.append((took, fault.kind, alone))
                self.history.note(type="well", fault=fault.id, what=fault.kind, took_s=round(took, 2))
                return
            await asyncio.sleep(WELL_STEP_S)
        self.unhealed.append(str(fault))


async def retry_parked(stage: Stage, services: Sequence[str] = SERVICES) -> int:
    """What an operator does when a handler works again: retry what is parked, start what stands still.

    Returns how many events were still parked, as far as the services answer.
    """
    waiting = 0
    for service in services:
        base = f"http://127.0.0.1:{stage.desk.answers_at(service)}/{service}/v1"
        with contextlib.suppress(httpx.HTTPError, ValueError):
            parked = (await stage.http.get(f"{base}/parked")).raise_for_status().json()
            found = await stage.status(service)
            stopped = [each for each in (found or {}).get("consumers", {}).values() if each["stopped"]]
            keys = {each["key"]: None for each in parked} or (["none"] if stopped else [])
            waiting += len(parked)
            for key in keys:
                await stage.http.post(
                    f"{base}/parked/retries", json={"key": key}, headers=actor(OPERATOR), timeout=20
                )
    return waiting
