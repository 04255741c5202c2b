"""Events of which nothing follows: the position moves past them, and nothing else happens."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bus.consumer import Consumer
from bus.delivery import Delivery
from bus.feed import LedgerFeed
from bus.incoming import Incoming, Item
from bus.parking import MemoryParking
from bus.progress import Progress
from huiyin.codec import name_of
from huiyin.envelope.v1.envelope import Actor, CausedBy
from huiyin.oversight.v1.events import CaseAdopted as Ignored
from huiyin.testing.v1.events import NoteTaken as Heeded
from ledger.context import Context
from ledger.envelopes import new_lines
from ledger.lines import Append
from ledger.memory import MemoryLedger

NOW = datetime(2025, 8, 18, 1, tzinfo=UTC)
IGNORES = frozenset({name_of(Ignored)})


class Nobody:
    """Brings nothing; the tests hand over themselves."""

    trouble: str | None = None

    async def run(self, _handle: Any) -> None:
        """Never asked."""

    async def owed(self) -> int | None:
        return None


class Following:
    """A service in memory that heeds one kind of event, and what it was shown."""

    def __init__(self) -> None:
        self.ledger, self.parking, self.progress = MemoryLedger("audit"), MemoryParking(), Progress()
        self.shown: list[tuple[str, int]] = []
        self.poison: int | None = None

    async def react(self, _session: Any, incoming: Sequence[Incoming]) -> Sequence[Append]:
        if any(each.position == self.poison for each in incoming):
            raise LookupError("poison")
        self.shown += [(each.source, each.position) for each in incoming]
        return ()

    def of(self, source: MemoryLedger, *follows: str) -> Consumer:
        return Consumer(
            "audit", source.service, ledger=self.ledger, reader=Nobody(), feed=LedgerFeed(source),
            react=self.react, parking=self.parking, now=lambda: NOW, progress=self.progress, follows=follows,
            ignores=IGNORES, grace_s=0,
        )  # fmt: skip


async def recorded(service: str, *events: Any, cause: CausedBy | None = None) -> MemoryLedger:
    ledger, actor = MemoryLedger(service), Actor(unit_id="", role="", pseudonym="")
    context = Context(actor=actor, correlation_id="", case_id=lambda event: event.case_id, caused_by=cause)
    for number, event in enumerate(events, start=1):
        await ledger.append(Append(lines=new_lines([event], f"{service}-note-{number}", 0, NOW, context)))
    return ledger


async def deliveries(ledger: MemoryLedger) -> list[Delivery]:
    return [Delivery(line.position, line.bytes, line.hash) for line in await ledger.read(0, 1000)]


def heeded(case: str = "c1") -> Heeded:
    return Heeded(case_id=case, words="")


def ignored(case: str = "c1") -> Ignored:
    return Ignored(case_id=case, adopted_on=NOW.date())


async def test_a_service_is_shown_only_what_it_heeds_and_stands_behind_all_of_it() -> None:
    service, source = Following(), await recorded("intake", ignored(), heeded(), ignored(), ignored())
    consumer = service.of(source)
    await consumer.handle(await deliveries(source))
    assert service.shown == [("intake", 2)]
    assert await service.ledger.position_of("intake") == consumer.state().position == 4
    assert consumer.state().applied == 4


async def test_a_broken_chain_is_noticed_in_what_is_ignored() -> None:
    service, source = Following(), await recorded("intake", ignored(), ignored())
    first, second = await deliveries(source)
    consumer = service.of(source)
    await consumer.handle([first, Delivery(2, second.bytes, b"\0" * 32)])
    assert (await service.ledger.position_of("intake"), consumer.state().events_missing) == (2, 1)


async def test_what_is_ignored_does_not_wait_behind_a_parked_event() -> None:
    service, source = Following(), await recorded("intake", heeded(), ignored(), heeded())
    service.poison = 1
    await service.of(source).handle(await deliveries(source))
    assert [(each.position, each.poison) for each in await service.parking.listing()] == [
        (1, True),
        (3, False),
    ]
    assert await service.ledger.position_of("intake") == 3


async def test_what_is_ignored_waits_for_its_cause_as_others_wait_for_it() -> None:
    """Who is caused by an ignored event comes after everything that the ignored one came after."""
    service = Following()
    routing = await recorded("routing", ignored(), cause=CausedBy(service="intake", position=1))
    consumer = service.of(routing, "intake")
    waiting = asyncio.create_task(consumer.handle(await deliveries(routing)))
    while consumer.state().held_by is None:
        await asyncio.sleep(0)
    assert consumer.state().held_by == "intake@1"
    assert await service.ledger.position_of("routing") == 0
    intake = await recorded("intake", heeded())
    await service.of(intake).handle(await deliveries(intake))
    await waiting
    assert await service.ledger.position_of("routing") == 1


async def test_the_payload_of_what_is_ignored_is_not_decoded() -> None:
    (delivery,) = await deliveries(await recorded("intake", ignored("c7")))
    item = Item("intake", delivery, None, IGNORES)
    assert (item.ignored, item.incoming, item.error, item.key) == (True, None, None, "c7")


async def test_what_is_no_ledger_line_is_never_ignored() -> None:
    item = Item("intake", Delivery(1, b"\xff\xff", b""), None, IGNORES)
    assert not item.ignored
    assert "not a ledger line" in str(item.error)
