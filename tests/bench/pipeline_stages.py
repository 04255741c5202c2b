"""Our stages: a service that appends and relays, and another that consumes, reacts, and projects its own events.

Built of the parts that run in production (chassis.host), with their pacing, their two connections each
and Python's collector as they have it.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import asyncpg
import uvloop

from bus.connection import Connection, connect
from bus.consumer import Consumer
from bus.delivery import Delivery, Handle
from bus.feed import LedgerFeed
from bus.incoming import Incoming
from bus.parking_postgres import PostgresParking
from bus.progress import Progress
from bus.reader import StreamReader, make_broker
from bus.relay import Relay
from chassis.collecting import spare_the_collector
from chassis.own_reader import OwnReader
from chassis.pacing import PacedLines, PacedReader
from huiyin.envelope.v1.envelope import CausedBy
from huiyin.notification.v1.events import NoticePrepared
from ledger.context import Context
from ledger.decider import Decider
from ledger.envelopes import new_lines
from ledger.lines import Append
from ledger.pool import open_pool
from ledger.ports import Session
from ledger.postgres import PostgresLedger
from ledger.reaction import Reaction, decide_many
from tests.bench import examples
from tests.bench.consume import projecting
from tests.bench.stages import Delays, Feeding, ready, say, until_input_ends

POOL = 2


class Clock:
    """The time of day."""

    def now(self) -> datetime:
        """This instant."""
        return datetime.now(UTC)


def _evolve(count: int, event: Any) -> int:
    return count + 1


def _decide(count: int, command: NoticePrepared) -> Sequence[NoticePrepared]:
    return [] if count else [command]


ONCE: Decider[int, NoticePrepared, NoticePrepared] = Decider(initial=0, decide=_decide, evolve=_evolve)
"""One answer to each case; saying it twice changes nothing."""


async def append(settings: dict[str, Any]) -> None:
    """Whole appends (event, envelope, chain), and the relay."""
    service = settings["source"]
    pool = await open_pool(settings["source_dsn"], size=POOL)
    watching = await asyncpg.connect(settings["target_dsn"])
    ledger = PostgresLedger(pool, service)
    relay = Relay(PacedLines(ledger), Connection(lambda: connect(settings["nats"], name=service)), service)
    relaying = asyncio.create_task(relay.run())
    first = int(datetime.now(UTC).timestamp() * 1000) * 1000  # So that no two runs share a case.

    async def one(number: int, due: datetime) -> None:
        now = max(datetime.now(UTC), due)  # Two clocks; nothing occurs after it is recorded.
        event = examples.notice(first + number)
        context = examples.context(event.case_id, 0, due)
        stream = f"{service}-case-{event.case_id}"
        await ledger.append(Append(lines=new_lines([event], stream, 0, now, context)))

    target, before = settings["target"], settings["before"]

    async def came_out() -> int:
        found = await watching.fetchval(f"SELECT position FROM {target}.inbox WHERE source = $1", target)
        return int(found or 0) - int(before)

    feeding = Feeding(one, came_out)
    spare_the_collector()
    begin_s = time.process_time()
    await feeding.run(settings["rate"], asyncio.create_task(until_input_ends()))
    head, _ = await ledger.head()
    while relay.state.relayed < head:
        await asyncio.sleep(0.01)
    relaying.cancel()
    await asyncio.wait({relaying})
    say(begin_s, sent=feeding.sent)
    await watching.close()
    await pool.close()


async def react(settings: dict[str, Any]) -> None:
    """Consume the source, answer each event with one of our own, and project those."""
    source, target = settings["source"], settings["target"]
    pool = await open_pool(settings["target_dsn"], size=POOL)
    source_pool = await open_pool(settings["source_dsn"], size=1)
    ledger, of_source = PostgresLedger(pool, target), PostgresLedger(source_pool, source)
    broker = make_broker(settings["nats"], target)
    await broker.start()
    delays, project, clock = Delays(settings["skip_s"]), projecting(target), Clock()

    async def answer(session: Session, events: Sequence[Incoming]) -> Sequence[Append]:
        return await decide_many(session, [_answer(target, each) for each in events], clock)

    async def projected(session: Session, events: Sequence[Incoming]) -> Sequence[Append]:
        delays.failed()  # Whatever an attempt before this one saw.
        for each in events:
            delays.seen(each.recorded.occurred_at)
        appends: Sequence[Append] = await project(session, events)
        return appends

    progress = Progress()
    followed: dict[str, tuple[Any, Any, Any]] = {
        source: (PacedReader(StreamReader(broker, target, source)), LedgerFeed(of_source), answer),
        target: (_Noting(PacedReader(OwnReader(ledger)), delays), LedgerFeed(ledger), projected),
    }
    consumers = [
        Consumer(
            target,
            name,
            ledger=ledger,
            reader=reader,
            feed=feed,
            react=does,
            parking=PostgresParking(pool, target),
            now=clock.now,
            follows=[source],
            progress=progress,
        )
        for name, (reader, feed, does) in followed.items()
    ]
    running = [asyncio.create_task(consumer.run()) for consumer in consumers]
    spare_the_collector()
    ready()
    begin_s = time.process_time()
    await until_input_ends()
    for task in running:
        task.cancel()
    await asyncio.wait(running)
    say(begin_s, **delays.summary(), missing=sum(consumer.state().events_missing for consumer in consumers))
    await broker.stop()
    await pool.close()
    await source_pool.close()


def _answer(target: str, incoming: Incoming) -> Reaction:
    recorded = incoming.recorded
    context = Context(
        actor=recorded.actor,
        correlation_id=recorded.correlation_id,
        case_id=recorded.case_id,
        legal_basis=recorded.legal_basis,
        division=recorded.division,
        caused_by=CausedBy(service=incoming.source, position=incoming.position),
        traceparent=incoming.traceparent,
        occurred_at=recorded.occurred_at,  # Carries the time of the first append to the end.
        after=recorded.recorded_at,
    )
    return Reaction(ONCE, f"{target}-case-{recorded.case_id}", incoming.event, context)


class _Noting:
    """A reader whose handler, as the consumer has it, is followed by a note of the time."""

    def __init__(self, reader: Any, delays: Delays) -> None:
        self._reader = reader
        self._delays = delays
        self.trouble: str | None = None

    async def run(self, handle: Handle) -> None:
        """Until cancelled."""

        async def handled(deliveries: Sequence[Delivery]) -> None:
            await handle(deliveries)
            self._delays.committed()

        await self._reader.run(handled)

    async def owed(self) -> int | None:
        """As the reader says."""
        owed: int | None = await self._reader.owed()
        return owed


if __name__ == "__main__":
    role = {"append": append, "react": react}[sys.argv[1]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(role(json.loads(sys.argv[2])))
