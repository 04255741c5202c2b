"""Seals that wait at the same moment share one statement and one fsync.

One group is under way at a time, and nobody waits for company: whoever comes to a vault at rest goes at once, and
those who come meanwhile go together. Nothing runs in the background: the first of a group works for all of it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Final

from huiyin.common.v1.types import Sealed
from vault.sealer import Answer
from vault.sealing import Wanted

MOST_CASES: Final = 64
"""Of one group: some 5 ms of encryption, after which other work on the event loop gets its turn."""

ENOUGH_BYTES: Final = 1 << 20
"""A group that holds so much takes no more: short texts do not wait for many long ones."""


@dataclass(eq=False, slots=True)
class Wish:
    """One case's contents to seal."""

    wanted: Sequence[Wanted]
    known: bool
    """Whether the case probably has content already."""
    at: datetime
    answer: dict[str, Sealed] | Exception | None = None
    called: asyncio.Future[None] | None = field(default=None, repr=False)
    """Done when there is an answer, or when it is the wish's turn to work for its group."""

    @property
    def case_id(self) -> str:
        return self.wanted[0].case_id


class Together:
    """Gathers wishes while `seal` is at work, which answers a group of wishes of different cases."""

    def __init__(self, seal: Callable[[Sequence[Wish]], Awaitable[Sequence[Answer]]]) -> None:
        self._seal = seal
        self._waiting: list[Wish] = []
        self._leader: Wish | None = None

    async def ask(self, wish: Wish) -> dict[str, Sealed]:
        """The answer. Raises the VaultError of this case, or what ended the call for all who waited."""
        self._waiting.append(wish)
        try:
            if self._leader is None:
                self._leader = wish
            else:
                wish.called = asyncio.get_running_loop().create_future()
                await wish.called
            if self._leader is wish:
                await self._work(wish)
        finally:
            if wish in self._waiting:  # Cancelled: whoever else is of its group is served by the next leader.
                self._waiting.remove(wish)
            if self._leader is wish:
                self._pass_on()
        if isinstance(wish.answer, Exception):
            raise wish.answer
        assert wish.answer is not None
        return wish.answer

    async def _work(self, leader: Wish) -> None:
        group = self._group(leader)
        try:
            answers: Sequence[dict[str, Sealed] | Exception] = await self._seal(group)
        except (
            Exception
        ) as error:  # The database's trouble, no case's own: all who wait would only meet it too.
            group = [*self._waiting]
            answers = [error] * len(group)
        for wish, answer in zip(group, answers, strict=True):
            wish.answer = answer
            self._waiting.remove(wish)
            if wish.called is not None and not wish.called.done():
                wish.called.set_result(None)

    def _group(self, leader: Wish) -> list[Wish]:
        """The leader and those behind it, each case once, as far as one statement should go."""
        group: dict[str, Wish] = {}
        size = 0
        for wish in chain((leader,), self._waiting):
            if len(group) == MOST_CASES or size >= ENOUGH_BYTES:
                break
            if wish.case_id not in group:
                group[wish.case_id] = wish
                size += sum(len(each.content) for each in wish.wanted)
        return list(group.values())

    def _pass_on(self) -> None:
        for wish in self._waiting:
            if wish.called is not None and not wish.called.done():
                self._leader = wish
                wish.called.set_result(None)
                return
        self._leader = None
