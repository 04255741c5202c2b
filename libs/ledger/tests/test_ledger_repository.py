"""Load, decide, append: what a command leads to, whoever else writes at the same time."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from huiyin.codec import decode_as_stored, decode_envelope
from huiyin.envelope.v1.envelope import CausedBy, Origin
from huiyin.testing.v1.events import NoteTaken
from huiyin.testing.v2.events import NoteTaken as NoteTakenV2
from ledger.audit import check
from ledger.context import Context
from ledger.decider import Decider
from ledger.envelopes import TICK, OccurredTooLate, recorded
from ledger.lines import Append, Appended, Conflict, IdempotencyKey, IntentTaken, KeyReused, Serials
from ledger.memory import MemoryLedger
from ledger.notebook import CONTEXT, NOON, NOTES, STREAM, Notebook, NotebookFull, SetClock, TakeNote
from ledger.reaction import Reaction, decide_many
from ledger.repository import ATTEMPTS, Repository


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def repository(ledger: MemoryLedger, clock: SetClock) -> Repository:
    return Repository(ledger, clock)


def keyed(name: str, body: bytes = b"body") -> Context:
    return replace(CONTEXT, idempotency=IdempotencyKey("c1", "note", name, sha256(body).digest()))


async def test_a_command_leads_to_recorded_events(repository: Repository, ledger: MemoryLedger) -> None:
    result = await repository.execute(NOTES, STREAM, TakeNote("salt water"), CONTEXT)
    (line,) = await ledger.load(STREAM)
    assert (result.version, result.first_position, result.first_hash) == (1, 1, line.hash)
    assert result.events == [recorded(line)]
    envelope = result.events[0].envelope
    assert (envelope.stream, envelope.version, envelope.type) == (STREAM, 1, "huiyin.testing.v1.NoteTaken")
    assert (envelope.actor, envelope.correlation_id) == (CONTEXT.actor, "corr")
    assert (envelope.recorded_at, envelope.occurred_at, envelope.origin) == (NOON, NOON, Origin.LIVE)
    assert (envelope.division, envelope.case_id, envelope.caused_by) == ("000000", None, None)
    assert await check(ledger) == (None, 1)


async def test_an_old_event_is_read_in_its_newest_shape(repository: Repository, ledger: MemoryLedger) -> None:
    await repository.execute(NOTES, STREAM, TakeNote("salt water"), CONTEXT)
    (line,) = await ledger.load(STREAM)
    envelope = decode_envelope(line.bytes)
    assert decode_as_stored(envelope.type, envelope.payload) == NoteTaken(case_id="1", words="salt water")
    assert recorded(line).event == NoteTakenV2(case_id="1", words=("salt", "water"))
    assert (await repository.load(NOTES, STREAM)).state == Notebook(("salt", "water"))


async def test_what_already_holds_is_not_recorded_again(repository: Repository, ledger: MemoryLedger) -> None:
    await repository.execute(NOTES, STREAM, TakeNote("salt"), CONTEXT)
    result = await repository.execute(NOTES, STREAM, TakeNote("salt"), CONTEXT)
    assert (result.version, list(result.events), result.first_position) == (1, [], 0)
    assert (await ledger.head())[0] == 1


async def test_a_refusal_comes_through_and_nothing_is_recorded(
    repository: Repository, ledger: MemoryLedger
) -> None:
    with pytest.raises(NotebookFull) as refused:
        await repository.execute(NOTES, STREAM, TakeNote("1 2 3 4 5 6"), CONTEXT)
    assert refused.value.rule == "note-five@1"
    assert (await ledger.head())[0] == 0


async def test_a_key_answers_as_the_first_time_whatever_came_after(
    repository: Repository, ledger: MemoryLedger
) -> None:
    first = await repository.execute(NOTES, STREAM, TakeNote("1 2 3"), keyed("k"))
    await repository.execute(NOTES, STREAM, TakeNote("4 5"), CONTEXT)
    silent = await repository.execute(NOTES, STREAM, TakeNote("1 2 3"), keyed("k"))
    refused = await repository.execute(NOTES, STREAM, TakeNote("6 7 8"), keyed("k"))
    elsewhere = await repository.execute(NOTES, "testing-case-2", TakeNote("1 2 3"), keyed("k"))
    for again in (silent, refused, elsewhere):
        assert again == replace(first, replayed=True)
    assert (await ledger.head())[0] == 2


async def test_a_key_with_another_body_is_refused(repository: Repository) -> None:
    await repository.execute(NOTES, STREAM, TakeNote("1"), keyed("k"))
    for words in ("1", "2", "1 2 3 4 5 6"):
        with pytest.raises(KeyReused):
            await repository.execute(NOTES, STREAM, TakeNote(words), keyed("k", b"other"))


async def test_writers_of_one_stream_decide_again_until_all_are_heard(
    repository: Repository, ledger: MemoryLedger
) -> None:
    commands = [repository.execute(NOTES, STREAM, TakeNote(word), CONTEXT) for word in "abcde"]
    await asyncio.gather(*commands)
    assert set((await repository.load(NOTES, STREAM)).state.words) == set("abcde")
    assert [line.version for line in await ledger.load(STREAM)] == [1, 2, 3, 4, 5]


class Slow(MemoryLedger):
    """Between loading and appending others have their turn."""

    async def since(self, stream: str, version: int) -> Any:
        rows = await super().since(stream, version)
        await asyncio.sleep(0.002)
        return rows


async def test_more_writers_of_one_stream_than_there_are_tries_are_all_heard(clock: SetClock) -> None:
    ledger = Slow()
    repository = Repository(ledger, clock)
    counting: Decider[int, str, NoteTaken] = Decider(
        0, lambda _, words: [NoteTaken(case_id="1", words=words)], lambda count, _: count + 1
    )
    writers = 5 * ATTEMPTS
    await asyncio.gather(*(repository.execute(counting, STREAM, f"{n}", CONTEXT) for n in range(writers)))
    assert (await repository.load(counting, STREAM)).state == writers


class Busy(MemoryLedger):
    """Somebody else is always a little quicker, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times
        self.loads = 0

    async def since(self, stream: str, version: int) -> Any:
        self.loads += 1
        return await super().since(stream, version)

    async def append(self, append: Append) -> Appended:
        if self.times > 0:
            self.times -= 1
            raise Conflict("another writer was first")
        return await super().append(append)


