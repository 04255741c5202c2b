"""The raw limit: the same rows, chain columns included, in INSERTs of 256 on one connection."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from hashlib import sha256

import asyncpg

ROWS = 256
_TABLE = """
CREATE TABLE IF NOT EXISTS limit_rows (position bigint PRIMARY KEY, stream text, version bigint, type text,
                                       bytes bytea, hash bytea, recorded_at timestamptz, UNIQUE (stream, version))
"""
_INSERT = """
INSERT INTO limit_rows
SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bytea[], $6::bytea[], $7::timestamptz[])
"""


async def append(dsn: str, events: int, body: bytes) -> float:
    """Events/s. Each row brings values of its own for every column, as ours do."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(_TABLE)
        first = 1 + (await connection.fetchval("SELECT max(position) FROM limit_rows") or 0)
        begin = time.perf_counter()
        for start in range(first, first + events, ROWS):
            positions = range(start, start + ROWS)
            await connection.execute(
                _INSERT,
                positions,
                [f"limit-{position}" for position in positions],
                [1] * ROWS,
                ["huiyin.bench.v1.Line"] * ROWS,
                [body] * ROWS,
                [sha256(body).digest() for _ in positions],
                [datetime.now(UTC) for _ in positions],
            )
        return events / (time.perf_counter() - begin)
    finally:
        await connection.close()
