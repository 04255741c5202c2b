"""Kinds of fault, and the seeded plan of a campaign: what happens when, to whom, for how long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from chassis.installation import SERVICES
from tests.faults.nemesis.stage import Stage

MEAN_GAP_S = 4.0
"""Between two faults: with three overlapping at most, one takes effect well within every 6 s."""

LONGEST_S = 60.0
SETTLE_S = 8.0
"""Before the end of a campaign nothing new is begun for so long."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One planned fault. `how`: what else the kind drew."""

    id: str
    kind: str
    at_s: float
    target: str
    for_s: float
    how: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        more = "".join(f" {name}={value}" for name, value in self.how.items())
        return f"{self.kind} {self.target} {self.for_s:.1f} s{more}"


class NotReached(Exception):
    """It could not take effect (an armed point that nobody passed, a backend that was not there): it is not counted."""


Draw = Callable[[Random], tuple[str, float, dict[str, Any]]]
"""Dice -> target, seconds, anything else."""
Play = Callable[[Stage, Fault], Awaitable[None]]
"""Returns when it is healed. Raises NotReached."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One way in which the world goes wrong."""

    name: str
    does: str
    heals: str
    draw: Draw
    play: Play
    group: str
    """Faults of one group on one target wait for one another."""
    quick: bool
    """Done within some ten seconds: fit for the short run in `make test`."""


KINDS: dict[str, Kind] = {}


def kind(
    name: str, *, does: str, heals: str, draw: Draw, group: str = "", quick: bool = True
) -> Callable[[Play], Play]:
    """Declares a kind; the function plays it."""

    def declared(play: Play) -> Play:
        KINDS[name] = Kind(name, does, heals, draw, play, group or name, quick)
        return play

    return declared


def of_services(least_s: float, most_s: float, *, services: tuple[str, ...] = SERVICES, **how: Any) -> Draw:
    """Any of the services, for between so and so long, shorter rather than longer.

    `how`: name -> (least, most) of a number, or a list to choose from.
    """

    def draw(dice: Random) -> tuple[str, float, dict[str, Any]]:
        target = dice.choice(services)
        seconds = least_s + (most_s - least_s) * dice.random() ** 2
        return target, round(seconds, 2), {name: _drawn(dice, choice) for name, choice in how.items()}

    return draw


def _drawn(dice: Random, choice: Any) -> Any:
    if isinstance(choice, tuple):
        least, most = choice
        if isinstance(least, int) and isinstance(most, int):
            return dice.randint(least, most)
        return round(dice.uniform(least, most), 3)
    return dice.choice(choice)


def plan(
    seed: int,
    for_s: float,
    *,
    mean_gap_s: float = MEAN_GAP_S,
    quick: bool = False,
    longest_s: float = LONGEST_S,
) -> list[Fault]:
    """The faults of a campaign: every kind once in a random order, then every kind once more, and so on.

    `quick` leaves out the kinds that last long, `longest_s` bounds the others. The same seed and time give the same plan; what the platform is doing at that moment is up to the machine.
    """
    dice = Random(seed)
    names = sorted(name for name, each in KINDS.items() if each.quick or not quick)
    faults: list[Fault] = []
    bag: list[str] = []
    at_s = mean_gap_s / 2
    while at_s < for_s - SETTLE_S * (not quick):
        if not bag:
            bag = dice.sample(names, len(names))
        name = bag.pop()
        target, seconds, how = KINDS[name].draw(dice)
        faults.append(
            Fault(f"f{len(faults) + 1}", name, round(at_s, 2), target, min(seconds, longest_s), how)
        )
        at_s += dice.uniform(0.2, 1.8) * mean_gap_s
    return faults
