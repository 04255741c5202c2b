"""Shows what two texts share, in the one that is open: runs of characters whose pairs are found again."""

from __future__ import annotations

from collections.abc import Collection

LONGEST = 3
"""Passages shown; enough to see why."""

FEWEST = 3
"""Characters of a passage: one shared pair alone is a word like any other."""


def passages(text: str, shared: Collection[str]) -> tuple[str, ...]:
    """The longest runs of `text` all of whose pairs of characters are in `shared`, longest first, none twice."""
    runs: dict[str, None] = {}
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or text[end - 1 : end + 1] not in shared:
            if end - start >= FEWEST:
                runs[text[start:end]] = None
            start = end
    return tuple(sorted(runs, key=lambda run: -len(run))[:LONGEST])
