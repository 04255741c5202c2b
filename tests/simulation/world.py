"""The whole platform in one thread: what there is, what happens to it, and how it comes to rest."""

from __future__ import annotations

import random
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from random import Random
from types import SimpleNamespace
from typing import Any

import bus.backoff
from bus.subjects import stream_name
from bus.topology import EMBEDDED, durable_config, stream_config
from ledger.memory import MemoryLedger
from tests.simulation.clerk import Acknowledged, Clerk
from tests.simulation.database import Database
from tests.simulation.jetstream import Server
from tests.simulation.loop import Process, SimulatedLoop, current_process
from tests.simulation.network import Network
from tests.simulation.office import LISTENS, LetterBox
from tests.simulation.replica import START, Replica
from tests.simulation.watching import Watching
from vault.memory import MemoryVault

REST_WITHIN_S = 150.0
REST_WITHIN_STEPS = 400_000
"""After healing: the time a server takes to give up on a killed reader (30 s), several times; and its turns."""

STILL_FOR_S = 6.0
"""At rest, nothing may happen any more: longer than the longest interval at which anybody looks."""

OPERATOR_EVERY_S = 2.0


class NotAtRest(AssertionError):
    """Healed, and still not done after a bounded time."""


class World:
    """Five services with one process each, a bus, clerks. `close` it."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.loop = SimulatedLoop(self.chance)
        self.network = Network(self.chance)
        self.bus = Server(self.loop, self.network)
        self.databases = {name: Database(MemoryLedger(name)) for name in LISTENS}
        self.network.burn = self._kill_current
        self.skew_s: dict[str, float] = {}

        self.vault = MemoryVault()
        self.letters = LetterBox()
        self.troubles: dict[tuple[str, str, int], str] = {}
        """What the reaction of a service to one event of a source does instead: poison, hang, stumble (once)."""
        self.acknowledged: list[Acknowledged] = []
        self.defects: list[str] = []
        """Parts of a service that ended in a way that nothing explains."""
        self.clerks: list[Clerk] = []
        self.replicas: list[Replica] = []
        self._clerks = Process("clerks")
        self._started = 0
        self.watching = Watching(self)
        for service in LISTENS:
            config = stream_config(service, EMBEDDED)
            self.bus._create_stream(config["name"], config)
        for service, sources in LISTENS.items():
            for source in sources:
                config = {**durable_config(service, source), "opt_start_seq": 1}
                stream = self.bus.streams[stream_name(source)]
                self.bus._put_durable(stream, config["name"], {"config": config, "action": "create"})
        for service in LISTENS:
            self.start(service)

    # What there is

    def running(self, service: str) -> list[Replica]:
        """The processes of a service that take requests."""
        return [
            each
            for each in self.replicas
            if each.service == service and not each.process.dead and not each.process.paused
        ]

    def alive(self, service: str) -> list[Replica]:
        """Also those that are paused."""
        return [each for each in self.replicas if each.service == service and not each.process.dead]

    async def position_of(self, service: str, source: str) -> int:
        """What a reconciler is told by another service."""
        await self.network.way()
        if not self.running(service):
            raise ConnectionRefusedError(f"{service} does not answer")
        return self.databases[service].inbox.get(source, 0)

    # What happens

    def submit(self, steps: int) -> None:
        """A petition comes in, and a clerk brings it so far."""
        clerk = Clerk(self, len(self.clerks) + 1, steps)
        self.clerks.append(clerk)
        _at_once(self.vault.seal(clerk.case_id, {"petitioner": "张某", "opinion": "已修复。"}, at=START))
        self.loop.spawn(self._clerks, clerk.walk())

    def start(self, service: str) -> Replica:
        """One more process of a service."""
        self._started += 1
        self.replicas.append(Replica(self, service, self._started))
        return self.replicas[-1]

    def kill(self, replica: Replica) -> None:
        """SIGKILL."""
        replica.process.dead = True
        for client in replica.clients:
            if client.is_connected:
                client.break_off(come_back=False)

    def _kill_current(self) -> None:
        process = current_process()
        for replica in self.replicas:
            if replica.process is process:
                self.kill(replica)

    def run(self, steps: int) -> None:
        """So many turns, looking at everything after each."""
        with self.loop.running():
            for _ in range(steps):
                self.loop.step()
                self.watching.look()

    def run_for(self, seconds: float) -> None:
        """So much time."""
        until = self.loop.time() + seconds
        while self.loop.time() < until:
            self.run(10)

    # How it comes to rest

    def heal(self) -> None:
        """Every fault ends; whoever is missing is started, whoever waits for an operator gets one."""
        self.network.heal()
        self.troubles.clear()
        for replica in self.replicas:
            replica.process.paused = False
        for service in LISTENS:
            if not self.alive(service):
                self.start(service)

    def rest(self) -> None:
        """Run until nothing is left to do and nothing happens any more. Raises NotAtRest."""
        end = self.loop.time() + REST_WITHIN_S
        steps = self.loop.steps + REST_WITHIN_STEPS
        next_round, heads = self.loop.time(), self._heads()
        still_since = self.loop.time()
        while (left := self.watching.left_to_do()) or self.loop.time() < still_since + STILL_FOR_S:
            if self.loop.time() > end or self.loop.steps > steps:
                raise NotAtRest("; ".join(left) or "it goes on by itself")
            if self.loop.time() >= next_round:
                self._operator_round()
                next_round += OPERATOR_EVERY_S
            self.run(50)
            if heads != self._heads():
                heads, still_since = self._heads(), self.loop.time()

    def _heads(self) -> list[int]:
        return [len(database.lines) for database in self.databases.values()]

    def _operator_round(self) -> None:
        for service, database in self.databases.items():
            for replica in self.running(service):
                for consumer in replica.consumers.values():
                    if consumer.state().stopped is not None:
                        consumer.resume()
                for key in {each.key: None for each in database.parked}:
                    if hasattr(replica, "desk"):
                        self.loop.spawn(replica.process, self._retried(replica, key))
                break

    async def _retried(self, replica: Replica, key: str) -> None:
        await replica.desk.retry(key)

    def close(self) -> None:
        """Forget it."""
        self.loop.close()


def _at_once(work: Coroutine[Any, Any, Any]) -> None:
    """Carry out what awaits nothing."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise AssertionError("it waits for something")


@contextmanager
def world(seed: int) -> Iterator[World]:
    """A world in which nothing is left to chance but what the seed says."""
    with _seeded(seed):
        here = World(seed)
        try:
            yield here
        finally:
            here.close()


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """The product draws its pauses from `random`: from the seed too."""
    module: Any = bus.backoff
    real = module.random
    state = random.getstate()
    random.seed(seed)
    numbers = Random(seed)
    made: Callable[[], Random] = lambda: Random(numbers.getrandbits(32))  # noqa: E731
    module.random = SimpleNamespace(Random=made)
    try:
        yield
    finally:
        module.random = real
        random.setstate(state)
