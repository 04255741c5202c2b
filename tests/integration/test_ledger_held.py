"""A connection kept at hand is nobody's loss: not of others who need one, nor of whoever takes it when it is broken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from ledger import held
from ledger.held import Held
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.samples import PATIENCE_S, one
from tests.integration.ledger_support import Place

STREAM = "testing-case-1"
WHO = "SELECT pg_backend_pid()"


@pytest.fixture
async def pool(place: Place) -> AsyncIterator[asyncpg.Pool[Any]]:
    """Of two connections, as a service has it."""
    pool = await open_pool(place.dsn, size=2)
    yield pool
    pool.terminate()


async def test_the_same_connection_is_taken_again_and_again(pool: asyncpg.Pool[Any]) -> None:
    at_hand = Held(pool)
    backends = set()
    for _ in range(3):
        db = await at_hand.take()
        backends.add(await db.fetchval(WHO))
        at_hand.rest(db)
    assert len(backends) == 1
    assert pool.get_idle_size() == pool.get_size() - 1


async def test_two_at_once_have_one_each_and_the_pool_gets_the_second_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "HOLD_S", 10 * PATIENCE_S)
    pool = await open_pool(place.dsn, size=3)
    try:
        at_hand = Held(pool)
        taken = [await at_hand.take(), await at_hand.take()]
        assert len({await db.fetchval(WHO) for db in taken}) == 2
        for db in taken:
            at_hand.rest(db)
        async with asyncio.timeout(PATIENCE_S):
            all_of_it = [await at_hand.take(), await pool.acquire(), await pool.acquire()]
        assert len({await db.fetchval(WHO) for db in all_of_it}) == 3
    finally:
        pool.terminate()


async def test_the_last_connection_of_a_pool_goes_back_at_once(
    pool: asyncpg.Pool[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "HOLD_S", 10 * PATIENCE_S)
    at_hand = Held(pool)
    other, db = await pool.acquire(), await at_hand.take()
    at_hand.rest(db)
    async with asyncio.timeout(PATIENCE_S):
        assert await pool.acquire() is not other


async def test_what_nobody_takes_goes_back(pool: asyncpg.Pool[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "HOLD_S", 0.01)
    at_hand = Held(pool)
    at_hand.rest(await at_hand.take())
    async with asyncio.timeout(PATIENCE_S):
        assert len([await pool.acquire() for _ in range(2)]) == 2


async def test_a_connection_that_broke_at_rest_is_not_handed_out(place: Place) -> None:
    async with place.replica() as ledger:
        await ledger.append(one(STREAM))
        await place.as_owner(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'testing'"
            " AND datname = current_database()"
        )
        await asyncio.sleep(0.01)  # What the server said when it hung up has arrived.
        assert [version for version, _, _ in await ledger.since(STREAM, 0)] == [1]


async def test_a_load_that_was_given_up_leaves_a_ledger_that_can_be_loaded(place: Place) -> None:
    async with place.replica(1) as ledger:
        await ledger.append(one(STREAM))
        for turns in range(4):
            loading = asyncio.create_task(ledger.since(STREAM, 0))
            for _ in range(turns):
                await asyncio.sleep(0)
            loading.cancel()
            await asyncio.gather(loading, return_exceptions=True)
            async with asyncio.timeout(PATIENCE_S):
                assert len(await ledger.since(STREAM, 0)) == 1


async def test_many_loads_at_once_share_a_pool_of_one(place: Place) -> None:
    async with place.replica(1) as ledger:
        await ledger.append(one(STREAM))
        loads = (ledger.since(STREAM, 0) for _ in range(50))
        async with asyncio.timeout(PATIENCE_S):
            assert {len(rows) for rows in await asyncio.gather(*loads)} == {1}


async def test_a_load_that_fails_fails_alone(pool: asyncpg.Pool[Any]) -> None:
    nowhere = PostgresLedger(pool, "testing", "nowhere")
    for _ in range(5):
        with pytest.raises(asyncpg.UndefinedTableError):
            await nowhere.since(STREAM, 0)
    assert pool.get_idle_size() == pool.get_size()
