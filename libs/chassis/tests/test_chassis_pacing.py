"""Batches are followed by a rest, in which the next one grows: the fuller, the shorter; after a full one there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from bus.delivery import Delivery
from chassis.pacing import FULL, PacedLines, paced, room
from ledger.lines import Line


def deliveries(count: int) -> list[Delivery]:
    return [Delivery(n + 1, b"", b"") for n in range(count)]


async def rests(count: int) -> bool:
    """Whether the handler gives others a turn of the clock after so many."""
    handled = asyncio.Event()

    async def handle(_: Sequence[Delivery]) -> None:
        await asyncio.sleep(0.005)
        handled.set()

    work = asyncio.ensure_future(paced(handle)(deliveries(count)))
    await handled.wait()
    for _ in range(5):
        await asyncio.sleep(0)
    resting = not work.done()
    await work
    return resting


async def test_after_a_few_there_is_a_rest() -> None:
    assert await rests(1)
    assert await rests(FULL // 2)


async def test_after_a_full_batch_the_next_follows_at_once() -> None:
    assert not await rests(FULL)
    assert not await rests(2 * FULL)


def test_the_fuller_a_batch_the_shorter_the_rest() -> None:
    rests = [room(count) for count in (1, FULL // 4, FULL // 2, FULL)]
    assert rests == sorted(rests, reverse=True)
    assert len(set(rests)) == len(rests)
    assert rests[-1] == 0 == room(2 * FULL)


class Lines:
    """A ledger with so many lines each time it is asked."""

    def __init__(self, count: int = 1) -> None:
        self.reads = 0
        self._count = count

    async def read(self, after: int, limit: int) -> Sequence[Line]:
        self.reads += 1
        at = datetime(2025, 8, 18, tzinfo=UTC)
        return [Line(after + n + 1, "s", 1, "t", b"", b"", at) for n in range(self._count)]

    async def head(self) -> tuple[int, bytes]:
        return 1, b""

    async def wait_beyond(self, position: int, timeout_s: float) -> None:
        return


async def test_the_relay_reads_at_once_what_comes_first_and_later_what_follows_it_closely() -> None:
    lines = Lines()
    paced_lines = PacedLines(lines)
    await paced_lines.read(0, 512)
    assert lines.reads == 1
    await asyncio.sleep(0.005)  # What it found is being published.
    second = asyncio.create_task(paced_lines.read(1, 512))
    for _ in range(5):
        await asyncio.sleep(0)
    assert lines.reads == 1
    assert [line.position for line in await second] == [2]


async def test_the_relay_reads_on_at_once_where_more_is_waiting() -> None:
    lines = Lines(FULL)
    paced_lines = PacedLines(lines)
    await paced_lines.read(0, 512)
    second = asyncio.create_task(paced_lines.read(FULL, 512))
    await asyncio.sleep(0)
    assert lines.reads == 2
    await second
