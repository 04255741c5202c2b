"""The pipeline as one would write it from the manuals of its parts.

The stock recorder, one transaction an event; a publisher that reads its notifications and calls `js.publish` one by
one; FastStream's single-message consumer, which opens one transaction a message for the answer and the projection
(it is spared a ledger, a chain and a second hop), and acknowledges each. Two processes, like ours.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import asyncpg
import nats
import uvloop
from eventsourcing.persistence import StoredEvent
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.security import SASLPlaintext
from nats.js.api import StreamConfig

from huiyin.codec import decode, decode_envelope
from ledger.envelopes import new_lines
from tests.bench import examples
from tests.bench.baselines.stock import recorder_of
from tests.bench.bed import Bed
from tests.bench.stages import Delays, Feeding, ready, say, until_input_ends

STREAM, SUBJECT, DURABLE = "NAIVE", "naive.events", "naive_consumer"
TABLE = "naive_events"
THREADS = 16
POOL = 20
PAGE = 256
IDLE_S = 0.005

_TABLES = """
CREATE TABLE naive_answers (id bigserial PRIMARY KEY, stream text NOT NULL, version bigint NOT NULL,
                            type text NOT NULL, bytes bytea NOT NULL, UNIQUE (stream, version));
CREATE TABLE naive_cases (case_id text PRIMARY KEY, events bigint NOT NULL, type text NOT NULL,
                          recorded_at timestamptz NOT NULL)
"""
_ANSWER = "INSERT INTO naive_answers (stream, version, type, bytes) VALUES ($1, 1, $2, $3)"
_PROJECT = """
INSERT INTO naive_cases AS c (case_id, events, type, recorded_at) VALUES ($1, 1, $2, $3)
ON CONFLICT (case_id) DO UPDATE SET events = c.events + 1, type = excluded.type, recorded_at = excluded.recorded_at
"""


@dataclass
class Naive:
    """As tests.bench.pipeline wants it."""

    bed: Bed
    owner: Any
    module = "tests.bench.baselines.naive"
    seconds = {"pipeline": 15.0, "pipeline.idle": 10.0, "pipeline.half": 8.0}  # noqa: RUF012

    async def prepare(self) -> None:
        """Tables and stream."""
        await self.owner.execute(_TABLES)
        recorder, datastore = recorder_of(self.bed.owner_dsn, TABLE, POOL)
        await asyncio.to_thread(recorder.create_table)
        datastore.close()
        client = await _connected(self.bed.nats_url, self.bed.nats_user, self.bed.nats_password)
        await client.jetstream().add_stream(StreamConfig(name=STREAM, subjects=[SUBJECT]))
        await client.close()

    async def settings(self) -> dict[str, Any]:
        """Of both stages."""
        return {
            "dsn": self.bed.owner_dsn,
            "nats": (self.bed.nats_url, self.bed.nats_user, self.bed.nats_password),
            "before": await self.owner.fetchval("SELECT coalesce(max(id), 0) FROM naive_answers"),
            "published": await self.owner.fetchval(f"SELECT coalesce(max(notification_id), 0) FROM {TABLE}"),
        }

    async def came_out(self) -> int:
        """Answers, each committed with its projection."""
        return int(await self.owner.fetchval("SELECT count(*) FROM naive_answers"))

    async def went_in(self) -> int:
        """Events of the recorder."""
        return int(await self.owner.fetchval(f"SELECT count(*) FROM {TABLE}"))


async def _connected(url: str, user: str | None, password: str | None) -> Any:
    return await nats.connect(url, user=user, password=password)


async def append(settings: dict[str, Any]) -> None:
    """Threads that record, and one publisher behind them."""
    recorder, _ = recorder_of(settings["dsn"], TABLE, POOL)
    client = await _connected(*settings["nats"])
    watching = await asyncpg.connect(settings["dsn"])
    threads = ThreadPoolExecutor(THREADS)
    loop = asyncio.get_running_loop()
    first = int(datetime.now(UTC).timestamp() * 1000) * 1000

    def record(number: int, due: datetime) -> None:
        event = examples.notice(first + number)
        now = max(datetime.now(UTC), due)
        context = examples.context(event.case_id, 0, due)
        (line,) = new_lines([event], f"naive-case-{event.case_id}", 0, now, context)
        recorder.insert_events([StoredEvent(line.stream, line.version, line.type, line.bytes)])

    async def one(number: int, due: datetime) -> None:
        await loop.run_in_executor(threads, record, number, due)

    async def came_out() -> int:
        last: int = await watching.fetchval("SELECT coalesce(max(id), 0) FROM naive_answers")
        return last - int(settings["before"])

    published = settings["published"]

    async def publish() -> None:
        nonlocal published
        stream = client.jetstream()
        while True:
            found = await asyncio.to_thread(recorder.select_notifications, published + 1, PAGE)
            for notification in found:
                await stream.publish(SUBJECT, notification.state)
                published = notification.id
            if not found:
                await asyncio.sleep(IDLE_S)

    publishing = asyncio.create_task(publish())
    feeding = Feeding(one, came_out)
    begin_s = time.process_time()
    await feeding.run(settings["rate"], asyncio.create_task(until_input_ends()))
    head = await asyncio.to_thread(recorder.max_notification_id) or 0
    while published < head and not publishing.done():
        await asyncio.sleep(0.01)
    publishing.cancel()
    await asyncio.wait({publishing})
    say(begin_s, sent=feeding.sent)
    await client.close()
    await watching.close()


async def react(settings: dict[str, Any]) -> None:
    """One message, one transaction, one acknowledgement."""
    pool = await asyncpg.create_pool(settings["dsn"], min_size=2, max_size=2)
    url, user, password = settings["nats"]
    security = SASLPlaintext(user, password, use_ssl=False) if user else None
    broker = NatsBroker(url, security=security, logger=None)
    delays = Delays(settings["skip_s"])

    @broker.subscriber(  # type: ignore[untyped-decorator]
        SUBJECT, stream=JStream(STREAM, declare=False), durable=DURABLE, pull_sub=PullSub()
    )
    async def handle(line: bytes) -> None:
        recorded = decode_envelope(line)
        event = decode(recorded.type, recorded.payload)
        async with pool.acquire() as db, db.transaction():
            await db.execute(_ANSWER, f"naive-answer-{recorded.case_id}", recorded.type, line)
            await db.execute(_PROJECT, event.case_id, recorded.type, recorded.recorded_at)
        delays.seen(recorded.occurred_at)
        delays.committed()

    await broker.start()
    ready()
    begin_s = time.process_time()
    await until_input_ends()
    await broker.stop()
    say(begin_s, **delays.summary())
    await pool.close()


if __name__ == "__main__":
    role = {"append": append, "react": react}[sys.argv[1]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(role(json.loads(sys.argv[2])))
