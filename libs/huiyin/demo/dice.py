"""Chance that falls the same way every time, on every Python.

Python promises only that `random()` keeps its sequence for a seed; how `choice` or `shuffle` spend it may change
between versions. So everything here is made of `random()` alone.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A seeded source of chance. The seed is a text, so that each case can have dice of its own."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """True in `share` (0 to 1) of all throws."""
        return self._random.random() < share

    def pick(self, things: Sequence[T]) -> T:
        """One of the things, each as likely as the others."""
        return things[self.between(0, len(things) - 1)]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The things in another order (Fisher and Yates)."""
        cards = list(things)
        for last in range(len(cards) - 1, 0, -1):
            other = self.between(0, last)
            cards[last], cards[other] = cards[other], cards[last]
        return cards

    def dealt(self, deck: Sequence[T], count: int) -> list[T]:
        """`count` cards from as many freshly shuffled decks as that takes."""
        cards: list[T] = []
        while len(cards) < count:
            cards.extend(self.shuffled(deck))
        return cards[:count]
