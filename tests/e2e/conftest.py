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
async def together() -> AsyncIterator[Traced]:
    """`huiyin up`."""
    async for each in _traced():
        yield each


@pytest.fixture(scope="session")
async def apart() -> AsyncIterator[Traced]:
    """`huiyin up --processes`."""
    async for each in _traced("--processes"):
        yield each


@pytest.fixture(params=["together", "apart"])
def either(request: pytest.FixtureRequest) -> Traced:
    """What holds for `up` holds for `up --processes`."""
    found: Traced = request.getfixturevalue(request.param)
    return found
