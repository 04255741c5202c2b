"""Row relay: ledger → stream by the platform's own relay, beside the same batches ready in memory."""

from __future__ import annotations

import asyncio
import time

from nats.aio.client import Client

from bus.agreement import stream_state
from bus.connection import Connection, connect
from bus.jetstream import delete_stream
from bus.publisher import Batch
from bus.relay import Relay, RelayState, batch_of
from bus.subjects import stream_name
from bus.topology import EMBEDDED, create_stream
from ledger.lines import Line
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from tests.bench import examples
from tests.bench.baselines import raw
from tests.bench.bed import Bed
from tests.bench.rows import Row, median

SERVICE = "bench_relay"
EVENTS = 30_000
"""Of one run: a second or so."""
PAGE = 5_000
PATIENCE_S = 60.0


async def measure(bed: Bed) -> list[Row]:
    """One row. Each run fills a new stream from its first sequence on."""
    dsn = await bed.declare(SERVICE)
    pool = await open_pool(dsn, size=2)
    client = await connect(bed.nats_url, user=bed.nats_user, password=bed.nats_password, name=SERVICE)
    try:
        ledger = PostgresLedger(pool, SERVICE)
        events = bed.size(EVENTS)
        await examples.fill(ledger, events)
        batches = batches_of(await everything(ledger))
        ours: list[float] = []
        raws: list[float] = []
        cpu: list[float] = []
        for _ in range(bed.runs):
            await _new_stream(client)
            rate, cost = await _ours(ledger, client, events)
            ours.append(rate)
            cpu.append(cost)
            await _new_stream(client)
            raws.append(await raw.publish(client, batches))
            await _expect(client, events)
        await delete_stream(client, stream_name(SERVICE))
    finally:
        await client.close()
        await pool.close()
    extra = {"cpu_us": round(median(cpu), 1), "batch": len(batches[0].messages)}
    return [Row("relay", "events/s", median(ours), None, None, {"raw": median(raws)}, extra)]


async def everything(ledger: PostgresLedger) -> list[Line]:
    """All lines of a ledger."""
    lines: list[Line] = []
    while page := await ledger.read(len(lines), PAGE):
        lines += page
    return lines


def batches_of(lines: list[Line]) -> list[Batch]:
    """The batches that the relay would make of them."""
    batches: list[Batch] = []
    after = 0
    while after < len(lines):
        batches.append(batch_of(after, lines[after : after + 512]))
        after = batches[-1].last
    return batches


async def _new_stream(client: Client) -> None:
    await delete_stream(client, stream_name(SERVICE))
    await create_stream(client, SERVICE, EMBEDDED)


async def _ours(ledger: PostgresLedger, client: Client, events: int) -> tuple[float, float]:
    """(events/s, CPU of this process in µs an event)."""
    done = asyncio.Event()

    def watch(state: RelayState) -> None:
        if state.relayed >= events:
            done.set()

    async def same() -> Client:
        return client

    relay = Relay(ledger, Connection(same), SERVICE, watch)
    begin, cpu = time.perf_counter(), time.process_time()
    running = asyncio.create_task(relay.run())
    try:
        async with asyncio.timeout(PATIENCE_S):
            await done.wait()
        seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    finally:
        running.cancel()
        await asyncio.wait((running,))
    await _expect(client, events)
    return events / seconds, cpu / events * 1e6


async def _expect(client: Client, events: int) -> None:
    state = await stream_state(client, SERVICE)
    assert (state.last if state else None) == events, f"the stream is at {state}"
