"""What loading promises on every ledger, as tests: a remembered state is never told where the ledger says otherwise.

Inherit `LoadingConformance` and give it a `ledger` and a `rewrite` fixture.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

import pytest

from huiyin.testing.v1.events import NoteTaken
from ledger.envelopes import new_lines
from ledger.lines import Append, NewLine
from ledger.notebook import CONTEXT, NOON, NOTES, STREAM, Notebook, SetClock, TakeNote
from ledger.repository import Repository
from ledger.samples import new_line

Rewrite: TypeAlias = Callable[[Sequence[NewLine]], Awaitable[None]]
"""Makes a ledger hold these lines and no others, well chained: what a restored backup or a forger would leave."""

OTHER = "testing-case-2"


def noted(*words: str, stream: str = STREAM) -> list[NewLine]:
    """A line for each word."""
    return new_lines([NoteTaken(case_id="1", words=word) for word in words], stream, 0, NOON, CONTEXT)


class LoadingConformance:
    """The promises of `Repository.load`. Every test begins with a repository that remembers `salt, water`."""

    @pytest.fixture
    async def ledger(self) -> Any:
        """An empty ledger."""
        raise NotImplementedError

    @pytest.fixture
    async def rewrite(self) -> Rewrite:
        """How it is rewritten behind everybody's back."""
        raise NotImplementedError

    @pytest.fixture
    async def written(self, ledger: Any) -> Sequence[NewLine]:
        """Two lines, and one of another stream between them."""
        salt, water = noted("salt", "water")
        lines = [salt, *noted("elsewhere", stream=OTHER), water]
        await ledger.append(Append(lines=lines))
        return lines

    @pytest.fixture
    async def repository(self, ledger: Any, written: Sequence[NewLine]) -> Repository:
        """It has loaded the stream and remembers it."""
        repository = Repository(ledger, SetClock())
        assert await words(repository) == ("salt", "water")
        return repository

    async def test_a_stream_is_read_from_a_version_on(self, ledger: Any) -> None:
        await ledger.append(Append(lines=[new_line(STREAM, n, b"%d" % n) for n in (1, 2, 3)]))
        lines = await ledger.load(STREAM)
        for version in range(5):
            expected = [(n.version, n.bytes, n.hash) for n in lines if n.version >= version]
            assert await ledger.since(STREAM, version) == expected
        assert await ledger.since(OTHER, 0) == []

    async def test_what_others_wrote_since_is_seen(self, ledger: Any, repository: Repository) -> None:
        for word in ("bread", "oil"):
            await Repository(ledger, SetClock()).execute(NOTES, STREAM, TakeNote(word), CONTEXT)
            assert word in await words(repository)
        assert await repository.load(NOTES, STREAM) == await Repository(ledger, SetClock()).load(
            NOTES, STREAM
        )

    async def test_a_ledger_set_back_is_seen_as_it_is(
        self, repository: Repository, written: Sequence[NewLine], rewrite: Rewrite
    ) -> None:
        await rewrite(written[:1])
        loaded = await repository.load(NOTES, STREAM)
        assert (loaded.version, loaded.state) == (1, Notebook(("salt",)))
        result = await repository.execute(NOTES, STREAM, TakeNote("water"), CONTEXT)
        assert (result.version, result.first_position) == (2, 2)

    async def test_a_ledger_that_went_another_way_after_it_was_set_back_is_seen_as_it_is(
        self, repository: Repository, written: Sequence[NewLine], rewrite: Rewrite
    ) -> None:
        await rewrite([written[0], *noted("salt", "fire", "smoke")[1:]])
        assert await words(repository) == ("salt", "fire", "smoke")

    async def test_a_line_that_was_changed_is_seen_though_it_is_not_the_last(
        self, repository: Repository, written: Sequence[NewLine], rewrite: Rewrite
    ) -> None:
        await rewrite([*noted("sugar"), *written[1:]])
        assert await words(repository) == ("sugar", "water")

    async def test_a_change_in_another_stream_makes_it_read_anew_what_is_as_it_was(
        self, repository: Repository, written: Sequence[NewLine], rewrite: Rewrite
    ) -> None:
        await rewrite([written[0], *noted("another", stream=OTHER), written[2]])
        assert await words(repository) == ("salt", "water")
        assert await words(repository, OTHER) == ("another",)

    async def test_a_stream_that_is_gone_is_empty(
        self, repository: Repository, written: Sequence[NewLine], rewrite: Rewrite
    ) -> None:
        await rewrite(written[1:2])
        loaded = await repository.load(NOTES, STREAM)
        assert (loaded.version, loaded.state, loaded.last_recorded_at) == (0, Notebook(), None)
        result = await repository.execute(NOTES, STREAM, TakeNote("first"), CONTEXT)
        assert (result.version, result.first_position) == (1, 2)

    async def test_lines_that_were_put_back_are_believed_again(
        self, repository: Repository, written: Sequence[NewLine], rewrite: Rewrite
    ) -> None:
        await rewrite(written[:1])
        assert await words(repository) == ("salt",)
        await rewrite(written)
        assert await words(repository) == ("salt", "water")


async def words(repository: Repository, stream: str = STREAM) -> tuple[str, ...]:
    """What is noted in a stream, twice asked: of a state just remembered, too."""
    first = await repository.load(NOTES, stream)
    assert await repository.load(NOTES, stream) == first
    return first.state.words
