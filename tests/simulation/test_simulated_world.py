"""The simulation itself: nothing happens without a fault, the seed decides everything, the dead do nothing."""

from __future__ import annotations

import asyncio
import logging
from random import Random

import pytest

from tests.simulation import faults
from tests.simulation.loop import Process, SimulatedLoop
from tests.simulation.reference import expect_the_same
from tests.simulation.road import ROAD
from tests.simulation.watching import Violation
from tests.simulation.world import NotAtRest, World, world

FIRST_LOOK_S = 3.0
"""Until every reconciler has looked once."""


def history(seed: int) -> list[object]:
    """Everything that can be compared of a run with faults."""
    with world(seed) as here:
        for steps in (8, 5, 3):
            here.submit(steps)
        here.run(500)
        faults.kill(here, "routing", 0)
        faults.lose_answers(here, "bus", 2)
        here.run(500)
        here.heal()
        here.rest()
        heads = {name: [line.type for line in each.lines] for name, each in here.databases.items()}
        return [here.loop.time(), here.loop.steps, heads]


def test_the_same_seed_is_the_same_history_and_another_one_is_not() -> None:
    assert history(5) == history(5)
    assert history(5) != history(6)


@pytest.mark.parametrize("seed", [0, 1, 8, 14, 16, 29])
def test_without_faults_nobody_needs_the_feed_and_nothing_is_rebuilt_or_parked(seed: int) -> None:
    with world(seed) as here:
        for steps in range(1, len(ROAD) + 1):
            here.submit(steps)
        here.rest()
        expect_the_same(here)
        assert [each.reconciler.state.rebuilds for each in here.replicas] == [0] * 5
        assert not [
            line for each in here.databases.values() for line in each.lines if "platform" in line.type
        ]
        states = [consumer.state() for each in here.replicas for consumer in each.consumers.values()]
        assert [(state.events_missing, state.rejected, state.stopped) for state in states] == [
            (0, 0, None)
        ] * 10


def test_two_processes_of_every_service_do_everything_once() -> None:
    with world(3) as here:
        for service in faults.SERVICES:
            faults.start(here, service)
        for _ in range(4):
            here.submit(len(ROAD))
        here.rest()
        expect_the_same(here)
        assert len(here.replicas) == 10


def broken(here: World) -> None:
    here.submit(2)
    here.run_for(FIRST_LOOK_S)


def test_a_changed_message_is_seen() -> None:
    with world(1) as here:
        broken(here)
        stream = faults.stream_of(here, "intake")
        assert stream is not None
        stream.store("huiyin.intake.v1.X.00.00.00", {}, b"not the ledger's")
        with pytest.raises(Violation, match="HUIYIN_INTAKE"):
            here.run(1)


def test_an_effect_without_its_position_is_seen() -> None:
    with world(1) as here:
        broken(here)
        effects = here.databases["notification"].effects
        effects.append(effects[0])
        with pytest.raises(Violation, match="applied twice"):
            here.run(1)


def test_who_never_comes_to_rest_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    with world(1) as here:
        here.submit(len(ROAD))
        here.network.down.add("revisit")
        with pytest.raises(NotAtRest, match="case 001 stands after step"):
            here.rest()


def test_a_killed_process_does_nothing_more_not_even_its_last_words() -> None:
    loop, said = SimulatedLoop(Random(1)), []

    async def speak(name: str) -> None:
        try:
            while True:
                said.append(name)
                await asyncio.sleep(1)
        finally:
            said.append(f"{name} at last")

    victim, other = Process("victim"), Process("other")
    loop.spawn(victim, speak("victim"))
    loop.spawn(other, speak("other"))
    with loop.running():
        while loop.time() < 3:
            loop.step()
        victim.dead = True
        count = said.count("victim")
        while loop.time() < 6:
            loop.step()
    assert said.count("victim") == count
    assert "victim at last" not in said
    assert said.count("other") > count
    loop.close()
