"""Whoever changes, removes, inserts or swaps a line of a ledger is found, at the line where it was done."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from huiyin.cli.ledger import verify_ledgers
from tests.load import under_load
from tests.platforms import RunningPlatform, found_units, platform

SERVICE = "intake"
COLUMNS = "position, stream, version, type, bytes, hash, recorded_at"


@dataclass
class Stopped:
    """A platform whose services stand still, its database in the hands of somebody who may do anything there."""

    running: RunningPlatform
    owner: Any
    head: int

    def at(self, where: str) -> int:
        """A position: the first line, one in the middle, or the last."""
        return {"first": 1, "middle": self.head // 2, "last": self.head}[where]

    async def found(self) -> list[tuple[str, int]]:
        """The ledgers that cannot be believed, and where."""
        results = await verify_ledgers(self.running.state)
        return [(each["service"], each["position"]) for each in results if each["finding"]]

    async def restored(self) -> None:
        """As it was before."""
        await self.owner.execute(
            f"TRUNCATE {SERVICE}.ledger; INSERT INTO {SERVICE}.ledger SELECT * FROM kept_ledger;"
        )


@pytest.fixture(scope="module")
async def stopped() -> AsyncIterator[Stopped]:
    """Some cases, then silence: writers are paused, so that nothing repairs or extends what is done to them."""
    with platform() as running:
        await running.start()
        async with under_load(running.runtime["http"], await found_units(running.runtime["http"])) as load:
            await load.more(4)
        await running.until_idle()
        owner = await asyncpg.connect(running.runtime["owner"])
        pid = running.runtime["pids"]["services"]
        os.kill(pid, signal.SIGSTOP)
        try:
            await owner.execute(f"CREATE TEMPORARY TABLE kept_ledger AS SELECT * FROM {SERVICE}.ledger")
            head = await owner.fetchval(f"SELECT position FROM {SERVICE}.head")
            yield Stopped(running, owner, head)
        finally:
            await owner.close()
            os.kill(pid, signal.SIGCONT)


async def changed(owner: Any, at: int, column: str, value: str) -> None:
    await owner.execute(f"UPDATE {SERVICE}.ledger SET {column} = {value} WHERE position = $1", at)


async def removed(owner: Any, at: int) -> None:
    await owner.execute(f"DELETE FROM {SERVICE}.ledger WHERE position = $1", at)


async def inserted(owner: Any, at: int) -> None:
    """One more line at a position: those behind move away, and it is a good copy of another."""
    table = f"{SERVICE}.ledger"
    await owner.execute(f"CREATE TEMPORARY TABLE moved AS SELECT * FROM {table} WHERE position >= $1", at)
    await owner.execute(f"DELETE FROM {table} WHERE position >= $1", at)
    await owner.execute(
        f"INSERT INTO {table} SELECT $1, 'intake-case-forged', version, type, bytes, hash, recorded_at"
        " FROM moved ORDER BY position LIMIT 1",
        at,
    )
    await owner.execute(
        f"INSERT INTO {table} ({COLUMNS}) SELECT position + 1, stream, version, type, bytes, hash, recorded_at FROM moved"
    )
    await owner.execute("DROP TABLE moved")


async def swapped(owner: Any, at: int) -> None:
    """This line and the next exchange all but their positions."""
    table = f"{SERVICE}.ledger"
    await owner.execute(
        f"CREATE TEMPORARY TABLE moved AS SELECT * FROM {table} WHERE position BETWEEN $1 AND $1 + 1", at
    )
    await owner.execute(f"DELETE FROM {table} WHERE position BETWEEN $1 AND $1 + 1", at)
    await owner.execute(
        f"INSERT INTO {table} ({COLUMNS})"
        " SELECT 2 * $1::bigint + 1 - position, stream, version, type, bytes, hash, recorded_at FROM moved",
        at,
    )
    await owner.execute("DROP TABLE moved")


CHANGES: dict[str, tuple[str, str]] = {
    "one bit of the bytes": ("bytes", "set_byte(bytes, 7, get_byte(bytes, 7) # 1)"),
    "the hash": ("hash", "sha256(hash)"),
    "the stream": ("stream", "stream || 'x'"),
    "the version": ("version", "version + 1000"),
    "the type": ("type", "'huiyin.intake.v1.CaseRegistered2'"),
    "the time": ("recorded_at", "recorded_at - interval '1 microsecond'"),
}


async def test_an_untouched_installation_is_believed(stopped: Stopped) -> None:
    assert await stopped.found() == []


@pytest.mark.parametrize("where", ["first", "middle", "last"])
@pytest.mark.parametrize("what", CHANGES)
async def test_a_changed_line_is_found(stopped: Stopped, what: str, where: str) -> None:
    try:
        await changed(stopped.owner, stopped.at(where), *CHANGES[what])
        assert await stopped.found() == [(SERVICE, stopped.at(where))]
    finally:
        await stopped.restored()


@pytest.mark.parametrize("where", ["first", "middle", "last"])
@pytest.mark.parametrize("how", [removed, inserted], ids=["removed", "inserted"])
async def test_a_line_too_few_or_too_many_is_found(
    stopped: Stopped, how: Callable[[Any, int], Any], where: str
) -> None:
    try:
        await how(stopped.owner, stopped.at(where))
        assert await stopped.found() == [(SERVICE, stopped.at(where))]
    finally:
        await stopped.restored()


@pytest.mark.parametrize("at", [0, 1, 2], ids=["first", "middle", "last"])
async def test_two_swapped_lines_are_found(stopped: Stopped, at: int) -> None:
    position = [1, stopped.head // 2, stopped.head - 1][at]
    try:
        await swapped(stopped.owner, position)
        assert await stopped.found() == [(SERVICE, position)]
    finally:
        await stopped.restored()


async def test_a_line_that_was_appended_by_hand_is_found(stopped: Stopped) -> None:
    """Chained as it should be, but past the head: nothing that appends could have left it there."""
    owner, head = stopped.owner, stopped.head
    try:
        await owner.execute(
            f"INSERT INTO {SERVICE}.ledger SELECT $1 + 1, 'intake-case-forged', 1, type, bytes,"
            " sha256(hash || int8send($1 + 1) || sha256(bytes)), recorded_at"
            f" FROM {SERVICE}.ledger WHERE position = $1",
            head,
        )
        ((service, position),) = await stopped.found()
        assert service == SERVICE
        assert position in (head, head + 1)
    finally:
        await stopped.restored()


async def test_the_command_names_service_and_position_and_fails(stopped: Stopped) -> None:
    at = stopped.at("middle")
    intact = stopped.running.command("ledger", "verify", "--json")
    assert intact.returncode == 0, intact.stderr
    assert all(each["finding"] is None for each in json.loads(intact.stdout))
    try:
        await removed(stopped.owner, at)
        done = stopped.running.command("ledger", "verify", "--json")
        assert done.returncode == 1
        (broken,) = [each for each in json.loads(done.stdout) if each["finding"]]
        assert (broken["service"], broken["position"]) == (SERVICE, at)
        (line,) = done.stderr.splitlines()
        assert SERVICE in line
        assert str(at) in line
    finally:
        await stopped.restored()
