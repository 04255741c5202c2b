"""What a repository remembers: so much and no more, and only what it read from the ledger."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.codec import Malformed
from ledger.conformance_loading import noted
from ledger.decider import Decider
from ledger.folding import fold_rows
from ledger.lines import Append, Refused
from ledger.memory import MemoryLedger
from ledger.notebook import CONTEXT, NOTES, STREAM, Notebook, SetClock, TakeNote
from ledger.remembered import Remembered
from ledger.repository import Repository
from ledger.samples import new_line


class Asked(MemoryLedger):
    """Tells what was asked of it, and how many rows it answered with."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, int, int]] = []

    async def since(self, stream: str, version: int) -> Any:
        rows = await super().since(stream, version)
        self.told.append((stream, version, len(rows)))
        return rows


@pytest.fixture
async def ledger() -> Asked:
    ledger = Asked()
    await ledger.append(Append(lines=noted("salt", "water")))
    return ledger


def repository_on(ledger: MemoryLedger, remembered: Remembered | None = None) -> Repository:
    return Repository(ledger, SetClock(), remembered)


async def test_a_second_load_reads_only_the_line_it_ended_with_and_what_came_since(ledger: Asked) -> None:
    repository = repository_on(ledger)
    await repository.load(NOTES, STREAM)
    await repository.load(NOTES, STREAM)
    await repository.execute(NOTES, STREAM, TakeNote("bread"), CONTEXT)
    await repository.load(NOTES, STREAM)
    assert ledger.told == [(STREAM, 0, 2), (STREAM, 2, 1), (STREAM, 2, 1), (STREAM, 2, 2)]


async def test_what_was_decided_and_not_recorded_is_not_remembered(ledger: Asked) -> None:
    class Refusing(Asked):
        async def append(self, append: Append) -> Any:
            raise Refused("never")

    refusing = Refusing()
    refusing._tables = ledger._tables
    repository = repository_on(refusing)
    with pytest.raises(Refused):
        await repository.execute(NOTES, STREAM, TakeNote("bread"), CONTEXT)
    assert (await repository.load(NOTES, STREAM)).state == Notebook(("salt", "water"))


async def test_another_decider_on_the_same_stream_has_a_state_of_its_own(ledger: Asked) -> None:
    counting: Decider[int, None, Any] = Decider(0, lambda *_: (), lambda count, _: count + 1)
    repository = repository_on(ledger)
    assert (await repository.load(NOTES, STREAM)).state == Notebook(("salt", "water"))
    assert (await repository.load(counting, STREAM)).state == 2
    assert (await repository.load(NOTES, STREAM)).state == Notebook(("salt", "water"))


async def test_an_empty_stream_takes_no_room(ledger: Asked) -> None:
    remembered = Remembered()
    await repository_on(ledger, remembered).load(NOTES, "testing-case-9")
    assert (len(remembered), remembered.size) == (0, 0)


async def test_the_stream_loaded_longest_ago_is_forgotten_first_and_the_limit_holds(ledger: Asked) -> None:
    streams = [f"testing-case-{n}" for n in range(10, 15)]
    for stream in streams:
        await ledger.append(Append(lines=noted("salt", stream=stream)))
    size = len((await ledger.load(streams[0]))[0].bytes)
    remembered = Remembered(limit=3 * size)
    repository = repository_on(ledger, remembered)
    for stream in (*streams[:3], streams[0], *streams[3:]):
        await repository.load(NOTES, stream)
        assert remembered.size <= 3 * size
    known = [remembered.recall(NOTES, stream) is not None for stream in streams]
    assert known == [True, False, False, True, True]
    assert (len(remembered), remembered.size) == (3, 3 * size)


async def test_a_stream_that_grows_takes_its_room_once(ledger: Asked) -> None:
    remembered = Remembered()
    repository = repository_on(ledger, remembered)
    for word in ("bread", "oil"):
        await repository.load(NOTES, STREAM)
        await repository.execute(NOTES, STREAM, TakeNote(word), CONTEXT)
    await repository.load(NOTES, STREAM)
    assert remembered.size == sum(len(line.bytes) for line in await ledger.load(STREAM))


async def test_a_stream_beyond_the_limit_is_loaded_whole_every_time(ledger: Asked) -> None:
    remembered = Remembered(limit=100)
    repository = repository_on(ledger, remembered)
    for _ in range(2):
        assert (await repository.load(NOTES, STREAM)).state == Notebook(("salt", "water"))
    assert ledger.told == [(STREAM, 0, 2), (STREAM, 0, 2)]
    assert (len(remembered), remembered.size) == (0, 0)


async def test_a_line_that_cannot_be_read_says_which_it_is(ledger: Asked) -> None:
    await ledger.append(Append(lines=[new_line(STREAM, 3, b"\xff")]))
    with pytest.raises(Malformed, match="version 3 of a stream: not a ledger line"):
        fold_rows(NOTES, await ledger.since(STREAM, 0))
