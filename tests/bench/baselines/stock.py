"""The stock recorder of the `eventsourcing` library: one transaction an event, under its table lock."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote, urlsplit

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

POOL = 20


def recorder_of(
    dsn: str, table: str, pool: int = POOL
) -> tuple[PostgresApplicationRecorder, PostgresDatastore]:
    """The recorder as its users have it, with text ids, and the datastore to close afterwards."""
    parts = urlsplit(dsn)
    datastore = PostgresDatastore(
        dbname=parts.path.lstrip("/"),
        host=parts.hostname or "",
        port=str(parts.port),
        user=parts.username or "",
        password=unquote(parts.password or ""),
        pool_size=pool,
        max_overflow=0,
        originator_id_type="text",
    )
    return PostgresApplicationRecorder(datastore, events_table_name=table), datastore


def append(dsn: str, writers: int, events: int, body: bytes) -> tuple[float, list[float]]:
    """(events/s, latency of each event in ms) of `writers` threads that record `events` ready events."""
    recorder, datastore = recorder_of(dsn, "stock_events")
    recorder.create_table()

    def record(number: int) -> float:
        begin = time.perf_counter()
        recorder.insert_events([StoredEvent(f"case-{number}-{begin}", 1, "huiyin.bench.v1.Line", body)])
        return (time.perf_counter() - begin) * 1000

    begin = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        latencies = list(pool.map(record, range(events)))
    seconds = time.perf_counter() - begin
    datastore.close()
    return events / seconds, latencies
