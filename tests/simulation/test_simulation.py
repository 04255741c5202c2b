"""Whatever is killed, paused, cut off, lost, repeated, shuffled or set wrong: the promises hold at every moment, and
after healing the platform comes to rest where it would have come without faults.

Every failure prints the shortest history that shows it, and how to play it again. `make simulate EXAMPLES=1000` runs
more of them, each time others.
"""

from __future__ import annotations

import os
from contextlib import ExitStack

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.simulation import faults
from tests.simulation.reference import expect_the_same
from tests.simulation.road import ROAD
from tests.simulation.world import world

EXAMPLES = int(os.environ.get("HUIYIN_SIMULATE_EXAMPLES", "0"))
IN_EVERY_RUN = 20
"""Histories that `make test` plays: always the same ones."""

SHRINK = os.environ.get("HUIYIN_SIMULATE_SHRINK") != "0"
"""Off where only the first failure counts: the mutants."""

STEPS = 40
MOST_CASES = 6

services = st.sampled_from(faults.SERVICES)
places = st.sampled_from(("bus", *faults.SERVICES))
pairs = st.sampled_from(faults.PAIRS)
moments = st.sampled_from(("before", "after"))
which = st.integers(0, 1)


class Platform(RuleBasedStateMachine):
    """A history: petitions, time, faults. At its end everything is healed."""

    def __init__(self) -> None:
        super().__init__()
        self.until_the_end = ExitStack()

    @initialize(seed=st.integers(0, 2**32 - 1), steps=st.integers(1, len(ROAD)))
    def begin(self, seed: int, steps: int) -> None:
        self.world = self.until_the_end.enter_context(world(seed))
        self.world.submit(steps)

    @precondition(lambda self: len(self.world.clerks) < MOST_CASES)
    @rule(steps=st.integers(1, len(ROAD)))
    def a_petition_comes_in(self, steps: int) -> None:
        self.world.submit(steps)

    @rule(turns=st.integers(1, 600))
    def go_on(self, turns: int) -> None:
        self.world.run(turns)

    @rule(seconds=st.sampled_from((0.05, 0.3, 1.0, 6.0, 31.0)))
    def wait(self, seconds: float) -> None:
        self.world.run_for(seconds)

    @rule(service=services, number=which, turns=st.integers(0, 200))
    def kill(self, service: str, number: int, turns: int) -> None:
        self.world.run(turns)
        faults.kill(self.world, service, number)

    @rule(moment=moments, commits=st.lists(st.integers(1, 4), min_size=5, max_size=5))
    def all_die_at_a_commit(self, moment: str, commits: list[int]) -> None:
        for service, count in zip(faults.SERVICES, commits, strict=True):
            faults.light_fuse(self.world, service, moment, count)

    @rule(service=services, moment=moments, commits=st.integers(1, 4))
    def die_at_a_commit(self, service: str, moment: str, commits: int) -> None:
        faults.light_fuse(self.world, service, moment, commits)

    @rule(service=services)
    def start(self, service: str) -> None:
        faults.start(self.world, service)

    @rule(service=services, number=which)
    def pause(self, service: str, number: int) -> None:
        faults.pause(self.world, service, number)

    @rule(service=services, number=which, turns=st.integers(0, 100))
    def cut(self, service: str, number: int, turns: int) -> None:
        self.world.run(turns)
        faults.cut(self.world, service, number)

    @rule(place=places, count=st.integers(1, 3))
    def lose_answers(self, place: str, count: int) -> None:
        faults.lose_answers(self.world, place, count)

    @rule(place=places)
    def switch(self, place: str) -> None:
        faults.switch(self.world, place)

    @rule(pair=pairs, back=st.integers(0, 5))
    def deliver_again(self, pair: tuple[str, str], back: int) -> None:
        faults.deliver_again(self.world, pair, back)

    @rule(pair=pairs)
    def forget_durable(self, pair: tuple[str, str]) -> None:
        faults.forget_durable(self.world, pair)

    @rule(service=services, count=st.integers(1, 8))
    def roll_back(self, service: str, count: int) -> None:
        faults.roll_back(self.world, service, count)

    @rule()
    def wipe(self) -> None:
        faults.wipe(self.world)

    @rule(service=services)
    def write_rubbish(self, service: str) -> None:
        faults.write_rubbish(self.world, service)

    @rule(service=services, hours=st.sampled_from((-2, -1, 0, 1, 2)))
    def set_the_clock_wrong(self, service: str, hours: int) -> None:
        faults.jump(self.world, service, hours * 3600.0)

    @rule(pair=pairs, ahead=st.integers(1, 6), kind=st.sampled_from(faults.TROUBLES))
    def trouble(self, pair: tuple[str, str], ahead: int, kind: str) -> None:
        faults.trouble(self.world, pair, ahead, kind)

    @rule()
    def heal(self) -> None:
        self.world.heal()

    def teardown(self) -> None:
        with self.until_the_end:
            if hasattr(self, "world"):
                self.world.heal()
                self.world.rest()
                expect_the_same(self.world)


TestPlatform = Platform.TestCase
TestPlatform.settings = settings(
    max_examples=EXAMPLES or IN_EVERY_RUN,
    stateful_step_count=STEPS,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink) if SHRINK else (Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
