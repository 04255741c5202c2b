"""A planted bug as a value, and how it is put into a copy of the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]


class Stale(Exception):
    """The product's text is another one than when the mutant was written: write the mutant again."""


class Change(NamedTuple):
    """Where, what stands there once, and what stands there instead."""

    path: str
    old: str
    new: str


class Layer(NamedTuple):
    """A way to run tests that fail where a mutant is caught. The simulation takes a seed."""

    name: str
    tests: Sequence[str]
    seeded: bool = False


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted bug: `harm` says what it would do to the platform. `layers`: the cheapest first."""

    name: str
    harm: str
    changes: Sequence[Change]
    layers: Sequence[Layer]

    def apply(self, sources: Path) -> None:
        """Plant it. Raises Stale; nothing is then changed."""
        changed: dict[Path, str] = {}
        for change in self.changes:
            path = sources / change.path
            text = changed.get(path) or path.read_text()
            if (found := text.count(change.old)) != 1:
                raise Stale(
                    f"{self.name}: {change.path} holds its text {found} times, not once:\n{change.old}"
                )
            changed[path] = text.replace(change.old, change.new)
        for path, text in changed.items():
            path.write_text(text)
