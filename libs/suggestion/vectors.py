"""A list of words as a sparse vector of length 1: damped counts, weighted by how rare a word is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TypeAlias

Vector: TypeAlias = list[tuple[str, float]]
"""(word, value), each word once."""

SEEN_IN = 2
"""Messages a word must stand in to be learned. What one message alone says, a name for instance, is not kept."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How rare each word is (`rarity`) and how often it was met (`counts`)."""

    rarity: Mapping[str, float]
    counts: Mapping[str, int]

    def vector(self, words: Iterable[str]) -> Vector:
        """(1 + ln count) · rarity, scaled to length 1; unknown words are left out, and nothing may be left."""
        rarity = self.rarity
        values = [
            (word, (1.0 + log(count)) * rarity[word])
            for word, count in Counter(words).items()
            if word in rarity
        ]
        length = sqrt(sum(value * value for _, value in values))
        return [(word, value / length) for word, value in values]


def learn(messages: Sequence[Sequence[str]]) -> Vocabulary:
    """The words of at least `SEEN_IN` messages; rarity is 1 + ln((1 + messages) / (1 + messages with the word))."""
    counts = Counter(word for words in messages for word in words)
    within = Counter(word for words in messages for word in set(words))
    known = sorted(word for word, number in within.items() if number >= SEEN_IN)
    return Vocabulary(
        rarity={word: 1.0 + log((1 + len(messages)) / (1 + within[word])) for word in known},
        counts={word: counts[word] for word in known},
    )
