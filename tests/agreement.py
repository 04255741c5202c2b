"""Whether streams, ledgers and what follows from them agree: asked with the read-only credentials of `status`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from email import message_from_bytes
from typing import Any

import asyncpg
import nats
from nats.js.errors import NotFoundError

from bus.messages import message, reproducible
from bus.subjects import stream_name
from huiyin.client.platform import SERVICES, Platform
from ledger.lines import Line
from tests.load import NOTICES_OF_A_CASE, Load
from tests.platforms import RunningPlatform

TIMELINE = ("intake", "routing", "oversight", "revisit", "notification")
"""The ledgers that audit merges into one timeline."""


async def expect_streams_equal_ledgers(shown: dict[str, Any]) -> dict[str, int]:
    """At every sequence of every stream the ledger's line, byte for byte, with reproducible headers; the heads."""
    database = await asyncpg.connect(shown["postgres"])
    client = await nats.connect(shown["nats"], allow_reconnect=False)
    try:
        return {name: await _expect_equal(database, client.jetstream(), name) for name in SERVICES}
    finally:
        await client.close()
        await database.close()


async def _expect_equal(database: Any, jetstream: Any, service: str) -> int:
    stream = stream_name(service)
    state = (await jetstream.stream_info(stream)).state
    lines = [Line(**row) for row in await database.fetch(f"SELECT * FROM {service}.ledger ORDER BY position")]
    assert [line.position for line in lines] == list(range(1, len(lines) + 1)), service
    assert not state.num_deleted, f"{stream} has holes"
    assert state.last_seq == state.messages == len(lines), f"{stream} is not as long as its ledger"
    for line in lines:
        try:
            stored = await jetstream.get_msg(stream, seq=line.position)
        except NotFoundError:
            raise AssertionError(f"{stream} has no message at {line.position}") from None
        expected = message(line)
        where = f"{stream} at {line.position}"
        assert stored.data == line.bytes, where
        assert stored.subject == expected.subject, where
        assert reproducible(stored.headers) == dict(expected.headers), where
    return len(lines)


async def expect_nothing_lost_or_done_twice(running: RunningPlatform, loads: Iterable[Load]) -> None:
    """Every receipt is kept, every event applied once by everyone, every notice handed over once."""
    loads = list(loads)
    owner = await asyncpg.connect(running.runtime["owner"])
    try:
        heads = {name: await owner.fetchval(f"SELECT position FROM {name}.head") for name in SERVICES}
        for name in SERVICES:
            for source, position in await owner.fetch(f"SELECT source, position FROM {name}.inbox"):
                assert position == heads[source], (
                    f"{name} has applied {position} of {heads[source]} of {source}"
                )
        for name in TIMELINE:
            seen = await owner.fetchval("SELECT count(*) FROM audit.timeline WHERE service = $1", name)
            assert seen == heads[name], f"audit has {seen} of {heads[name]} lines of {name}"
            assert await owner.fetch(f"SELECT * FROM {name}.broken_links(0, 1000000)") == []
        assert await owner.fetch("SELECT * FROM audit.chains WHERE broken_at IS NOT NULL") == []
        for load in loads:
            await _expect_receipts(owner, load)
        await _expect_notices(owner, running, loads)
    finally:
        await owner.close()
    _expect_closed(running, loads)


async def _expect_receipts(owner: Any, load: Load) -> None:
    assert load.receipts
    assert len({receipt.receipt_number for receipt in load.receipts}) == len(load.receipts)
    for receipt in load.receipts:
        row = await owner.fetchrow("SELECT * FROM intake.ledger WHERE position = $1", receipt.position)
        assert row is not None, f"{receipt} was acknowledged and is gone"
        assert row["stream"] == f"intake-case-{receipt.case_id}"
        assert row["hash"].hex() == receipt.hash


async def _expect_notices(owner: Any, running: RunningPlatform, loads: Iterable[Load]) -> None:
    notices = [message_from_bytes(path.read_bytes()) for path in running.notices()]
    intents = await owner.fetch("SELECT key, done_at FROM notification.intents")
    assert sorted(notice["X-Huiyin-Notice"] for notice in notices) == sorted(row["key"] for row in intents)
    assert all(row["done_at"] for row in intents)
    kinds = Counter((notice["X-Huiyin-Case"], notice["X-Huiyin-Template"]) for notice in notices)
    assert set(kinds.values()) == {1}, "somebody was told the same thing twice"
    per_case = Counter(notice["X-Huiyin-Case"] for notice in notices)
    closed = {case_id for load in loads for case_id in load.closed}
    assert {case_id: per_case[case_id] for case_id in closed} == dict.fromkeys(closed, NOTICES_OF_A_CASE)


def _expect_closed(running: RunningPlatform, loads: Iterable[Load]) -> None:
    with Platform(running.runtime["http"]) as platform:
        for load in loads:
            views = {case_id: platform.get(f"/audit/v1/cases/{case_id}") for case_id in load.closed[:5]}
            assert {view["state"] for view in views.values()} <= {"closed"}
