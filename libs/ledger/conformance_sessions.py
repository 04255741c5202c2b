"""What every ledger promises about sessions, as tests; part of `ledger.conformance`."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.lines import Append, Conflict, InboxMove, InboxMoved
from ledger.samples import new_line, numbered, one


class SessionConformance:
    """The promises of `ports.Session`."""

    async def test_a_session_appends_and_moves_its_inbox_together(self, ledger: Any) -> None:
        async with ledger.session() as session:
            assert await session.position_of("intake") == 0
            first, second = await session.append(
                [one("testing-case-1"), one("testing-case-2")], InboxMove("intake", 0, 7)
            )
        assert (first.first_position, second.first_position) == (1, 2)
        assert await ledger.position_of("intake") == 7

    async def test_a_session_may_move_its_inbox_alone(self, ledger: Any) -> None:
        async with ledger.session() as session:
            assert await session.append([], InboxMove("intake", 0, 3)) == []
        assert await ledger.position_of("intake") == 3
        assert (await ledger.head())[0] == 0

    async def test_an_inbox_that_moved_refuses_the_whole_batch(self, ledger: Any) -> None:
        async with ledger.session() as session:
            await session.append([], InboxMove("intake", 0, 3))
        for expected in (0, 4):  # Also who is ahead: what lies between was never applied.
            for appends in ([one("testing-case-1")], []):
                with pytest.raises(InboxMoved):
                    async with ledger.session() as session:
                        await session.append(appends, InboxMove("intake", expected, 5))
        assert await ledger.position_of("intake") == 3
        assert (await ledger.head())[0] == 0

    async def test_in_a_session_one_conflict_refuses_everything(self, ledger: Any) -> None:
        await ledger.append(one("testing-case-1", 1))
        with pytest.raises(Conflict):
            async with ledger.session() as session:
                await session.append(
                    [one("testing-case-2"), one("testing-case-1"), one("testing-case-3")],
                    InboxMove("intake", 0, 3),
                )
        assert (await ledger.head())[0] == 1
        assert await ledger.position_of("intake") == 0

    async def test_a_session_that_ends_in_an_error_leaves_nothing(self, ledger: Any) -> None:
        async def fail() -> None:
            async with ledger.session() as session:
                await session.append([one("testing-case-1")], InboxMove("intake", 0, 3))
                raise LookupError

        with pytest.raises(LookupError):
            await fail()
        assert (await ledger.head())[0] == 0
        await ledger.append(one("testing-case-1"))

    async def test_a_session_that_only_reads_and_appends_need_not_begin(self, ledger: Any) -> None:
        async with ledger.session(begun=False) as session:
            assert await session.load_many(["testing-case-1"]) == {"testing-case-1": []}
            await session.append([one("testing-case-1"), one("testing-case-2")], InboxMove("intake", 0, 7))
        assert (await ledger.head())[0] == 2
        assert await ledger.position_of("intake") == 7
        with pytest.raises(InboxMoved):
            async with ledger.session(begun=False) as session:
                await session.append([one("testing-case-3")], InboxMove("intake", 0, 9))
        assert (await ledger.head())[0] == 2

    async def test_a_session_that_begins_late_is_one_transaction_from_then_on(self, ledger: Any) -> None:
        async def fail() -> None:
            async with ledger.session(begun=False) as session:
                await session.position_of("intake")
                assert await session.begin() is await session.begin()
                await session.append([one("testing-case-1")], InboxMove("intake", 0, 3))
                raise LookupError

        with pytest.raises(LookupError):
            await fail()
        assert (await ledger.head())[0] == 0
        assert await ledger.position_of("intake") == 0

    async def test_a_session_numbers_without_gaps(self, ledger: Any) -> None:
        for n in range(3):
            await ledger.append(numbered(f"testing-case-a{n}", "a"))
        async with ledger.session() as session:
            await session.append([numbered("testing-case-1", "b"), numbered("testing-case-2", "a")])
        async with ledger.session(begun=False) as session:
            await session.append([numbered("testing-case-3", "a"), numbered("testing-case-4", "a")])
        await ledger.append(numbered("testing-case-5", "a"))
        told = [line.bytes for line in await ledger.read(3, 10)]
        assert told == [b"b 1", b"a 4", b"a 5", b"a 6", b"a 7"]

    async def test_a_session_loads_many_streams_at_once(self, ledger: Any) -> None:
        await ledger.append(Append(lines=[new_line("testing-case-1", 1), new_line("testing-case-2", 1)]))
        await ledger.append(one("testing-case-1", 2))
        async with ledger.session() as session:
            found = await session.load_many(["testing-case-2", "testing-case-1", "testing-case-9"])
            assert await session.load_many([]) == {}
        assert {stream: [version for version, _, _ in rows] for stream, rows in found.items()} == {
            "testing-case-1": [1, 2],
            "testing-case-2": [1],
            "testing-case-9": [],
        }

    async def test_a_reaction_may_be_larger_than_one_call(self, ledger: Any) -> None:
        appends = [Append(lines=[new_line(f"testing-case-{n}", v) for v in (1, 2, 3)]) for n in range(400)]
        async with ledger.session() as session:
            results = await session.append(appends, InboxMove("intake", 0, 256))
        assert [result.first_position for result in results] == list(range(1, 1201, 3))

        async def react_late() -> None:
            more = [Append(lines=[new_line(f"testing-case-{n}", v) for v in (4, 5)]) for n in range(400)]
            async with ledger.session(begun=False) as session:
                await session.append(more, InboxMove("intake", 0, 300))

        with pytest.raises(InboxMoved):
            await react_late()
        assert (await ledger.head())[0] == 1200
        assert await ledger.position_of("intake") == 256
