"""The bus can be lost while cases go on: it is noticed, made again from the ledgers, and nothing happens twice."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator

import asyncpg
import nats
import pytest

from bus.subjects import TOPOLOGY, inbox_prefix, stream_name
from huiyin.client.platform import SERVICES
from tests.agreement import expect_nothing_lost_or_done_twice, expect_streams_equal_ledgers
from tests.load import Load, under_load
from tests.platforms import RunningPlatform, found_units, platform

DETECTED_WITHIN_S = 60.0
"""Must hold from the moment at which the server answers again."""

_loads: list[Load] = []


@pytest.fixture(scope="module")
async def running() -> AsyncIterator[tuple[RunningPlatform, str]]:
    """One platform whose bus every test of this file destroys in its own way."""
    with platform() as started:
        await started.start()
        yield started, await found_units(started.runtime["http"])


async def rebuilt(dsn: str) -> dict[str, int]:
    """How often each service has recorded that its stream was made again."""
    database = await asyncpg.connect(dsn)
    try:
        count = "SELECT count(*) FROM {}.ledger WHERE type = 'huiyin.platform.v1.StreamRebuilt'"
        return {name: await database.fetchval(count.format(name)) for name in SERVICES}
    finally:
        await database.close()


async def until_recorded(running: RunningPlatform, before: dict[str, int], *services: str) -> None:
    """Wait until the server answers; from then on the limit counts."""
    client = await nats.connect(running.runtime["nats"])
    await client.close()
    dsn = running.runtime["postgres"]
    async with asyncio.timeout(DETECTED_WITHIN_S):
        while True:
            now = await rebuilt(dsn)
            if all(now[name] > before[name] for name in services):
                return
            await asyncio.sleep(0.2)


async def expect_agreement(running: RunningPlatform) -> None:
    await running.until_idle()
    heads = await expect_streams_equal_ledgers(running.runtime)
    assert all(heads[name] for name in ("intake", "routing", "oversight", "revisit", "notification"))
    await expect_nothing_lost_or_done_twice(running, _loads)
    assert "Traceback" not in "\n".join(running.logs().values())


async def test_a_stream_deleted_through_the_api_is_made_again(running: tuple[RunningPlatform, str]) -> None:
    started, after = running
    before = await rebuilt(started.runtime["postgres"])
    async with under_load(started.runtime["http"], after) as load:
        _loads.append(load)
        await load.more(6)
        client = await nats.connect(
            started.runtime["bus"],
            user=TOPOLOGY,
            password=started.secret(f"password-{TOPOLOGY}"),
            inbox_prefix=inbox_prefix(TOPOLOGY),
        )
        for name in ("intake", "routing"):
            assert await client.jetstream().delete_stream(stream_name(name))
        await client.close()
        await until_recorded(started, before, "intake", "routing")
        await load.more(4)
    await expect_agreement(started)


async def test_a_server_that_died_and_lost_its_store_is_filled_again(
    running: tuple[RunningPlatform, str],
) -> None:
    started, after = running
    before = await rebuilt(started.runtime["postgres"])
    died = started.runtime["pids"]["nats"]
    async with under_load(started.runtime["http"], after) as load:
        _loads.append(load)
        await load.more(6)
        os.kill(died, signal.SIGSTOP)  # So that nobody starts it again before its store is gone.
        shutil.rmtree(started.state / "nats" / "jetstream")
        os.kill(died, signal.SIGKILL)
        await load.until(lambda: started.runtime["pids"].get("nats") != died)
        await until_recorded(started, before, "intake", "routing", "oversight", "revisit", "notification")
        await load.more(4)
    await expect_agreement(started)


async def test_a_block_file_truncated_after_a_clean_stop_is_noticed(
    running: tuple[RunningPlatform, str],
) -> None:
    started, after = running
    async with under_load(started.runtime["http"], after) as load:
        _loads.append(load)
        await load.more(6)
    await started.until_idle()
    before = await rebuilt(started.runtime["postgres"])
    started.down()
    (block,) = (started.state / "nats" / "jetstream").glob(f"**/{stream_name('routing')}/msgs/*.blk")
    os.truncate(block, block.stat().st_size // 2)
    await started.start()
    async with under_load(started.runtime["http"], after) as load:
        _loads.append(load)
        await until_recorded(started, before, "routing")
        await load.more(4)
    await expect_agreement(started)
