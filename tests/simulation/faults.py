"""What can go wrong in a world. Each fault is one function; none needs the product's help."""

from __future__ import annotations

from bus.subjects import durable_name, stream_name
from tests.simulation.office import LISTENS
from tests.simulation.replica import Replica
from tests.simulation.stream import Durable, Stream
from tests.simulation.watching import RUBBISH
from tests.simulation.world import World

MOST_REPLICAS = 2
SERVICES = tuple(LISTENS)
TROUBLES = ("poison", "poison", "hang", "stumble")
"""Poison twice: it is what parks events, and parking has the most rules."""

PAIRS = tuple((service, source) for service, sources in LISTENS.items() for source in sources)
"""Every (service, source) that is followed."""


def replica_of(world: World, service: str, number: int) -> Replica | None:
    """One of its processes."""
    alive = world.alive(service)
    return alive[number % len(alive)] if alive else None


def kill(world: World, service: str, number: int) -> None:
    """SIGKILL: nothing of it runs any more; what was committed stays, what was not is gone."""
    if (replica := replica_of(world, service, number)) is not None:
        world.kill(replica)


def light_fuse(world: World, service: str, moment: str, commits: int) -> None:
    """Whoever of it comes to its n-th next commit dies there, before or after it."""
    world.network.fuses[service] = (moment, commits)


def start(world: World, service: str) -> None:
    """One more process of it, up to two; and one of every service that has none, as a supervisor would."""
    if len(world.alive(service)) < MOST_REPLICAS:
        world.start(service)
    for each in SERVICES:
        if not world.alive(each):
            world.start(each)


def pause(world: World, service: str, number: int) -> None:
    """SIGSTOP, or SIGCONT where it was stopped."""
    if (replica := replica_of(world, service, number)) is not None:
        replica.process.paused = not replica.process.paused


def cut(world: World, service: str, number: int) -> None:
    """Every connection to the bus ends; part of what was under way arrives."""
    if (replica := replica_of(world, service, number)) is not None:
        for client in replica.clients:
            if client.is_connected:
                client.break_off(come_back=True)


def lose_answers(world: World, place: str, count: int) -> None:
    """The next answers of the bus, or of a database, do not arrive: what they were about is unknown."""
    world.network.lost_answers[place] = count


def switch(world: World, place: str) -> None:
    """The bus, or a database, answers nobody; or answers again."""
    down = world.network.down
    if place in down:
        down.remove(place)
        return
    down.add(place)
    if place == "bus":
        for replica in world.replicas:
            if not replica.process.dead:
                for client in replica.clients:
                    if client.is_connected:
                        client.break_off(come_back=True)


def stream_of(world: World, service: str) -> Stream | None:
    """Its stream, if there is one just now."""
    return world.bus.streams.get(stream_name(service))


def durable_of(world: World, pair: tuple[str, str]) -> tuple[Stream, Durable] | None:
    """With its stream, if both are there."""
    stream = stream_of(world, pair[1])
    durable = stream.durables.get(durable_name(*pair)) if stream else None
    return (stream, durable) if stream and durable else None


def deliver_again(world: World, pair: tuple[str, str], back: int) -> None:
    """What was not acknowledged, and some that was, comes once more, in any order."""
    if (found := durable_of(world, pair)) is None:
        return
    stream, durable = found
    again = set(durable.pending) | set(range(max(stream.first, durable.upcoming - back), durable.upcoming))
    durable.again = [sequence for sequence in again if sequence in stream.messages]
    world.chance.shuffle(durable.again)
    for sequence in durable.again:
        durable.pending.setdefault(sequence, (world.loop.time() + durable.ack_wait_s, 1))
    world.bus._serve(stream, durable)


def forget_durable(world: World, pair: tuple[str, str]) -> None:
    """Somebody deleted it."""
    if (found := durable_of(world, pair)) is not None:
        world.bus.delete_durable(found[0].name, found[1].name)


def roll_back(world: World, service: str, count: int) -> None:
    """The last messages are gone from the store: an older disk, or a truncated block."""
    stream = stream_of(world, service)
    if stream is not None:
        stream.roll_back(max(stream.first - 1, stream.last - count))


def wipe(world: World) -> None:
    """The whole store is gone."""
    for name in list(world.bus.streams):
        world.bus.delete_stream(name)


def write_rubbish(world: World, service: str) -> None:
    """Somebody publishes into a stream who may not."""
    stream = stream_of(world, service)
    if stream is not None:
        world.watching.rubbish_in(stream)
        world.bus.receive(f"huiyin.{service}.v1.Stray.00.00.00", "", {}, RUBBISH)


def jump(world: World, service: str, seconds: float) -> None:
    """Its machines' clock is wrong by so much from now on."""
    world.skew_s[service] = seconds


def trouble(world: World, pair: tuple[str, str], ahead: int, kind: str) -> None:
    """A service cannot stand one of the next events of a source: it fails, hangs, or stumbles over it once."""
    service, source = pair
    position = world.databases[service].inbox.get(source, 0) + ahead
    world.troubles[service, source, position] = kind
