"""Divides messages into parts such that identical texts never stand in two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from random import Random


def parts(texts: Sequence[Hashable], number: int, *, seed: int) -> list[list[int]]:
    """Positions in `number` parts of nearly equal size, by chance; equal texts share a part.

    The largest groups are dealt first, each to the part that is smallest by then.
    """
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        groups[text].append(position)
    shuffled = list(groups.values())
    Random(seed).shuffle(shuffled)
    dealt: list[list[int]] = [[] for _ in range(number)]
    for group in sorted(shuffled, key=len, reverse=True):
        min(dealt, key=len).extend(group)
    return [sorted(part) for part in dealt]