async def test_every_try_loads_and_decides_again(clock: SetClock) -> None:
    ledger = Busy(3)
    told: list[datetime] = []

    def command(at: datetime) -> TakeNote:
        told.append(at)
        clock.advance(seconds=1)
        return TakeNote("salt", at)

    await Repository(ledger, clock).execute(NOTES, STREAM, command, CONTEXT)
    assert ledger.loads == 4
    assert told == [NOON + timedelta(seconds=n) for n in range(4)]
    assert (await ledger.load(STREAM))[0].recorded_at == told[-1]


async def test_conflicts_without_end_are_told(clock: SetClock) -> None:
    ledger = Busy(1000)
    with pytest.raises(Conflict):
        await Repository(ledger, clock).execute(NOTES, STREAM, TakeNote("salt"), CONTEXT)
    assert ledger.loads == ATTEMPTS


async def test_recorded_time_rises_in_a_stream_even_if_the_clock_stands(
    repository: Repository, ledger: MemoryLedger
) -> None:
    for word in "abc":
        await repository.execute(NOTES, STREAM, TakeNote(word), CONTEXT)
    assert [line.recorded_at for line in await ledger.load(STREAM)] == [NOON + n * TICK for n in range(3)]


async def test_an_event_is_recorded_after_its_cause(repository: Repository) -> None:
    ahead = NOON + timedelta(seconds=5)
    context = replace(CONTEXT, after=ahead, caused_by=CausedBy(service="intake", position=7))
    (event,) = (await repository.execute(NOTES, STREAM, TakeNote("salt"), context)).events
    assert event.envelope.recorded_at == event.envelope.occurred_at == ahead + TICK
    assert event.envelope.caused_by == CausedBy(service="intake", position=7)


async def test_what_happened_earlier_says_when(repository: Repository) -> None:
    letter = replace(CONTEXT, occurred_at=NOON - timedelta(days=2), origin=Origin.IMPORT)
    (event,) = (await repository.execute(NOTES, STREAM, TakeNote("salt"), letter)).events
    assert event.envelope.occurred_at == NOON - timedelta(days=2)
    assert (event.envelope.recorded_at, event.envelope.origin) == (NOON, Origin.IMPORT)


async def test_nothing_occurs_after_it_was_recorded(repository: Repository, ledger: MemoryLedger) -> None:
    with pytest.raises(OccurredTooLate):
        await repository.execute(NOTES, STREAM, TakeNote("a"), replace(CONTEXT, occurred_at=NOON + TICK))
    assert (await ledger.head())[0] == 0


