"""Row consume: stream → FastStream reader → one transaction a batch, position and projection in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import asyncpg
from nats.aio.client import Client

from bus.connection import connect
from bus.consumer import Consumer
from bus.feed import LedgerFeed
from bus.incoming import Incoming
from bus.jetstream import delete_stream
from bus.parking_postgres import PostgresParking, parking_set
from bus.reader import StreamReader, make_broker
from bus.subjects import stream_name
from bus.topology import EMBEDDED, create_durable, create_stream
from ledger.lines import Append
from ledger.migrations import apply
from ledger.pool import open_pool
from ledger.ports import Session
from ledger.postgres import PostgresLedger
from tests.bench import examples
from tests.bench.baselines import bare, raw
from tests.bench.bed import Bed
from tests.bench.relay import batches_of, everything
from tests.bench.rows import Row, median

SOURCE = "bench_source"
EVENTS = 25_000
"""Of one run: a second or so."""
PATIENCE_S = 60.0

_TABLE = """
CREATE TABLE {schema}.cases (case_id text PRIMARY KEY, events bigint NOT NULL, type text NOT NULL,
                             recorded_at timestamptz NOT NULL);
GRANT SELECT, INSERT, UPDATE ON {schema}.cases TO {schema}
"""
_PROJECT = """
INSERT INTO {schema}.cases AS c (case_id, events, type, recorded_at)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[])
ON CONFLICT (case_id) DO UPDATE SET events = c.events + excluded.events, type = excluded.type,
                                    recorded_at = excluded.recorded_at
"""


async def measure(bed: Bed) -> list[Row]:
    """One row. Each run is a service of its own, with a durable of its own, that has seen nothing yet."""
    events = bed.size(EVENTS)
    pool = await open_pool(await bed.declare(SOURCE), size=2)
    client = await connect(bed.nats_url, user=bed.nats_user, password=bed.nats_password, name="bench")
    try:
        source = PostgresLedger(pool, SOURCE)
        await examples.fill(source, events)
        await create_stream(client, SOURCE, EMBEDDED)
        await raw.publish(client, batches_of(await everything(source)))
        ours: list[float] = []
        bares: list[float] = []
        cpu: list[float] = []
        for run in range(bed.runs):
            rate, cost = await _ours(bed, client, source, f"bench_consumer{run}", events)
            ours.append(rate)
            cpu.append(cost)
            await create_durable(client, f"bench_bare{run}", SOURCE, 0)
            bares.append(await bare.consume(client, SOURCE, f"bench_bare{run}", events))
        await delete_stream(client, stream_name(SOURCE))
    finally:
        await client.close()
        await pool.close()
    extra = {"cpu_us": round(median(cpu), 1)}
    return [Row("consume", "events/s", median(ours), None, None, {"bare": median(bares)}, extra)]


async def _ours(
    bed: Bed, client: Client, source: PostgresLedger, service: str, events: int
) -> tuple[float, float]:
    """(events/s, CPU of this process in µs an event)."""
    pool = await open_pool(await _declared(bed, service), size=2)
    await create_durable(client, service, SOURCE, 0)
    ledger = PostgresLedger(pool, service)
    broker = make_broker(bed.nats_url, service, user=bed.nats_user, password=bed.nats_password)
    await broker.start()
    try:
        consumer = Consumer(
            service,
            SOURCE,
            ledger=ledger,
            reader=StreamReader(broker, service, SOURCE),
            feed=LedgerFeed(source),
            react=projecting(service),
            parking=PostgresParking(pool, service),
            now=lambda: datetime.now(UTC),
        )
        begin, cpu = time.perf_counter(), time.process_time()
        running = asyncio.create_task(consumer.run())
        try:
            async with asyncio.timeout(PATIENCE_S):
                while consumer.state().position < events:
                    await asyncio.sleep(0.001)
            seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
        finally:
            running.cancel()
            await asyncio.wait((running,))
        counted = await pool.fetchval(f"SELECT sum(events) FROM {service}.cases")
        assert counted == events == await ledger.position_of(SOURCE), f"{counted} of {events} were projected"
        assert consumer.state().events_missing == 0
    finally:
        await broker.stop()
        await pool.close()
    return events / seconds, cpu / events * 1e6


async def _declared(bed: Bed, service: str) -> str:
    dsn = await bed.declare(service)
    await apply(bed.owner_dsn, [parking_set(service)])
    connection = await asyncpg.connect(bed.owner_dsn)
    try:
        await connection.execute(_TABLE.format(schema=service))
    finally:
        await connection.close()
    return dsn


def projecting(service: str) -> Any:
    """A simple read model: how many events each case has, and the last of them."""
    statement = _PROJECT.format(schema=service)

    async def react(session: Session, events: Sequence[Incoming]) -> Sequence[Append]:
        rows: dict[str, tuple[str, int, str, datetime]] = {}
        for incoming in events:
            recorded = incoming.recorded
            before = rows.get(incoming.event.case_id)
            count = 1 + (before[1] if before else 0)
            rows[incoming.event.case_id] = (
                incoming.event.case_id,
                count,
                recorded.type,
                recorded.recorded_at,
            )
        connection = await session.begin()
        await connection.execute(statement, *map(list, zip(*rows.values(), strict=True)))
        return ()

    return react
