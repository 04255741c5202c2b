"""The invariants I1–I11 of the nemesis' checker, over a platform whose services share one process."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import httpx

from tests.faults.nemesis.checker import INVARIANTS, check, shortest_history
from tests.faults.nemesis.gather import gather
from tests.faults.nemesis.history import History
from tests.faults.nemesis.stage import Stage
from tests.load import Load
from tests.platforms import RunningPlatform


@dataclass
class _Desk:
    """Every service answers at the platform's one port."""

    port: int

    def answers_at(self, _service: str) -> int:
        return self.port


@dataclass
class _Stage:
    """What the gatherer asks of a stage."""

    running: RunningPlatform
    http: httpx.AsyncClient
    base: str
    desk: _Desk


async def invariants(running: RunningPlatform, loads: Sequence[Load], lag_s: float) -> str:
    """Check them all against what the loads were acknowledged. Raises AssertionError with the shortest history."""
    history = History()
    for load in loads:
        for key, path, answer in load.said:
            history.note(type="ok", act=key, path=path, case=answer["case_id"], value=answer)
        for case in load.closed:
            history.note(type="closed", case=case)
    base = running.runtime["http"]
    async with httpx.AsyncClient(trust_env=False) as http:
        on: Any = _Stage(running, http, base, _Desk(urlsplit(base).port or 80))
        world = await gather(cast("Stage", on), history, lag_s)
    violations = await asyncio.to_thread(check, world)
    if violations:
        first = violations[0]
        told = "\n    ".join(shortest_history(world, first))
        raise AssertionError(
            f"{len(violations)} violations; {first.invariant} {first.case}: {first.what}\n    {told}"
        )
    return f"{next(iter(INVARIANTS))}–{list(INVARIANTS)[-1]} hold"
