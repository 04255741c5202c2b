"""The stock `eventsourcing` repository on PostgreSQL: aggregates with `@event`, JSON as it comes.

As it comes, it reads an aggregate whole at each load. Its cache is an option: it then reads what is new (`fastforward`)
and gives out a deep copy, because aggregates can be changed.
"""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from eventsourcing.application import Repository
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import (
    DatetimeAsISO,
    DecimalAsStr,
    EventStore,
    JSONTranscoder,
    Mapper,
    UUIDAsHex,
)
from eventsourcing.postgres import PostgresAggregateRecorder, PostgresDatastore


class Clock(Aggregate):
    """The clocks of a case, as ours: the same fields, dates as text (the stock transcoder knows no dates)."""

    @event("Opened")
    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        self.clocks: dict[str, Any] = {}
        self.reached: dict[str, set[str]] = {}

    @event("ClockStarted")
    def start(  # noqa: PLR0917 - the library calls it so.
        self,
        clock: str,
        rule: str,
        unit_id: str,
        start_on: str,
        due_on: str,
        provisional: bool,
        rungs: list[dict[str, str]],
        context: dict[str, Any],
    ) -> None:
        self.clocks[clock] = (rule, unit_id, start_on, due_on, provisional, rungs)
        self.reached[clock] = set()

    @event("DeadlineWarned")
    def warn(  # noqa: PLR0917
        self,
        clock: str,
        unit_id: str,
        rung: str,
        due_on: str,
        falls_on: str,
        rule: str,
        context: dict[str, Any],
    ) -> None:
        self.reached[clock].add(rung)


CONTEXT = {
    "actor": {"unit_id": "unit-110105-004", "role": "system", "pseudonym": "oversight"},
    "legal_basis": "K5@1",
    "caused_by": {"service": "routing", "position": 12},
    "correlation_id": "0198b5a0-7c1e-7000-8000-00000000c0de",
    "idempotency_key": "",
    "origin": "live",
    "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "division": "110105",
}
"""What our envelope says of every event."""

CACHED = 1000
"""Aggregates: more than are measured."""

PORTION = 500
"""Events of one transaction."""

RUNGS = [{"name": "d45", "kind": "warn", "falls_on": "2025-10-02"}] * 3


class Stock:
    """Aggregates in a table of their own."""

    def __init__(self, dsn: str) -> None:
        parts = urlsplit(dsn)
        self._datastore = PostgresDatastore(
            dbname=parts.path.lstrip("/"),
            host=parts.hostname or "",
            port=str(parts.port),
            user=parts.username or "",
            password=unquote(parts.password or ""),
            pool_size=2,
            max_overflow=0,
        )
        recorder = PostgresAggregateRecorder(self._datastore, events_table_name="stock_aggregates")
        recorder.create_table()
        transcoder = JSONTranscoder()
        for transcoding in (UUIDAsHex(), DecimalAsStr(), DatetimeAsISO()):
            transcoder.register(transcoding)
        events: EventStore[UUID] = EventStore(Mapper(transcoder), recorder)
        self._plain: Repository[UUID] = Repository(events)
        self._cached: Repository[UUID] = Repository(events, cache_maxsize=CACHED, fastforward=True)

    def record(self, events: int) -> UUID:
        """An aggregate of so many events."""
        aggregate = self._aggregate(events)
        self._plain.event_store.put(aggregate.collect_events())
        return aggregate.id

    def fill(self, events: int, *, an_aggregate: int = 5) -> None:
        """So many events of others, in aggregates of `an_aggregate` events each."""
        for begin in range(0, events, PORTION):
            portion = min(PORTION, events - begin) // an_aggregate
            others = [self._aggregate(an_aggregate) for _ in range(portion)]
            self._plain.event_store.put([event for each in others for event in each.collect_events()])

    def _aggregate(self, events: int) -> Clock:
        aggregate = Clock("0198b5a0-7c1e-7000-8000-000000000001")
        due = "2025-10-17"
        for number in range(1, events):
            clock = f"K{1 + (number - 1) // 5 % 7}"
            rule = f"{clock}@1"
            if (number - 1) % 5 == 0:
                aggregate.start(clock, rule, "unit-110105-004", "2025-08-18", due, False, RUNGS, CONTEXT)
            else:
                aggregate.warn(clock, "unit-110105-004", "d45", due, "2025-10-02", rule, CONTEXT)
        return aggregate

    def load(self, aggregate_id: UUID, length: int, loads: int, *, cached: bool = False) -> list[float]:
        """How long each load took, in ms."""
        repository = self._cached if cached else self._plain
        latencies: list[float] = []
        for _ in range(loads):
            begin = time.perf_counter()
            aggregate: Clock = repository.get(aggregate_id)
            latencies.append((time.perf_counter() - begin) * 1000)
            assert aggregate.version == length
        return latencies

    def close(self) -> None:
        """Give the connections back."""
        self._datastore.close()
