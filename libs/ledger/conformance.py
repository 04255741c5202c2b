"""What every ledger promises, as tests. Inherit `LedgerConformance` and give it a `ledger` fixture."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from huiyin.chain import link
from ledger.conformance_sessions import SessionConformance
from ledger.lines import (
    Append,
    Conflict,
    IntentTaken,
    KeyReused,
    NewLine,
    Refused,
    Serials,
)
from ledger.samples import AT, PATIENCE_S, key, new_line, numbered, one
from ledger.verify import verify


class LedgerConformance(SessionConformance):
    """The promises of `ports.Ledger`."""

    @pytest.fixture
    async def ledger(self) -> Any:
        """An empty ledger."""
        raise NotImplementedError

    async def test_an_empty_ledger_stands_at_its_genesis(self, ledger: Any) -> None:
        assert await ledger.head() == (0, await ledger.genesis())
        assert await ledger.read(0, 10) == []
        assert await ledger.load("testing-case-1") == []
        assert await ledger.position_of("intake") == 0

    async def test_what_is_appended_is_read_as_it_was_written(self, ledger: Any) -> None:
        lines = [new_line("testing-case-1", 1, b"\x00\xff"), new_line("testing-case-1", 2, b"")]
        appended = await ledger.append(Append(lines=lines))
        assert (appended.first_position, appended.count, appended.replayed) == (1, 2, False)
        stored = await ledger.load("testing-case-1")
        assert [(n.stream, n.version, n.type, n.bytes, n.recorded_at) for n in stored] == [
            (n.stream, n.version, n.type, n.bytes, n.recorded_at) for n in lines
        ]
        assert [line.position for line in stored] == [1, 2]
        assert (appended.first_hash, appended.last_hash) == (stored[0].hash, stored[1].hash)
        assert stored == await ledger.read(0, 10) == await ledger.read(0, 10, "testing-case-1")

    async def test_every_line_is_chained_to_the_one_before(self, ledger: Any) -> None:
        await asyncio.gather(*(ledger.append(one(f"testing-case-{n}")) for n in range(20)))
        last = await ledger.genesis()
        for line in await ledger.read(0, 100):
            assert line.hash == (last := link(last, line.position, line.bytes))
        assert await ledger.head() == (20, last)
        assert verify(await ledger.read(0, 100), await ledger.genesis(), await ledger.head()) is None

    async def test_reading_goes_on_after_a_position_and_stops_at_the_limit(self, ledger: Any) -> None:
        for n in range(1, 6):
            await ledger.append(Append(lines=(new_line("testing-case-a", n), new_line("testing-case-b", n))))
        assert [line.position for line in await ledger.read(3, 4)] == [4, 5, 6, 7]
        assert [line.position for line in await ledger.read(3, 2, "testing-case-b")] == [4, 6]

    async def test_a_version_that_is_taken_is_a_conflict(self, ledger: Any) -> None:
        await ledger.append(one("testing-case-1", 1))
        with pytest.raises(Conflict):
            await ledger.append(one("testing-case-1", 1))

    async def test_a_version_that_leaves_a_gap_is_a_conflict(self, ledger: Any) -> None:
        await ledger.append(one("testing-case-1", 1))
        with pytest.raises(Conflict):
            await ledger.append(one("testing-case-1", 3))
        with pytest.raises(Conflict):
            await ledger.append(one("testing-case-2", 2))

    async def test_of_an_append_all_lines_are_written_or_none(self, ledger: Any) -> None:
        with pytest.raises(Conflict):
            await ledger.append(Append(lines=[new_line("testing-case-1", v) for v in (1, 2, 2)]))
        assert await ledger.read(0, 10) == []
        await ledger.append(Append(lines=[new_line("testing-case-1", v) for v in (1, 2, 3)]))

    async def test_of_two_writers_of_one_version_one_wins(self, ledger: Any) -> None:
        appends = [ledger.append(one("testing-case-1", 1)) for _ in range(10)]
        results = await asyncio.gather(*appends, return_exceptions=True)
        assert sum(isinstance(result, Conflict) for result in results) == 9
        assert (await ledger.head())[0] == 1

    async def test_a_rejected_append_leaves_no_gap(self, ledger: Any) -> None:
        appends = [ledger.append(one("testing-case-1" if n % 2 else f"testing-case-x{n}")) for n in range(20)]
        results = await asyncio.gather(*appends, return_exceptions=True)
        assert sum(isinstance(result, Conflict) for result in results) == 9
        assert [line.position for line in await ledger.read(0, 100)] == list(range(1, 12))

    async def test_lines_of_a_rejected_append_stand_in_nobodys_way(self, ledger: Any) -> None:
        bad = Append(
            lines=[new_line(stream, v) for stream, v in (("testing-case-1", 1), ("testing-case-1", 3))]
        )
        late = Append(lines=[new_line("testing-case-2", 1), new_line("testing-case-1", 3)])
        good = [one("testing-case-0"), one("testing-case-1"), one("testing-case-2"), one("testing-case-1", 2)]
        appends = [good[0], bad, *good[1:3], late, good[3]]
        results = await asyncio.gather(*map(ledger.append, appends), return_exceptions=True)
        assert [isinstance(each, Conflict) for each in results] == [False, True, False, False, True, False]
        lines = await ledger.read(0, 10)
        assert [(line.position, line.stream, line.version) for line in lines] == [
            (1, "testing-case-0", 1),
            (2, "testing-case-1", 1),
            (3, "testing-case-2", 1),
            (4, "testing-case-1", 2),
        ]
        assert verify(lines, await ledger.genesis(), await ledger.head()) is None

    async def test_an_append_without_lines_writes_nothing(self, ledger: Any) -> None:
        assert (await ledger.append(Append())).count == 0
        assert (await ledger.head())[0] == 0

    async def test_a_line_of_more_than_64_kib_is_refused(self, ledger: Any) -> None:
        await ledger.append(Append(lines=(new_line("testing-case-1", 1, bytes(64 * 1024)),)))
        with pytest.raises(Refused, match="65537 bytes"):
            await ledger.append(Append(lines=(new_line("testing-case-1", 2, bytes(64 * 1024 + 1)),)))

    async def test_an_append_of_more_than_512_lines_is_refused(self, ledger: Any) -> None:
        await ledger.append(Append(lines=[new_line("testing-case-1", n) for n in range(1, 513)]))
        with pytest.raises(Refused, match="at most 512 lines"):
            await ledger.append(Append(lines=[new_line("testing-case-2", n) for n in range(1, 514)]))

    async def test_a_key_with_the_same_body_answers_as_the_first_time(self, ledger: Any) -> None:
        first = await ledger.append(one("testing-case-1", 1, idempotency=key("k")))
        await ledger.append(one("testing-case-2", 1))
        again = await ledger.append(one("testing-case-3", 1, idempotency=key("k")))
        assert (again.first_position, again.count, again.replayed) == (1, 1, True)
        assert (again.first_hash, again.last_hash) == (first.first_hash, first.last_hash)
        assert await ledger.known(key("k")) == again
        assert await ledger.known(key("other")) is None
        assert (await ledger.head())[0] == 2

    async def test_a_key_with_another_body_is_refused(self, ledger: Any) -> None:
        await ledger.append(one("testing-case-1", 1, idempotency=key("k")))
        with pytest.raises(KeyReused):
            await ledger.append(one("testing-case-2", 1, idempotency=key("k", b"other")))
        with pytest.raises(KeyReused):
            await ledger.known(key("k", b"other"))

    async def test_a_key_of_a_rejected_append_is_not_used_up(self, ledger: Any) -> None:
        await ledger.append(one("testing-case-1", 1))
        with pytest.raises(Conflict):
            await ledger.append(one("testing-case-1", 1, idempotency=key("k")))
        assert not (await ledger.append(one("testing-case-1", 2, idempotency=key("k")))).replayed

    async def test_fifty_times_the_same_request_at_once_is_recorded_once(self, ledger: Any) -> None:
        appends = [ledger.append(one(f"testing-case-{n}", 1, idempotency=key("k"))) for n in range(50)]
        results = await asyncio.gather(*appends)
        assert {result.first_position for result in results} == {1}
        assert sum(not result.replayed for result in results) == 1
        assert (await ledger.head())[0] == 1

    async def test_of_many_at_once_each_is_told_its_own_fate(self, ledger: Any) -> None:
        """One line each, each on a stream of its own and under a key of its own, as most requests are."""
        known = await ledger.append(one("testing-case-known", 1, idempotency=key("known")))
        await ledger.append(one("testing-case-long", 1, idempotency=key("long")))
        good = [one(f"testing-case-{n}", 1, idempotency=key(f"k{n}")) for n in range(60)]
        longer = one("testing-case-long", 2, idempotency=key("longer"))
        taken = one("testing-case-known", 1, idempotency=key("late"))
        gap = one("testing-case-gap", 3, idempotency=key("gap"))
        again = one("testing-case-other", 1, idempotency=key("known"))
        reused = one("testing-case-third", 1, idempotency=key("long", b"other"))
        for bad in ([], [taken, gap, again, reused]):
            told: list[Any] = await asyncio.gather(
                *(ledger.append(append) for append in (*good[:30], longer, *bad, *good[30:])),
                return_exceptions=True,
            )
            if not bad:
                assert sorted(each.first_position for each in told) == list(range(3, 64))
                assert not any(each.replayed for each in told)
                continue
            assert all(each.replayed for each in (*told[:31], *told[35:]))
            assert [type(each) for each in (told[31], told[32], told[34])] == [Conflict, Conflict, KeyReused]
            assert (told[33].first_position, told[33].replayed) == (known.first_position, True)
        lines = await ledger.read(0, 100)
        assert [line.position for line in lines] == list(range(1, 64))
        assert {line.recorded_at for line in lines if line.version == 1} == {new_line("x", 1).recorded_at}
        assert verify(lines, await ledger.genesis(), await ledger.head()) is None

    async def test_a_register_counts_without_gaps(self, ledger: Any) -> None:
        taken = [numbered(f"testing-case-{n}", "110101-2025") for n in range(30)]
        await asyncio.gather(*(ledger.append(append) for append in taken))
        told = sorted(int(line.bytes.split()[1]) for line in await ledger.read(0, 100))
        assert told == list(range(1, 31))

    async def test_a_rejected_append_uses_up_no_number(self, ledger: Any) -> None:
        await ledger.append(numbered("testing-case-x", "r"))
        appends = [
            ledger.append(numbered("testing-case-x" if n % 3 else f"testing-case-{n}", "r"))
            for n in range(30)
        ]
        results = await asyncio.gather(*appends, return_exceptions=True)
        assert sum(isinstance(result, Conflict) for result in results) == 20
        told = [line.bytes.decode() for line in await ledger.read(0, 100)]
        assert sorted(told) == sorted(f"r {n}" for n in range(1, 12))

    async def test_a_replayed_append_uses_up_no_number(self, ledger: Any) -> None:
        appends = [
            ledger.append(numbered(f"testing-case-{n}", "r", idempotency=key(f"k{n % 5}"))) for n in range(20)
        ]
        await asyncio.gather(*appends)
        told = [line.bytes.decode() for line in await ledger.read(0, 100)]
        assert sorted(told) == [f"r {n}" for n in range(1, 6)]

    async def test_registers_count_apart_and_an_append_may_use_several(self, ledger: Any) -> None:
        await ledger.append(numbered("testing-case-1", "a"))
        await ledger.append(numbered("testing-case-2", "b", "a"))
        await ledger.append(numbered("testing-case-3", "a"))
        assert [line.bytes for line in await ledger.read(0, 10)] == [b"a 1", b"b 1", b"a 3"]

    async def test_what_the_builder_raises_is_told_to_its_caller_alone(self, ledger: Any) -> None:
        def build(_: Serials) -> Sequence[NewLine]:
            raise LookupError("refused by the domain")

        bad = ledger.append(Append(registers=("r",), build=build))
        good = ledger.append(numbered("testing-case-1", "r"))
        results = await asyncio.gather(bad, good, return_exceptions=True)
        assert isinstance(results[0], LookupError)
        assert (await ledger.read(0, 10))[0].bytes == b"r 1"

    async def test_an_intent_becomes_due_once_for_ever(self, ledger: Any) -> None:
        await ledger.append(one("testing-case-1", 1, intents=("mail-1", "mail-1")))
        with pytest.raises(IntentTaken):
            await ledger.append(one("testing-case-1", 2, intents=("mail-2", "mail-1")))
        await ledger.append(one("testing-case-1", 2, intents=("mail-2",)))
        assert await ledger.intents_due(10) == [("mail-1", 1), ("mail-2", 2)]
        assert await ledger.intents_done(["mail-1"], AT) == 1
        assert await ledger.intents_done(["mail-1"], AT) == 0
        assert await ledger.intents_due(10) == [("mail-2", 2)]
        with pytest.raises(IntentTaken):
            await ledger.append(one("testing-case-1", 3, intents=("mail-1",)))

    async def test_of_two_appends_with_one_intent_one_is_written(self, ledger: Any) -> None:
        appends = [ledger.append(one(f"testing-case-{n}", 1, intents=("mail",))) for n in range(5)]
        results = await asyncio.gather(*appends, return_exceptions=True)
        assert sum(isinstance(result, IntentTaken) for result in results) == 4
        assert (await ledger.head())[0] == 1

    async def test_whoever_waits_for_news_is_woken_by_an_append(self, ledger: Any) -> None:
        waiting = asyncio.create_task(ledger.wait_beyond(0, PATIENCE_S))
        await asyncio.sleep(0)
        await ledger.append(one("testing-case-1"))
        await asyncio.wait_for(waiting, PATIENCE_S / 2)
        await asyncio.wait_for(ledger.wait_beyond(0, PATIENCE_S), PATIENCE_S / 2)

    async def test_waiting_for_news_that_do_not_come_ends(self, ledger: Any) -> None:
        await asyncio.wait_for(ledger.wait_beyond(5, 0.01), PATIENCE_S)
