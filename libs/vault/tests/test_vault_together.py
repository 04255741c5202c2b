"""Seals that wait at the same moment share a statement, and each of them is answered for itself."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime

import pytest

from vault.conformance import NOON
from vault.errors import KeyShredded, VaultBusy
from vault.memory import MemoryKeks, MemoryStore
from vault.refs import Ref
from vault.store import ItemRow, KeyRow, Known
from vault.together import MOST_CASES
from vault.vault import Vault


class SlowStore(MemoryStore):
    """Waits in every write until it is let go, as a database does, and remembers how many cases each was for."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()
        self.away = False
        self.writes: list[int] = []
        self.looks: list[int] = []

    async def write(
        self, keys: Sequence[KeyRow], items: Sequence[ItemRow], again: Sequence[Ref], at: datetime
    ) -> set[Ref]:
        self.writes.append(len({row.mark.ref.case_id for row in items} | {ref.case_id for ref in again}))
        await self.go.wait()
        if self.away:
            raise VaultBusy("the database is away")
        return await super().write(keys, items, again, at)

    async def known(self, case_ids: Collection[str]) -> Known:
        self.looks.append(len(case_ids))
        return await super().known(case_ids)


def _begun(vault: Vault, *case_ids: str, text: str = "文", known: bool = False) -> list[asyncio.Task[object]]:
    return [
        asyncio.ensure_future(vault.seal(case_id, {"text": text}, at=NOON, known=known))
        for case_id in case_ids
    ]


async def _underway(store: SlowStore, *tasks: asyncio.Task[object]) -> None:
    """Let the tasks begin; those of the first group are in the store then, the others wait."""
    for _ in range(5):
        await asyncio.sleep(0)
    assert store.writes
    assert not any(task.done() for task in tasks)


async def test_those_who_come_while_one_is_sealed_go_together() -> None:
    store = SlowStore()
    vault = Vault(store, MemoryKeks())
    tasks = _begun(vault, *(f"c{i}" for i in range(MOST_CASES + 2)))
    await _underway(store, *tasks)
    store.go.set()
    answers = await asyncio.gather(*tasks)
    assert store.writes == [1, MOST_CASES, 1]
    assert len({str(answer) for answer in answers}) == MOST_CASES + 2
    assert len(store.items) == MOST_CASES + 2


async def test_contents_of_one_case_are_sealed_one_after_the_other() -> None:
    store = SlowStore()
    vault = Vault(store, MemoryKeks())
    tasks = [*_begun(vault, "c0"), *_begun(vault, "c1", text="甲"), *_begun(vault, "c1", text="乙")]
    await _underway(store, *tasks)
    store.go.set()
    await asyncio.gather(*tasks)
    assert {str(ref) for ref in store.items} == {"c0/text/1", "c1/text/1", "c1/text/2"}


async def test_cases_that_are_said_to_have_content_are_looked_up_together_first() -> None:
    store = SlowStore()
    store.go.set()
    vault = Vault(store, MemoryKeks())
    await vault.seal_many([(f"c{i}", {"name": "张某"}) for i in range(3)], at=NOON)
    store.go.clear()
    store.writes.clear()
    tasks = [*_begun(vault, "new"), *_begun(vault, "c0", "c1", "c2", known=True), *_begun(vault, "newer")]
    await _underway(store, *tasks)
    store.go.set()
    await asyncio.gather(*tasks)
    assert (store.looks, store.writes) == ([3], [1, 4])


async def test_an_erased_case_among_others_fails_alone() -> None:
    store = SlowStore()
    store.go.set()
    vault = Vault(store, MemoryKeks())
    await vault.shred("c2", at=NOON)
    store.go.clear()
    tasks = _begun(vault, "c0", "c1", "c2", "c3")
    await _underway(store, *tasks)
    store.go.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in found] == [dict, dict, KeyShredded, dict]


@pytest.mark.parametrize("gone", [0, 1, 2])
async def test_whoever_gives_up_leaves_the_others_served(gone: int) -> None:
    store = SlowStore()
    vault = Vault(store, MemoryKeks())
    tasks = _begun(vault, "c0", "c1", "c2", "c3")
    await _underway(store, *tasks)
    tasks[gone].cancel()
    store.go.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(found.pop(gone), asyncio.CancelledError)
    assert all(isinstance(each, dict) for each in found)
    assert await vault.seal("c9", {"text": "文"}, at=NOON)


async def test_a_leader_that_gives_up_in_the_moment_it_is_called_is_replaced() -> None:
    store = SlowStore()
    vault = Vault(store, MemoryKeks())
    tasks = _begun(vault, "c0", "c1", "c2")
    await _underway(store, *tasks)
    tasks[0].cancel()
    asyncio.get_running_loop().call_soon(
        tasks[1].cancel
    )  # When the first has passed on, before the next knows.
    store.go.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in found[:2]] == [asyncio.CancelledError] * 2
    assert isinstance(found[2], dict)


async def test_a_database_that_is_away_is_told_to_all_who_waited_and_not_to_the_next() -> None:
    store = SlowStore()
    vault = Vault(store, MemoryKeks())
    tasks = _begun(vault, "c0", "c1", "c2")
    await _underway(store, *tasks)
    store.away = True
    store.go.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in found] == [VaultBusy] * 3
    assert store.writes == [1]
    store.away = False
    assert await vault.seal("c1", {"text": "文"}, at=NOON)
