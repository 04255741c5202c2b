"""The eventsourcing library's own recorder suites on our ledger, and its stock recorder on our view.

The suites are run with text ids through a synchronous adapter over the codec-free bottom layer.
"""

import asyncio
import os
from collections.abc import Coroutine, Iterator, Sequence
from threading import Thread
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    IntegrityError,
    Notification,
    StoredEvent,
)
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.tests.persistence import (
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

from ledger.lines import Append, Conflict, NewLine
from ledger.pool import open_pool
from ledger.postgres import PostgresLedger
from ledger.samples import AT, new_line, one
from tests.integration.ledger_support import PASSWORD, SERVICE, Place, new_place

FOREVER = 2**63 - 1


class Bottom:
    """The ledger's bottom layer for threads: one event loop of its own, one pool."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._pool = self.run(open_pool(place.dsn, size=10))
        self.ledger = PostgresLedger(self._pool, SERVICE, place.schema)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """From another thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def append(self, events: Sequence[StoredEvent]) -> int:
        """Position of the first of these events, written together."""
        lines = [NewLine(str(e.originator_id), e.originator_version, e.topic, e.state, AT) for e in events]
        try:
            return int(self.run(self.ledger.append(Append(lines=lines))).first_position)
        except Conflict as conflict:
            raise IntegrityError(str(conflict)) from conflict

    def load(
        self, stream: str, gt: int | None, lte: int | None, desc: bool, limit: int | None
    ) -> Sequence[StoredEvent]:
        """Events of a stream."""
        lines = [
            line
            for line in self.run(self.ledger.load(stream))
            if (gt is None or line.version > gt) and (lte is None or line.version <= lte)
        ]
        chosen = (lines[::-1] if desc else lines)[:limit]
        return [StoredEvent(line.stream, line.version, line.type, line.bytes) for line in chosen]

    def close(self) -> None:
        """End the loop and its connections."""
        self.run(self._pool.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class SynchronousAggregateRecorder(AggregateRecorder):
    """The library's recorder of aggregates."""

    def __init__(self, bottom: Bottom) -> None:
        self.bottom = bottom

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        if stored_events:
            self.bottom.append(stored_events)
        return None

    def select_events(
        self,
        originator_id: Any,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        return self.bottom.load(originator_id, gt, lte, desc, limit)


class SynchronousApplicationRecorder(SynchronousAggregateRecorder, ApplicationRecorder):
    """The library's recorder of applications: with notifications in position order."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        if not stored_events:
            return []
        first = self.bottom.append(stored_events)
        return list(range(first, first + len(stored_events)))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = 0 if start is None else start - inclusive_of_start
        lines = self.bottom.run(self.bottom.ledger.read(after, FOREVER if topics else limit))
        return [
            Notification(
                id=line.position,
                originator_id=line.stream,
                originator_version=line.version,
                topic=line.type,
                state=line.bytes,
            )
            for line in lines
            if (stop is None or line.position <= stop) and (not topics or line.type in topics)
        ][:limit]

    def max_notification_id(self) -> int | None:
        position: int = self.bottom.run(self.bottom.ledger.head())[0]
        return position or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Any:
        raise NotImplementedError("followers of a ledger read its feed")


class OnOurLedger:
    """Gives each test of a suite an empty ledger."""

    @pytest.fixture(autouse=True)
    def _bottoms(self, database: str) -> Iterator[None]:
        self.database = database
        self.bottoms: list[Bottom] = []
        yield
        for bottom in self.bottoms:
            bottom.close()

    def new_originator_id(self) -> str:
        return str(uuid4())

    def bottom(self) -> Bottom:
        """An empty ledger; made in a loop of its own, as the suites know nothing of loops."""
        bottom = Bottom(asyncio.run(new_place(self.database)))
        self.bottoms.append(bottom)
        return bottom


class TestAggregateRecorder(OnOurLedger, AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return SynchronousAggregateRecorder(self.bottom())


class TestApplicationRecorder(OnOurLedger, ApplicationRecorderTestCase):
    def create_recorder(self) -> ApplicationRecorder:
        return SynchronousApplicationRecorder(self.bottom())


class TestNonInterleavingNotificationIds(OnOurLedger, NonInterleavingNotificationIDsBaseCase):
    insert_num = 100

    def create_recorder(self) -> ApplicationRecorder:
        return SynchronousApplicationRecorder(self.bottom())


del AggregateRecorderTestCase, ApplicationRecorderTestCase, NonInterleavingNotificationIDsBaseCase


def stock_recorder(place: Place) -> Iterator[PostgresApplicationRecorder]:
    """The library's own recorder for psycopg, looking at the view as the auditor."""
    parts = urlsplit(place.auditor_dsn)
    datastore = PostgresDatastore(
        dbname=parts.path[1:],
        host=parts.hostname,
        port=str(parts.port),
        user=parts.username,
        password=PASSWORD,
        schema=place.schema,
        originator_id_type="text",
    )
    with datastore:
        yield PostgresApplicationRecorder(datastore, events_table_name="stored_events")


async def test_the_stock_recorder_reads_our_lines_through_the_view(database: str) -> None:
    place = await new_place(database)
    async with place.replica() as ledger:
        for n in range(1, 4):
            await ledger.append(one("testing-case-1", n))
            await ledger.append(Append(lines=(new_line("testing-case-2", n, os.urandom(700)),)))
        lines = await ledger.read(0, 100)

    def read() -> tuple[Sequence[Notification], Sequence[StoredEvent], int | None]:
        for recorder in stock_recorder(place):
            notifications = recorder.select_notifications(start=None, limit=100)
            events = recorder.select_events("testing-case-2", gt=1)
            return notifications, events, recorder.max_notification_id()
        raise AssertionError

    notifications, events, last = await asyncio.to_thread(read)
    assert [(n.id, n.originator_id, n.originator_version, n.topic, n.state) for n in notifications] == [
        (line.position, line.stream, line.version, line.type, line.bytes) for line in lines
    ]
    assert [(e.originator_id, e.originator_version, e.state) for e in events] == [
        (line.stream, line.version, line.bytes)
        for line in lines
        if line.stream == "testing-case-2" and line.version > 1
    ]
    assert last == 6


async def test_the_stock_recorder_cannot_write_through_the_view(database: str) -> None:
    place = await new_place(database)
    db = await asyncpg.connect(place.auditor_dsn)
    try:
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError)):
            await db.execute(f"INSERT INTO {place.schema}.stored_events VALUES ('a', 1, 'b', '', 1)")
    finally:
        await db.close()
