"""A whole platform for a measurement: one process per service, telemetry on, one trace in a hundred exported."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from chassis.telemetry import RATIO
from huiyin.cli.idle import until_idle
from huiyin.cli.stacks import own_stack, read_runtime
from huiyin.client.platform import Platform
from tests.load import Load
from tests.platforms import found_units
from tests.spans import collector

SAMPLING = "0.01"
IDLE_LIMIT_S = 120.0


class NotIdle(AssertionError):
    """A backlog was left."""


@dataclass(frozen=True)
class Stack:
    """One that answers."""

    http: str
    owner: str
    """PostgreSQL's superuser."""
    pids: Mapping[str, int]
    """By process: `services` is the supervisor with the gateway."""

    async def units(self) -> str:
        """The two units of the straight road; the position at which both are known."""
        return await found_units(self.http)

    async def one_case(self, load: Load) -> str:
        """One case from its receipt to its closing."""
        async with httpx.AsyncClient(base_url=self.http, timeout=IDLE_LIMIT_S, trust_env=False) as http:
            return await load.case(http)

    def until_idle(self) -> None:
        """Until nothing is left to do. Raises NotIdle."""
        with Platform(self.http) as platform:
            if not until_idle(platform, IDLE_LIMIT_S):
                raise NotIdle(platform.busy())


@contextmanager
def running(state: Path, *, processes: bool = True) -> Iterator[Stack]:
    """A platform in a state directory, ended with the block. Use it in the main thread."""
    with (
        collector() as traces,
        _environment({**traces.environment, RATIO: SAMPLING}),
        own_stack(state, processes=processes),
    ):
        found: dict[str, Any] = read_runtime(state)
        yield Stack(found["http"], found["owner"], dict(found["pids"]))


@contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in more}
    os.environ.update(more)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
