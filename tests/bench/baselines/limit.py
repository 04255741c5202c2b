"""The raw limit: the same rows, chain columns included, in INSERTs of 256 on one connection."""

from __future__ import annotations

import time
from hashlib import sha256

import asyncpg

ROWS = 256
_TABLE = """
CREATE TABLE IF NOT EXISTS limit_rows (position bigint PRIMARY KEY, stream text, version bigint, type text,
                                       bytes bytea, hash bytea, recorded_at timestamptz, UNIQUE (stream, version))
"""
_INSERT = """
INSERT INTO limit_rows SELECT position, stream, 1, 'huiyin.bench.v1.Line', $3, $4, now()
FROM unnest($1::bigint[], $2::text[]) AS t (position, stream)
"""


async def append(dsn: str, events: int, body: bytes) -> float:
    """Events/s."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(_TABLE)
        first = 1 + (await connection.fetchval("SELECT max(position) FROM limit_rows") or 0)
        digest = sha256(body).digest()
        begin = time.perf_counter()
        for start in range(first, first + events, ROWS):
            positions = list(range(start, start + ROWS))
            await connection.execute(_INSERT, positions, [f"limit-{p}" for p in positions], body, digest)
        return events / (time.perf_counter() - begin)
    finally:
        await connection.close()
