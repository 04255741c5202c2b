"""The consumer against ledgers in memory: order, gaps, causes, limits, spans. No servers."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bus.consumer import Consumer
from bus.delivery import Delivery, Handle
from bus.feed import FeedPage, FeedUnavailable, LedgerFeed
from bus.incoming import Incoming
from bus.ledger_reader import LedgerReader
from bus.parking import MemoryParking
from bus.progress import Progress
from huiyin.codec import encode, encode_envelope, type_of
from huiyin.envelope.v1.envelope import Actor, CausedBy, Origin, RecordedEvent
from huiyin.testing.v1.events import NoteTaken
from ledger.lines import Append, Conflict, NewLine, Refused
from ledger.memory import MemoryLedger

NOW = datetime(2025, 8, 18, 1, 0, tzinfo=UTC)


def event(
    service: str, number: int, case: str | None = "c1", cause: tuple[str, int] | None = None
) -> NewLine:
    """A sound event, number 1, 2, 3 ... of its ledger."""
    said = NoteTaken(case_id=case or "", words="")
    recorded = RecordedEvent(
        event_id=f"{service}-{number}",
        stream=f"{service}-note-{number}",
        version=1,
        type=type_of(said),
        payload=encode(said),
        occurred_at=NOW,
        recorded_at=NOW,
        case_id=case,
        actor=Actor(unit_id="u1", role="clerk", pseudonym="p1"),
        legal_basis="",
        caused_by=CausedBy(service=cause[0], position=cause[1]) if cause else None,
        correlation_id="",
        idempotency_key="",
        origin=Origin.LIVE,
        traceparent=f"00-{number:032x}-00f067aa0ba902b7-01",
        division="000000",
    )
    return NewLine(recorded.stream, 1, recorded.type, encode_envelope(recorded), NOW)


def rubbish(service: str, number: int) -> NewLine:
    """A line that nobody can decode."""
    return NewLine(f"{service}-note-{number}", 1, "huiyin.testing.v1.NoteTaken", b"\xff\xff", NOW)


async def ledger_of(service: str, lines: Sequence[NewLine]) -> MemoryLedger:
    ledger = MemoryLedger(service)
    for line in lines:
        await ledger.append(Append(lines=[line]))
    return ledger


async def deliveries(ledger: MemoryLedger) -> list[Delivery]:
    return [Delivery(line.position, line.bytes, line.hash) for line in await ledger.read(0, 10**6)]


class IdleReader:
    """Brings nothing; the tests hand over themselves."""

    trouble: str | None = None

    async def run(self, _handle: Handle) -> None:
        await asyncio.Event().wait()

    async def owed(self) -> int | None:
        return None


class CountingFeed:
    """A feed that tells how often it was asked, and can be down."""

    def __init__(self, ledger: MemoryLedger) -> None:
        self._feed = LedgerFeed(ledger)
        self.pages = 0
        self.down = 0

    async def page(self, after: int, limit: int) -> FeedPage:
        self.pages += 1
        if self.down:
            self.down -= 1
            raise FeedUnavailable("down")
        return await self._feed.page(after, limit)


class Following:
    """A service `audit` in memory, and what took effect in it."""

    def __init__(self) -> None:
        self.ledger = MemoryLedger("audit")
        self.parking = MemoryParking()
        self.progress = Progress()
        self.effects: list[tuple[str, int]] = []
        self.sizes: list[int] = []
        self.refuse: Callable[[Incoming], Exception | None] = lambda _incoming: None

    async def react(self, _session: Any, incoming: Sequence[Incoming]) -> Sequence[Append]:
        self.sizes.append(len(incoming))
        for each in incoming:
            if (error := self.refuse(each)) is not None:
                raise error
        lines = [event("audit", (await self.ledger.head())[0] + n) for n, _ in enumerate(incoming, 1)]
        self._begun = [(each.source, each.position) for each in incoming]
        self.effects.extend(self._begun)
        return [Append(lines=[line]) for line in lines]

    def of(self, source: MemoryLedger, **options: Any) -> Consumer:
        chosen: dict[str, Any] = {
            "feed": LedgerFeed(source),
            "progress": self.progress,
            "grace_s": 0,
            **options,
        }
        return Consumer(
            "audit",
            source.service,
            ledger=self.ledger,
            reader=IdleReader(),
            react=self.react,
            parking=self.parking,
            now=lambda: NOW,
            **chosen,
        )

    def positions(self, source: str = "intake") -> list[int]:
        return [position for name, position in self.effects if name == source]


@contextlib.asynccontextmanager
async def handling(consumer: Consumer, brought: Sequence[Delivery]) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(consumer.handle(brought))
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.001)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9), count=st.integers(1, 60))
async def test_whatever_is_repeated_reordered_or_left_out_every_event_takes_effect_once_in_order(
    seed: int, count: int
) -> None:
    chance, audit = random.Random(seed), Following()
    source = await ledger_of("intake", [event("intake", n) for n in range(1, count + 1)])
    brought = await deliveries(source)
    consumer = audit.of(source)
    while (await audit.ledger.position_of("intake")) < count:
        begin = chance.randrange(count)
        batch = brought[begin : begin + chance.randrange(1, 20)] + chance.choices(
            brought, k=chance.randrange(3)
        )
        chance.shuffle(batch)
        await consumer.handle(batch)
    assert audit.positions() == list(range(1, count + 1))


async def test_a_batch_in_order_is_one_call_and_asks_the_feed_only_where_it_stands() -> None:
    audit, source = Following(), await ledger_of("intake", [event("intake", n) for n in range(1, 201)])
    feed = CountingFeed(source)
    consumer = audit.of(source, feed=feed)
    brought = await deliveries(source)
    await consumer.handle(brought[:100])
    await consumer.handle(brought[100:])
    assert audit.sizes == [100, 100]
    assert feed.pages == 1


async def test_a_gap_is_filled_from_the_feed_and_counted() -> None:
    audit, source = Following(), await ledger_of("intake", [event("intake", n) for n in range(1, 11)])
    told: list[tuple[str, int]] = []
    consumer = audit.of(source, on_missing=lambda name, count: told.append((name, count)))
    brought = await deliveries(source)
    await consumer.handle(brought[:2])
    await consumer.handle(brought[6:])
    assert audit.positions() == list(range(1, 11))
    assert consumer.state().events_missing == sum(count for _, count in told) == 5
    assert told[0][0] == "intake"


async def test_bytes_that_do_not_belong_to_the_chain_are_replaced_by_the_ledgers_own() -> None:
    audit, source = Following(), await ledger_of("intake", [event("intake", n) for n in range(1, 6)])
    brought = await deliveries(source)
    brought[2] = Delivery(3, event("intake", 99).bytes, brought[2].hash)
    await audit.of(source).handle(brought)
    assert audit.positions() == [1, 2, 3, 4, 5]
    assert audit.sizes == [2, 1, 2]


async def test_messages_beyond_the_ledgers_end_are_dropped_and_counted() -> None:
    audit, source = Following(), await ledger_of("intake", [event("intake", 1)])
    consumer = audit.of(source)
    await consumer.handle(
        [*(await deliveries(source)), Delivery(2, b"stray", b""), Delivery(9, b"far", b"\0" * 32)]
    )
    assert (audit.positions(), consumer.state().rejected, consumer.state().lag) == ([1], 2, 0)


async def test_a_feed_that_is_down_is_waited_for() -> None:
    audit, source = Following(), await ledger_of("intake", [event("intake", 1)])
    feed = CountingFeed(source)
    feed.down = 3
    consumer = audit.of(source, feed=feed)
    await consumer.handle(await deliveries(source))
    assert (audit.positions(), consumer.state().retries) == ([1], 3)
    assert "FeedUnavailable" in str(consumer.state().last_error)


async def test_a_rewritten_history_stops_the_consumer() -> None:
    audit, source = Following(), await ledger_of("intake", [event("intake", 1)])
    consumer = audit.of(source)
    await consumer.handle(await deliveries(source))
    rewritten = await ledger_of("intake", [event("intake", 7), event("intake", 2)])
    consumer._feed = LedgerFeed(rewritten)
    async with handling(consumer, (await deliveries(rewritten))[1:]):
        await until(lambda: consumer.state().stopped is not None)
    assert "another line 1" in str(consumer.state().stopped)
    assert audit.positions() == [1]


async def test_a_source_that_lost_what_we_applied_is_told_apart_from_an_idle_one() -> None:
    audit, source = Following(), await ledger_of("intake", [event("intake", n) for n in (1, 2)])
    await audit.of(source).handle(await deliveries(source))
    restored = await ledger_of("intake", [event("intake", 1)])
    consumer = audit.of(restored)
    async with handling(consumer, []):
        await until(lambda: "SourceBehind" in str(consumer.state().last_error))


@pytest.mark.parametrize("error", [Conflict("first come"), ConnectionError(), TimeoutError()])
async def test_what_may_pass_by_itself_is_tried_again_until_it_does(error: Exception) -> None:
    audit, source = Following(), await ledger_of("intake", [event("intake", n) for n in (1, 2, 3)])
    left = [4]

    def refuse(_incoming: Incoming) -> Exception | None:
        left[0] -= 1
        return error if left[0] >= 0 else None

    audit.refuse = refuse
    consumer = audit.of(source)
    await consumer.handle(await deliveries(source))
    assert (audit.positions(), consumer.state().retries, await audit.parking.count()) == ([1, 2, 3], 4, 0)


@pytest.mark.parametrize("culprit", [1, 2, 37, 64])
async def test_one_bad_event_among_many_is_found_and_only_its_case_waits(culprit: int) -> None:
    audit = Following()
    audit.refuse = lambda each: Refused("no") if each.position == culprit else None
    source = await ledger_of("intake", [event("intake", n, f"c{n % 4}") for n in range(1, 65)])
    await audit.of(source).handle(await deliveries(source))
    waiting = [n for n in range(culprit, 65) if n % 4 == culprit % 4]
    assert [each.position for each in await audit.parking.listing()] == waiting
    assert [each.position for each in await audit.parking.listing() if each.poison] == [culprit]
    assert audit.positions() == [n for n in range(1, 65) if n not in waiting]
    assert await audit.ledger.position_of("intake") == 64


async def test_an_event_without_case_is_kept_in_order_by_its_stream() -> None:
    audit = Following()
    audit.refuse = lambda each: ValueError() if each.position == 1 else None
    source = await ledger_of("intake", [event("intake", n, None) for n in (1, 2)])
    await audit.of(source).handle(await deliveries(source))
    assert [each.key for each in await audit.parking.listing()] == ["intake-note-1"]


async def test_bytes_that_nobody_can_decode_are_parked_alone() -> None:
    audit = Following()
    source = await ledger_of("intake", [event("intake", 1), rubbish("intake", 2), event("intake", 3)])
    await audit.of(source).handle(await deliveries(source))
    (parked,) = await audit.parking.listing()
    assert (parked.position, parked.key, parked.poison) == (2, "intake-position-2", True)
    assert "Malformed" in parked.reason
    assert audit.positions() == [1, 3]


async def test_parking_keeps_the_order_of_arrival_across_sources() -> None:
    audit = Following()
    audit.refuse = lambda each: ValueError() if each.source == "intake" else None
    intake = await ledger_of("intake", [event("intake", 1)])
    routing = await ledger_of(
        "routing", [event("routing", 1, "c1", ("intake", 1)), event("routing", 2, "c2")]
    )
    await audit.of(intake).handle(await deliveries(intake))
    await audit.of(routing, follows=["intake"]).handle(await deliveries(routing))
    assert [(each.source, each.position) for each in await audit.parking.listing("c1")] == [
        ("intake", 1),
        ("routing", 1),
    ]
    assert audit.effects == [("routing", 2)]


async def test_too_large_a_share_of_a_batch_stops_the_consumer_until_an_operator_says_go_on() -> None:
    audit = Following()
    audit.refuse = lambda each: ValueError() if each.position in (10, 20) else None
    source = await ledger_of("intake", [event("intake", n, f"c{n}") for n in range(1, 101)])
    consumer = audit.of(source)
    async with handling(consumer, await deliveries(source)) as task:
        await until(lambda: consumer.state().stopped is not None)
        assert consumer.state().stopped == "2 of 100 events in one batch failed"
        assert await audit.ledger.position_of("intake") == 19
        consumer.resume()
        await task
    assert await audit.ledger.position_of("intake") == 100
    assert [each.position for each in await audit.parking.listing() if each.poison] == [10, 20]
    assert consumer.state().stopped is None


async def test_too_many_parked_events_stop_the_consumer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bus.effect.MOST_PARKED", 5)
    audit = Following()
    audit.refuse = lambda each: ValueError() if each.position == 1 else None
    source = await ledger_of("intake", [event("intake", n) for n in range(1, 11)])
    consumer = audit.of(source)
    brought = await deliveries(source)
    await consumer.handle(brought[:5])
    async with handling(consumer, brought[5:]):
        await until(lambda: consumer.state().stopped is not None)
    assert await audit.parking.count() == 5
    assert await audit.ledger.position_of("intake") == 5


async def test_an_event_waits_for_its_cause_and_what_came_before_it_does_not() -> None:
    audit = Following()
    intake = await ledger_of("intake", [event("intake", 1), event("intake", 2)])
    routing = await ledger_of(
        "routing", [event("routing", 1), event("routing", 2, "c1", ("intake", 2)), event("routing", 3, "c2")]
    )
    consumer = audit.of(routing, follows=["intake"])
    async with handling(consumer, await deliveries(routing)) as task:
        await until(lambda: consumer.state().held_by is not None)
        assert (consumer.state().held_by, audit.effects) == ("intake@2", [("routing", 1)])
        await audit.of(intake).handle(await deliveries(intake))
        await task
    assert audit.effects == [("routing", 1), ("intake", 1), ("intake", 2), ("routing", 2), ("routing", 3)]
    assert consumer.state().held_by is None


async def test_a_cause_reached_in_another_process_is_noticed() -> None:
    audit = Following()
    intake = await ledger_of("intake", [event("intake", 1)])
    routing = await ledger_of("routing", [event("routing", 1, "c1", ("intake", 1))])
    elsewhere = audit.of(intake, progress=Progress())
    async with handling(audit.of(routing, follows=["intake"]), await deliveries(routing)) as task:
        await elsewhere.handle(await deliveries(intake))
        await task
    assert audit.effects == [("intake", 1), ("routing", 1)]


async def test_a_cause_in_a_ledger_that_is_not_followed_is_not_waited_for() -> None:
    audit = Following()
    routing = await ledger_of(
        "routing", [event("routing", 1, "c1", ("audit", 99)), event("routing", 2, "c1", ("revisit", 99))]
    )
    await audit.of(routing, follows=["intake", "audit"]).handle(await deliveries(routing))
    assert audit.positions("routing") == [1, 2]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**9))
async def test_two_consumers_whose_events_answer_one_another_never_wait_in_a_circle(seed: int) -> None:
    chance, audit = random.Random(seed), Following()
    written: dict[str, list[NewLine]] = {"intake": [], "routing": []}
    for _ in range(40):
        service, other = chance.sample(sorted(written), 2)
        earlier = len(written[other])
        cause = (other, chance.randint(1, earlier)) if earlier and chance.random() < 0.7 else None
        written[service].append(event(service, len(written[service]) + 1, f"c{chance.randrange(3)}", cause))
    causes: dict[tuple[str, int], tuple[str, int]] = {}

    def note(each: Incoming) -> None:
        if (cause := each.recorded.caused_by) is not None:
            causes[each.source, each.position] = (cause.service, cause.position)

    audit.refuse = note
    tasks = []
    for service, lines in written.items():
        ledger = await ledger_of(service, lines)
        tasks.append(audit.of(ledger, follows=list(written)).handle(await deliveries(ledger)))
    async with asyncio.timeout(30):
        await asyncio.gather(*tasks)
    for effect, cause in causes.items():
        assert audit.effects.index(cause) < audit.effects.index(effect)
    assert len(audit.effects) == 40


class Spans:
    """A telemetry that remembers."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.ended: list[tuple[str, str | None]] = []

    def consume(self, name: str, traceparent: str) -> Any:
        spans = self

        class Span:
            def __init__(self) -> None:
                self.traceparent = traceparent.replace("00f067aa0ba902b7", "1111111111111111")
                spans.open.append(name)

            def end(self, error: BaseException | None) -> None:
                spans.open.remove(name)
                spans.ended.append((traceparent[33:35], type(error).__name__ if error else None))

        return Span()


async def test_each_event_has_one_span_and_its_reaction_continues_the_trace() -> None:
    audit, spans, seen = Following(), Spans(), []

    def look(each: Incoming) -> Exception | None:
        seen.append(each.traceparent)
        return ValueError() if each.position == 2 else None

    audit.refuse = look
    source = await ledger_of("intake", [event("intake", n, f"c{n}") for n in (1, 2, 3)])
    await audit.of(source, telemetry=spans).handle(await deliveries(source))
    assert spans.ended == [("01", None), ("02", "ValueError"), ("03", None)]
    assert spans.open == []
    assert set(seen) == {f"00-{n:032x}-1111111111111111-01" for n in (1, 2, 3)}


async def test_in_one_process_a_ledger_can_be_followed_without_a_bus() -> None:
    audit, source = Following(), await ledger_of("intake", [event("intake", n) for n in (1, 2)])
    consumer = audit.of(source)
    consumer._reader = LedgerReader(source)
    task = asyncio.create_task(consumer.run())
    await until(lambda: consumer.state().position == 2)
    await source.append(Append(lines=[event("intake", 3)]))
    await until(lambda: consumer.state().position == 3)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert audit.positions() == [1, 2, 3]
