"""A short campaign with a fixed seed; and that each invariant of the checker can fail, on what the campaign left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.faults.nemesis.campaign import Report, campaign
from tests.faults.nemesis.checker import INVARIANTS, check, shortest_history
from tests.faults.nemesis.faults import KINDS, Fault, plan
from tests.faults.nemesis.spoilt import SPOILT, doctored
from tests.faults.nemesis.world import World

SEED = 45
FOR_S = 15.0
GAP_S = 1.25
LONGEST_S = 3.0


@pytest.fixture(scope="module")
async def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A dozen faults, real ones, on a platform of their own."""
    evidence: Path = tmp_path_factory.mktemp("nemesis")
    return await campaign(SEED, short_plan(), say=lambda _: None, evidence=evidence)


def short_plan() -> list[Fault]:
    return plan(SEED, FOR_S, mean_gap_s=GAP_S, quick=True, longest_s=LONGEST_S)


def test_a_dozen_faults_break_no_promise(report: Report) -> None:
    assert report.violations == [], "\n".join(map("\n".join, report.histories))
    assert report.faults + sum(report.not_reached.values()) >= 10
    assert report.faults >= 8
    assert report.acts["petitions"] >= 5
    assert report.world is not None
    fired = Counter(event.name for event in report.world.events["oversight"])
    assert fired["DeadlineMissed"], "I7 would speak of nothing"
    assert report.acts["read"], "I10 would speak of nothing"


# -- the plan


def test_the_same_seed_gives_the_same_plan() -> None:
    assert plan(7, 600) == plan(7, 600)
    assert plan(7, 600) != plan(8, 600)


@pytest.mark.parametrize("seed", range(20))
def test_half_an_hour_holds_300_faults_and_each_kind_five_times(seed: int) -> None:
    faults = plan(seed, 30 * 60)
    times = Counter(fault.kind for fault in faults)
    assert len(KINDS) >= 15
    assert len(faults) >= 300
    assert min(times[name] for name in KINDS) >= 5
    assert all(earlier.at_s < later.at_s for earlier, later in pairwise(faults))


# -- each invariant can fail


def test_every_invariant_is_spoilt_here() -> None:
    assert SPOILT.keys() == INVARIANTS.keys()


@pytest.mark.parametrize(
    ("invariant", "spoil"),
    [(name, spoil) for name, spoils in SPOILT.items() for spoil in spoils],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_a_broken_promise_is_found_and_shown(
    report: Report, invariant: str, spoil: Callable[[World], None]
) -> None:
    assert report.world is not None
    world = doctored(report.world)
    spoil(world)
    world = replace(world)  # Nothing that was derived from it before.
    found = [each for each in check(world) if each.invariant == invariant]
    assert found
    if found[0].case:
        assert shortest_history(world, found[0])
