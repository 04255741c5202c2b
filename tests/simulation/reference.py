"""What becomes of a case, told without times, positions and numbers: the same with faults as without."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from huiyin.case_state import Entry, fold, merge
from huiyin.codec import decode, decode_envelope
from tests.simulation.road import ROAD
from tests.simulation.world import World, world

Outcome = Mapping[str, Any]


def outcome(here: World, case_id: str) -> Outcome:
    """Its state and holder, every event by service in order, and the letters its petitioner got."""
    entries: list[Entry] = []
    events: dict[str, list[str]] = {}
    for name, database in here.databases.items():
        for line in database.lines:
            recorded = decode_envelope(line.bytes)
            if recorded.case_id == case_id:
                event = decode(recorded.type, recorded.payload)
                entries.append(Entry(name, line.position, line.hash, recorded, event))
                events.setdefault(name, []).append(recorded.type.rpartition(".")[2])
    view = fold(merge(entries))
    # Notices follow several sources, between which nothing is promised but causes.
    told = sorted(events.pop("notification", []))
    letters = sum(case_id.encode() in letter for letter in here.letters.letters.values())
    states = [entry.recorded.type for entry in view.entries if entry.service != "notification"]
    owed = sorted(events.pop("oversight", []))
    return {
        "state": view.state,
        "holder": view.holder,
        "events": events,
        "clocks": owed,
        "notices": told,
        "letters": letters,
        "count": len(states),
    }


@cache
def without_faults() -> Mapping[int, Outcome]:
    """By the number of steps that a clerk took."""
    with world(0) as here:
        for steps in range(1, len(ROAD) + 1):
            here.submit(steps)
        here.rest()
        return {clerk.steps: outcome(here, clerk.case_id) for clerk in here.clerks}


def expect_the_same(here: World) -> None:
    """Every case stands where it would stand had nothing gone wrong."""
    for clerk in here.clerks:
        there, wanted = outcome(here, clerk.case_id), without_faults()[clerk.steps]
        assert there == wanted, f"case {clerk.case_id}: {there} instead of {wanted}"
