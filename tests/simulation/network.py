"""How long anything takes on its way, what is lost, and what everybody is told instead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

SHORT_S = 0.003
LONG_S = 0.08
LONG_SHARE = 0.05
"""Most ways are short; one in twenty overtakes nothing and is overtaken by many."""


@dataclass(slots=True)
class Network:
    """Between processes and servers. `healthy` ends every fault."""

    chance: Random
    healthy: bool = True
    lost_answers: dict[str, int] = field(default_factory=dict)
    """By place (bus, or the name of a database): so many of the next answers never arrive."""
    fuses: dict[str, tuple[str, int]] = field(default_factory=dict)
    """By service: whoever of it comes to its n-th next commit dies, "before" or "after" it."""
    burn: Callable[[], None] = lambda: None
    """Kills the process whose turn it is."""
    down: set[str] = field(default_factory=set)
    """Places that answer nobody."""

    def delay(self) -> float:
        """Of one way, in seconds."""
        longest = LONG_S if self.chance.random() < LONG_SHARE else SHORT_S
        return 0.0001 + self.chance.random() * longest

    async def way(self) -> None:
        """Travel it."""
        await asyncio.sleep(self.delay())

    def loses_answer(self, place: str) -> bool:
        """Whether this answer is one of those that get lost."""
        left = self.lost_answers.get(place, 0)
        if not left:
            return False
        self.lost_answers[place] = left - 1
        return True

    async def commits(self, service: str, moment: str) -> None:
        """A process of this service is just before or just after a commit."""
        when, left = self.fuses.get(service, ("", 0))
        if when != moment:
            return
        if left > 1:
            self.fuses[service] = (when, left - 1)
            return
        del self.fuses[service]
        self.burn()
        await asyncio.Event().wait()  # Nobody who is dead goes on from here.

    def heal(self) -> None:
        """From now on everything arrives."""
        self.lost_answers.clear()
        self.fuses.clear()
        self.down.clear()
