"""Whatever happens to relays and streams: the message at n is the ledger's line n, byte for byte."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import httpx
import nats
import pytest

from chassis.embedded.ports import any_free
from tests.agreement import expect_nothing_lost_or_done_twice, expect_streams_equal_ledgers
from tests.load import Load, under_load
from tests.platforms import RunningPlatform, found_units, platform
from tests.servers import eventually

PAUSED_S = 3.0
"""Longer than every time limit that a paused writer could hold others up with."""

_loads: list[Load] = []
"""All that was ever asked of the one platform of this file."""


@pytest.fixture(scope="module")
async def running() -> AsyncIterator[tuple[RunningPlatform, str]]:
    """One platform that every test of this file mistreats in its own way, and the position of its directory."""
    with platform() as started:
        await started.start()
        yield started, await found_units(started.runtime["http"])


@contextmanager
def second_intake(running: RunningPlatform) -> Iterator[str]:
    """`huiyin serve intake` beside the platform's own; its base URL."""
    port = any_free()
    command = [sys.executable, "-m", "huiyin.cli.main", "serve", "intake", "--port", str(port)]
    log = (running.state / "logs" / "second.log").open("wb")
    process = subprocess.Popen(
        [*command, "--state", str(running.state)], stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        code = process.wait(30)
        log.close()
        assert code == 0, (running.state / "logs" / "second.log").read_text()


async def answers(base: str) -> None:
    async def asked() -> bool:
        async with httpx.AsyncClient(trust_env=False) as http:
            try:
                return (await http.get(f"{base}/intake/v1/status")).is_success
            except httpx.TransportError:
                return False

    async with asyncio.timeout(30):
        while not await asked():
            await asyncio.sleep(0.1)


async def expect_agreement(running: RunningPlatform) -> None:
    await running.until_idle()
    heads = await expect_streams_equal_ledgers(running.runtime)
    assert all(heads[name] for name in ("intake", "routing", "oversight", "revisit", "notification"))
    await expect_nothing_lost_or_done_twice(running, _loads)
    assert "Traceback" not in "\n".join(running.logs().values())


async def test_a_relay_that_is_paused_and_doubled_changes_nothing(
    running: tuple[RunningPlatform, str],
) -> None:
    started, after = running
    pid = started.runtime["pids"]["services"]
    with second_intake(started) as second:
        await answers(second)
        async with under_load(started.runtime["http"], after) as load:
            _loads.append(load)
            await load.more(6)
            os.kill(pid, signal.SIGSTOP)
            try:
                async with httpx.AsyncClient(base_url=second, timeout=10, trust_env=False) as http:
                    key = {"Idempotency-Key": "while-the-other-sleeps"}
                    petition = {"channel": "web", "receiver_unit_id": "po1", "text": "同时"}
                    answer = await http.post("/intake/v1/cases", json=petition, headers=key)
                assert answer.status_code == 201, answer.text
                await asyncio.sleep(PAUSED_S)
            finally:
                os.kill(pid, signal.SIGCONT)
            await load.more(6)
    await expect_agreement(started)


async def test_a_platform_killed_under_load_goes_on_where_it_was(
    running: tuple[RunningPlatform, str],
) -> None:
    started, after = running
    async with under_load(started.runtime["http"], after) as load:
        _loads.append(load)
        await load.more(4)
        started.kill()
        await started.start()
        await load.more(4)
    await expect_agreement(started)


async def test_a_stray_publish_is_found_and_the_stream_made_again(
    running: tuple[RunningPlatform, str],
) -> None:
    started, after = running
    rebuilds = started.services()["routing"]["reconciler"]["rebuilds"]
    async with under_load(started.runtime["http"], after) as load:
        _loads.append(load)
        await load.more(4)
        client = await nats.connect(
            started.runtime["bus"],
            user="routing",
            password=started.secret("password-routing"),
            inbox_prefix="_INBOX_routing",
        )
        await client.publish("huiyin.routing.v1.Stray.00.00.00", b"rubbish")
        await client.flush()
        await client.close()
        await eventually(lambda: started.services()["routing"]["reconciler"]["rebuilds"] > rebuilds)
        await load.more(4)
    await expect_agreement(started)
