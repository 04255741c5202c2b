"""Read models made anew: emptied and folded again from the ledgers, in one transaction. Policies do not run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import asyncpg

from bus.feed import Feed
from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.codec import decode, decode_envelope
from ledger.lines import Line

PAGE = 500
"""Lines folded at a time."""

LIMIT_S = 600
"""A rebuild folds some 10,000 events a second; what needs longer is rebuilt beside the old tables, not in place."""


async def rebuild(dsn: str, projection: Projection, feeds: Mapping[str, Feed]) -> int:
    """Fold every source again up to the consumer's position; returns the number of events folded.

    The tables are locked first: a consumer that was writing has then committed, and its position with it.
    On a connection of its own (`dsn` is the service's): the feeds it reads need those of the pool.
    """
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            return await _fold_again(connection, projection, feeds)
    finally:
        await connection.close()


async def _fold_again(connection: Any, projection: Projection, feeds: Mapping[str, Feed]) -> int:
    folded = 0
    await connection.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{LIMIT_S}s'")
    await connection.execute(f"SET LOCAL statement_timeout = '{LIMIT_S}s'")
    await connection.execute(f"TRUNCATE {', '.join(projection.tables)}")
    rows = await connection.fetch("SELECT source, position FROM inbox")
    positions = {row["source"]: row["position"] for row in rows}
    for source in sorted(projection.sources):
        position, goal = 0, positions.get(source, 0)
        while position < goal:
            page = await feeds[source].page(position, min(PAGE, goal - position))
            events = [_incoming(source, line) for line in page.lines if line.position <= goal]
            if not events:
                break
            await projection.project(connection, events)
            folded += len(events)
            position = events[-1].position
    return folded


def _incoming(source: str, line: Line) -> Incoming:
    recorded = decode_envelope(line.bytes)
    event = decode(recorded.type, recorded.payload)
    return Incoming(source, line.position, line.hash, recorded, event, recorded.traceparent, line.bytes)