async def test_parts_of_the_envelope_may_depend_on_the_event(repository: Repository) -> None:
    context = replace(
        CONTEXT,
        case_id=lambda event: event.case_id,
        legal_basis=lambda event: f"N{len(event.words)}@1",
        division=lambda _: "110101",
    )
    (event,) = (await repository.execute(NOTES, STREAM, TakeNote("salt"), context)).events
    assert (event.envelope.case_id, event.envelope.legal_basis) == ("1", "N4@1")
    assert event.envelope.division == "110101"


async def test_a_numbered_command_is_decided_with_its_number(
    repository: Repository, ledger: MemoryLedger
) -> None:
    def command(_: datetime, serials: Serials) -> TakeNote:
        return TakeNote(f"no-{serials['notes']}")

    for n in range(1, 4):
        await repository.execute_numbered(NOTES, f"testing-case-{n}", ["notes"], command, CONTEXT)
    with pytest.raises(NotebookFull):
        await repository.execute_numbered(
            NOTES, STREAM, ["notes"], lambda _, s: TakeNote(f"a b c d e {s['notes']}"), CONTEXT
        )
    quiet = await repository.execute_numbered(NOTES, STREAM, ["notes"], lambda *_: TakeNote("no-1"), CONTEXT)
    assert list(quiet.events) == []
    last = await repository.execute_numbered(NOTES, "testing-case-4", ["notes"], command, keyed("k"))
    (newest,) = last.events
    assert isinstance(newest.event, NoteTakenV2)
    assert newest.event.words == ("no-4",)
    again = await repository.execute_numbered(NOTES, "testing-case-4", ["notes"], command, keyed("k"))
    assert again == replace(last, replayed=True)
    assert (await ledger.head())[0] == 4


async def test_intents_become_due_with_the_events(repository: Repository, ledger: MemoryLedger) -> None:
    context = replace(CONTEXT, intents=lambda events: [f"mail-{event.words}" for event in events])
    await repository.execute(NOTES, STREAM, TakeNote("salt"), context)
    assert await ledger.intents_due(5) == [("mail-salt", 1)]
    with pytest.raises(IntentTaken):
        await repository.execute(NOTES, "testing-case-2", TakeNote("salt"), context)


async def react(
    ledger: MemoryLedger, clock: SetClock, *commands: tuple[str, str], context: Context = CONTEXT
) -> Sequence[Appended]:
    async with ledger.session() as session:
        reactions = [Reaction(NOTES, stream, TakeNote(words), context) for stream, words in commands]
        return await session.append(await decide_many(session, reactions, clock))


async def test_of_several_commands_a_later_one_sees_what_an_earlier_one_led_to(
    repository: Repository, ledger: MemoryLedger, clock: SetClock
) -> None:
    await repository.execute(NOTES, STREAM, TakeNote("a"), CONTEXT)
    other = "testing-case-2"
    appended = await react(ledger, clock, (STREAM, "a b"), (other, "x"), (STREAM, "b"), (STREAM, "c"))
    assert [each.first_position for each in appended] == [2, 3, 4]
    assert (await repository.load(NOTES, STREAM)).state.words == ("a", "b", "c")
    times = [line.recorded_at for line in await ledger.load(STREAM)]
    assert times == sorted(set(times))
    assert await check(ledger) == (None, 4)


async def test_a_batch_in_which_all_holds_already_appends_nothing(
    ledger: MemoryLedger, clock: SetClock
) -> None:
    await react(ledger, clock, (STREAM, "a"))
    assert await react(ledger, clock, (STREAM, "a")) == []


async def test_a_refusal_in_a_batch_says_which_stream(ledger: MemoryLedger, clock: SetClock) -> None:
    with pytest.raises(NotebookFull) as refused:
        await react(ledger, clock, (STREAM, "a"), ("testing-case-2", "1 2 3 4 5 6"))
    assert refused.value.__notes__ == ["stream testing-case-2"]
    assert (await ledger.head())[0] == 0


async def test_a_reaction_is_recorded_after_what_it_answers(ledger: MemoryLedger, clock: SetClock) -> None:
    await react(ledger, clock, (STREAM, "a"), context=replace(CONTEXT, after=NOON + timedelta(hours=1)))
    assert (await ledger.load(STREAM))[0].recorded_at == NOON + timedelta(hours=1) + TICK
