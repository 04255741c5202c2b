"""`huiyin up`, with and without `--processes`: the road, what status says, parts that are killed, and the end."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import nats
import psutil
import pytest
from nats.js.errors import APIError

from huiyin.client.platform import SERVICES
from tests.agreement import expect_nothing_lost_or_done_twice, expect_streams_equal_ledgers
from tests.load import under_load
from tests.platforms import RunningPlatform, using
from tests.servers import eventually

if TYPE_CHECKING:
    from tests.e2e.conftest import Traced

MOST_CONNECTIONS = 12
"""Of the embedded PostgreSQL, by all services together."""

CLERKS = 5


async def test_status_says_where_everything_answers(either: Traced) -> None:
    shown = either.running.status()
    assert shown["state"] == str(either.running.state)
    assert {"services", "nats", "postgres"} <= shown["pids"].keys()
    assert shown["pids"].keys() >= set(SERVICES) or not either.running.options
    assert all(psutil.pid_exists(pid) for pid in shown["pids"].values())
    async with httpx.AsyncClient(base_url=shown["http"], trust_env=False) as http:
        assert (await http.get("/healthz")).json() == {"state": "alive"}
    await expect_read_only(shown)


async def expect_read_only(shown: dict[str, Any]) -> None:
    """The credentials read everything that is public and change nothing."""
    database = await asyncpg.connect(shown["postgres"])
    client = await nats.connect(shown["nats"], allow_reconnect=False)
    try:
        assert await database.fetchval("SELECT count(*) FROM intake.ledger") is not None
        await database.execute("SET default_transaction_read_only = off")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await database.execute("DELETE FROM intake.ledger")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await database.fetch("SELECT * FROM vault.vault_keys")
        assert (await client.jetstream().stream_info("HUIYIN_INTAKE")).config.name == "HUIYIN_INTAKE"
        with pytest.raises((APIError, nats.errors.Error, TimeoutError)):
            await client.jetstream(timeout=0.5).delete_stream("HUIYIN_INTAKE")
    finally:
        await client.close()
        await database.close()


async def test_the_api_is_the_same(together: Traced, apart: Traced) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        for path in ("/openapi.json", "/nosuch/v1/status", "/intake/v1/nosuch", "/"):
            one, many = [await http.get(each.http + path) for each in (together, apart)]
            assert many.status_code == one.status_code, path
            assert many.headers["content-type"] == one.headers["content-type"], path
            assert many.json() == one.json(), path


async def test_cases_are_walked_with_few_connections(either: Traced) -> None:
    async with under_load(either.http, either.after, clerks=CLERKS) as load:
        owner = await asyncpg.connect(either.running.runtime["owner"])
        most = 0
        while len(load.closed) < CLERKS:
            await load.until(lambda: True)
            connected = await owner.fetchval(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            most = max(most, connected)
            await asyncio.sleep(0.02)
        await owner.close()
    assert 1 < most <= MOST_CONNECTIONS
    await either.running.until_idle()
    await expect_streams_equal_ledgers(either.running.status())
    await expect_nothing_lost_or_done_twice(either.running, [load])


async def test_whatever_is_killed_is_started_again_and_nothing_is_lost(apart: Traced) -> None:
    running = apart.running
    async with under_load(apart.http, apart.after) as load:
        for names in (("routing", "notification"), ("postgres", "nats")):
            await load.more(3)
            killed = {name: running.runtime["pids"][name] for name in names}
            for pid in killed.values():
                os.kill(pid, signal.SIGKILL)
            await load.until(partial(_replaced, running, killed))
        await load.more(6)
    await running.until_idle()
    shown = running.status()
    assert all(psutil.pid_exists(pid) for pid in shown["pids"].values())
    await expect_streams_equal_ledgers(shown)
    await expect_nothing_lost_or_done_twice(running, [load])
    assert "Traceback" not in "\n".join(running.logs().values())


async def test_children_do_not_outlive_a_killed_parent(apart: Traced) -> None:
    apart.running.kill()
    await eventually(lambda: using(apart.running.state) == [])


async def test_down_leaves_nothing_behind(either: Traced) -> None:
    running = either.running
    shown = running.runtime
    left = using(running.state)
    assert left
    ports = [urlsplit(shown[key]).port for key in ("http", "nats", "postgres")]
    running.down()
    assert not (running.state / "runtime.json").exists()
    assert using(running.state) == []
    assert not any(_runs(pid) for pid in shown["pids"].values())
    assert [port for port in ports if _answers(port)] == []
    assert "Traceback" not in "\n".join(running.logs().values())
    again = running.command("down")
    assert (again.returncode, "nothing is running" in again.stdout) == (0, True)


async def test_it_answers_again_at_the_same_address(together: Traced) -> None:
    before = together.http
    assert together.running.stop() == 0
    await together.running.start()
    assert together.http == before


def _replaced(running: RunningPlatform, killed: dict[str, int]) -> bool:
    pids = running.runtime["pids"]
    return all(pids[name] != pid for name, pid in killed.items())


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _answers(port: int | None) -> bool:
    assert port is not None
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
