"""Cuts a text into words by a dictionary learned from word lists: the most probable cut, character by character."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

READ = 1_000
"""Characters of a text that are read. A petition says what it is about at its beginning, and the time a suggestion
takes stays bounded."""

LONGEST = 6
"""Longest word, in characters. The few longer ones are names of firms and places, which say little on a subject."""

UNKNOWN = 12.0
"""What a character outside the dictionary costs, in nats: more than nearly any word, so that words are found."""


class Segmenter:
    """Words with how often each was met. `cut` answers only words of this dictionary, in their order."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        total = log(sum(counts.values()) or 1)
        self._cost = {word: total - log(n) for word, n in counts.items() if len(word) <= LONGEST}
        self._longest: dict[str, int] = {}
        for word in self._cost:
            self._longest[word[0]] = max(self._longest.get(word[0], 1), len(word))

    def cut(self, text: str) -> list[str]:
        """The cheapest cut, where a word costs the negative logarithm of its frequency; the unknown is left out."""
        text = text[:READ]
        cost, longest = self._cost, self._longest
        size = len(text)
        best = [0.0] * (size + 1)
        end = [0] * (size + 1)
        for start in range(size - 1, -1, -1):
            cheapest, chosen = UNKNOWN + best[start + 1], start + 1
            for stop in range(start + 1, min(start + longest.get(text[start], 0), size) + 1):
                if (price := cost.get(text[start:stop])) is not None and price + best[stop] < cheapest:
                    cheapest, chosen = price + best[stop], stop
            best[start], end[start] = cheapest, chosen
        words, at = [], 0
        while at < size:
            if (word := text[at : end[at]]) in cost:
                words.append(word)
            at = end[at]
        return words
