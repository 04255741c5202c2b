"""Two whole platforms for this folder: all services in one process, and each in its own; both export every trace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.platforms import RunningPlatform, found_units, platform
from tests.spans import Collector, collector


@dataclass
class Traced:
    """A platform, the collector of its traces, and the position at which its directory is known."""

    running: RunningPlatform
    collected: Collector
    after: str

    @property
    def http(self) -> str:
        """The base URL."""
        return str(self.running.runtime["http"])


async def _traced(*options: str) -> AsyncIterator[Traced]:
    with collector() as collected, platform(*options, environment=collected.environment) as running:
        await running.start()
        yield Traced(running, collected, await found_units(running.runtime["http"]))


@pytest.fixture(scope="session")
async def one_process() -> AsyncIterator[Traced]:
    """`huiyin up`, as the last test left it."""
    async for each in _traced():
        yield each


@pytest.fixture(scope="session")
async def many_processes() -> AsyncIterator[Traced]:
    """`huiyin up --processes`, as the last test left it."""
    async for each in _traced("--processes"):
        yield each


@pytest.fixture
async def together(one_process: Traced) -> Traced:
    """`huiyin up`; started again if a test has ended it."""
    await one_process.running.start()
    return one_process


@pytest.fixture
async def apart(many_processes: Traced) -> Traced:
    """`huiyin up --processes`; started again if a test has ended it."""
    await many_processes.running.start()
    return many_processes


@pytest.fixture(params=["together", "apart"])
def either(request: pytest.FixtureRequest) -> Traced:
    """What holds for `up` holds for `up --processes`."""
    found: Traced = request.getfixturevalue(str(request.param))
    return found
