"""What goes wrong around a ledger is told to the one whom it concerns, and to nobody else."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any

import asyncpg
import pytest

from ledger.audit import check
from ledger.lines import Append, Appended, Conflict, LedgerUnavailable, NewLine, Refused
from ledger.postgres import PostgresLedger
from ledger.samples import AT, PATIENCE_S, key, new_line, numbered, one
from tests.integration.cutting_proxy import cutting_proxy
from tests.integration.ledger_support import Place, new_place

BLOCKED_S = 3.0
"""A paused writer may hold others up for so long, and no longer."""

PAUSED_WRITER = """
import asyncio, sys
from ledger.samples import one
from ledger.lines import InboxMove
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger

async def main():
    dsn, schema, step = sys.argv[1:]
    ledger = PostgresLedger(await open_pool(dsn), "testing", schema)
    async def pause(here):
        if here == step:
            print(here, flush=True)
            await asyncio.to_thread(sys.stdin.readline)
    async with ledger.session() as session:
        await pause("begun")
        await session.load_many(["testing-case-1"])
        await pause("loaded")
        await session.append([one("testing-case-paused")], InboxMove("intake", 0, 1))
        await pause("appended")

asyncio.run(main())
"""


@pytest.fixture
async def ledger(place: Place) -> AsyncIterator[PostgresLedger]:
    """The same ledger."""
    async with place.replica() as ledger:
        yield ledger


def bad_values() -> Sequence[Any]:
    """Appends that only the database, or the driver, refuses."""
    line = new_line("testing-case-bad", 1)
    return (
        pytest.param(one("testing-case-bad\x00"), id="a NUL in a text"),
        pytest.param(one("testing-case-bad", idempotency=key("k\x00")), id="a NUL in a key"),
        pytest.param(
            Append(lines=(NewLine("testing-case-\ud800", 1, "t", b"", AT),)), id="half a surrogate pair"
        ),
        pytest.param(
            Append(lines=(new_line("testing-case-bad", 1), NewLine("testing-case-bad", 2**63, "t", b"", AT))),
            id="a version beyond 64 bits",
        ),
        pytest.param(Append(lines=(NewLine(line.stream, 1, "", b"", AT),)), id="no type"),
        pytest.param(Append(lines=(NewLine(line.stream, 1, "t", "text", AT),)), id="text for bytes"),  # type: ignore[arg-type]
        pytest.param(Append(lines=(NewLine(line.stream, 1, "t", b"", None),)), id="no instant"),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("bad", bad_values())
async def test_one_bad_value_among_64_fails_alone(ledger: PostgresLedger, bad: Append) -> None:
    appends = [bad if n == 37 else numbered(f"testing-case-{n}", "r") for n in range(64)]
    results = await asyncio.gather(*(ledger.append(each) for each in appends), return_exceptions=True)
    assert [n for n, result in enumerate(results) if not isinstance(result, Appended)] == [37]
    assert isinstance(results[37], Refused)
    lines = await ledger.read(0, 100)
    assert [line.position for line in lines] == list(range(1, 64))
    assert sorted(int(line.bytes.split()[1]) for line in lines) == list(range(1, 64))
    assert await check(ledger, columns=None) == (None, 63)


async def test_a_caller_who_gives_up_disturbs_nobody(ledger: PostgresLedger) -> None:
    waiting = [asyncio.create_task(ledger.append(one(f"testing-case-{n}"))) for n in range(64)]
    await asyncio.sleep(0)
    for task in waiting[::2]:
        task.cancel()
    await asyncio.gather(*waiting[1::2])
    await asyncio.gather(*waiting, return_exceptions=True)
    streams = {line.stream for line in await ledger.read(0, 100)}
    assert {f"testing-case-{n}" for n in range(1, 64, 2)} <= streams
    assert await check(ledger, columns=None) == (None, len(streams))


@pytest.mark.parametrize("lost", [1, 3])
async def test_an_append_whose_answer_was_lost_is_written_once(place: Place, lost: int) -> None:
    async with cutting_proxy(place.dsn) as (proxy, dsn), place.replica(1, dsn=dsn) as ledger:
        await ledger.append(numbered("testing-case-before", "r"))
        proxy.cuts = lost
        appends = [
            one("testing-case-plain"),
            one("testing-case-keyed", idempotency=key("k")),
            numbered("testing-case-numbered", "r"),
            numbered("testing-case-both", "r", idempotency=key("n")),
            one("testing-case-before"),
        ]
        *written, conflict = await asyncio.gather(
            *(ledger.append(each) for each in appends), return_exceptions=True
        )
        assert proxy.lost == lost
        assert isinstance(conflict, Conflict)
        assert [(w.first_position, w.count, w.replayed) for w in written if isinstance(w, Appended)] == [
            (2, 1, False),
            (3, 1, False),
            (4, 1, False),
            (5, 1, False),
        ]
        await ledger.append(numbered("testing-case-after", "r"))
        lines = await ledger.read(0, 100)
        assert [line.bytes for line in lines if line.bytes.startswith(b"r ")] == [
            b"r 1",
            b"r 2",
            b"r 3",
            b"r 4",
        ]
        assert [w.last_hash for w in written if isinstance(w, Appended)] == [n.hash for n in lines[1:5]]
        assert await check(ledger, columns=None) == (None, 6)


async def test_an_append_whose_backend_is_killed_is_written_once(place: Place) -> None:
    async with place.replica() as ledger:
        await ledger.append(one("testing-case-1"))
        db = await asyncpg.connect(place.owner_dsn)
        try:
            async with db.transaction():
                await db.execute(f"SELECT FROM {place.schema}.head FOR UPDATE")
                waiting = asyncio.create_task(ledger.append(numbered("testing-case-2", "r")))
                killed = 0
                while not killed:
                    killed = await db.fetchval(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
                        " AND application_name = 'huiyin' AND query LIKE $1",
                        f"%{place.schema}.append%",
                    )
        finally:
            await db.close()
        assert (await asyncio.wait_for(waiting, PATIENCE_S)).first_position == 2
        assert await check(ledger, columns=None) == (None, 2)


async def test_replicas_that_append_at_once_share_one_chain_and_gapless_registers(place: Place) -> None:
    async with place.replica(1) as a, place.replica(1) as b, place.replica(1) as c:

        async def write(name: str, ledger: PostgresLedger) -> int:
            conflicts = 0
            for n in range(40):
                appends = [
                    numbered(f"testing-case-{name}{n}", "110101-2025"),
                    numbered(f"testing-case-{name}{n}x", "110101-2025"),
                    one(f"testing-case-shared-{n}"),
                    one(f"testing-unit-{name}", n + 1),
                ]
                results = await asyncio.gather(*map(ledger.append, appends), return_exceptions=True)
                assert all(isinstance(r, Appended | Conflict) for r in results), results
                conflicts += sum(isinstance(result, Conflict) for result in results)
            return conflicts

        conflicts = await asyncio.wait_for(
            asyncio.gather(write("a", a), write("b", b), write("c", c)), PATIENCE_S
        )
        lines = await a.read(0, 1000)
        assert sum(conflicts) == 2 * 40
        assert [line.position for line in lines] == list(range(1, 4 * 40 * 3 - 80 + 1))
        told = [int(n.bytes.split()[1]) for n in lines if n.bytes.startswith(b"110101-2025 ")]
        assert sorted(told) == list(range(1, 241))
        assert await check(b, columns=None) == (None, 400)


async def test_whoever_waits_hears_of_other_replicas(place: Place) -> None:
    async with place.replica() as here, place.replica() as there:
        waiting = asyncio.create_task(here.wait_beyond(0, PATIENCE_S))
        await there.append(one("testing-case-1"))
        await asyncio.wait_for(waiting, PATIENCE_S / 2)


@pytest.mark.parametrize("step", ["begun", "loaded", "appended"])
async def test_a_writer_paused_between_two_steps_does_not_block_others(place: Place, step: str) -> None:
    async with place.replica() as ledger:
        await ledger.append(one("testing-case-1"))
        writer = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PAUSED_WRITER, place.dsn, place.schema, step,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        try:
            assert writer.stdout is not None
            assert (await writer.stdout.readline()).strip() == step.encode()
            writer.send_signal(signal.SIGSTOP)
            await asyncio.wait_for(ledger.append(one("testing-case-2")), BLOCKED_S)
            if step == "appended":  # It held the head row: its transaction is gone.
                writer.send_signal(signal.SIGCONT)
                await writer.communicate(b"\n")
                assert writer.returncode != 0
                assert await ledger.load("testing-case-paused") == []
                assert await ledger.position_of("intake") == 0
        finally:
            with suppress(ProcessLookupError):
                writer.kill()
            await writer.communicate()
        assert await check(ledger, columns=None) == (None, 2)


async def test_appends_wait_for_a_server_that_restarts(private_postgres: Any) -> None:
    server = await private_postgres()
    place = await new_place(server.dsn)
    async with place.replica() as ledger:
        await ledger.append(one("testing-case-1"))
        os.kill(server.pid, signal.SIGKILL)
        await server.exited()
        waiting = [asyncio.create_task(ledger.append(one(f"testing-case-w{n}"))) for n in range(5)]
        await asyncio.sleep(0)
        await server.start()
        results = await asyncio.wait_for(asyncio.gather(*waiting), PATIENCE_S)
        assert sorted(result.first_position for result in results) == [2, 3, 4, 5, 6]
        assert await check(ledger, columns=None) == (None, 6)


async def test_when_the_server_stays_away_every_caller_is_told(private_postgres: Any) -> None:
    server = await private_postgres()
    place = await new_place(server.dsn)
    async with place.replica(retry_for_s=0.2) as ledger:
        await ledger.append(one("testing-case-1"))
        await server.stop()
        appends = [ledger.append(one(f"testing-case-{n}")) for n in range(2, 40)]
        results = await asyncio.wait_for(asyncio.gather(*appends, return_exceptions=True), PATIENCE_S)
        assert {type(result) for result in results} == {LedgerUnavailable}
        await server.start()
        assert (await ledger.append(one("testing-case-2"))).first_position == 2


async def test_a_ledger_that_is_not_there_is_told_at_once(place: Place) -> None:
    async with place.replica() as ledger:
        nowhere = PostgresLedger(ledger._pool, "testing", "nowhere")
        with pytest.raises(LedgerUnavailable, match="not written"):
            await asyncio.wait_for(nowhere.append(one("testing-case-1")), PATIENCE_S / 2)


async def test_more_callers_than_may_wait_are_all_served(ledger: PostgresLedger) -> None:
    results = await asyncio.gather(*(ledger.append(one(f"testing-case-{n}")) for n in range(5000)))
    assert sorted(result.first_position for result in results) == list(range(1, 5001))
