"""Faults inside a service: crash points, a wrong clock, broken handlers, disorderly deliveries, a lost durable."""

from __future__ import annotations

import asyncio
import contextlib
from random import Random
from typing import Any

import nats
from nats.errors import Error as NatsError
from nats.js.errors import APIError, NotFoundError

from bus.subjects import TOPOLOGY, durable_name, inbox_prefix, stream_name
from chassis.installation import SERVICES
from chassis.topology import listens
from tests.faults.nemesis.controls import Crash, Deliveries, Handler
from tests.faults.nemesis.crash_points import POINTS
from tests.faults.nemesis.faults import Fault, NotReached, kind, of_services
from tests.faults.nemesis.stage import Stage

ARMED_S = 20.0
"""An armed point that nobody passed for so long is disarmed, and does not count."""
STEP_S = 0.05
WRITERS = ("intake", "routing", "oversight", "revisit", "notification")
"""Audit records hardly anything of its own."""
TWO_HOURS_S = 7200.0
PAST_THE_ACK_WAIT_S = 33.0


def _a_point(family: str) -> Any:
    points = [point for point in POINTS if point.startswith(f"{family}.")]

    def draw(dice: Random) -> tuple[str, float, dict[str, Any]]:
        point = dice.choice(points)
        services = {"send": ("notification",), "consume": SERVICES}.get(family, WRITERS)
        target = "intake" if point == "append.sealed" else dice.choice(services)
        return target, 0.0, {"point": point, "hits": dice.randint(1, 5)}

    return draw


def _crash_kind(family: str, does: str) -> None:
    @kind(
        f"crash-in-{family}",
        does=does,
        heals="the supervisor starts it again",
        draw=_a_point(family),
        group="crash",
    )
    async def crash(stage: Stage, fault: Fault) -> None:
        name = f"{fault.id}-{fault.how['point']}"
        stage.desk.order(fault.target, crash=Crash(name, fault.how["point"], fault.how["hits"]))
        try:
            async with asyncio.timeout(ARMED_S):
                while not stage.desk.fired(name):
                    await asyncio.sleep(STEP_S)
        except TimeoutError:
            raise NotReached(f"nobody passed {fault.how['point']} {fault.how['hits']} times") from None
        finally:
            stage.desk.order(fault.target, crash=None)


_crash_kind("append", "a service kills itself at a named point of append")
_crash_kind("relay", "a service kills itself at a named point of its relay")
_crash_kind("consume", "a service kills itself at a named point of consuming")
_crash_kind("send", "notification kills itself at a named point of sending")


async def _ordered(stage: Stage, fault: Fault, **orders: Any) -> None:
    stage.desk.order(fault.target, **orders)
    try:
        await asyncio.sleep(fault.for_s)
    finally:
        stage.desk.order(fault.target, **dict.fromkeys(orders))


def _clock_kind(name: str, step_s: float) -> None:
    @kind(
        name,
        does=f"the clock of one service steps by {step_s / 3600:+.0f} h",
        heals="it steps back after 3 to 15 s",
        draw=of_services(3, 15),
        group="clock",
    )
    async def clock(stage: Stage, fault: Fault) -> None:
        stage.desk.order(fault.target, clock_s=step_s)
        try:
            await asyncio.sleep(fault.for_s)
        finally:
            stage.desk.order(fault.target, clock_s=0.0)


_clock_kind("clock-back", -TWO_HOURS_S)
_clock_kind("clock-ahead", TWO_HOURS_S)


@kind(
    "handler-fails-once",
    does="one batch meets an error of its own; it succeeds when it is tried again",
    heals="an operator retries what was parked",
    draw=of_services(4, 4),
    group="handler",
)
async def handler_fails_once(stage: Stage, fault: Fault) -> None:
    await _ordered(stage, fault, handler=Handler(fault.id, "poison", 1))


@kind(
    "handler-fails-for-a-while",
    does="2 to 8 batches meet an error that may pass",
    heals="by itself",
    draw=of_services(6, 6, times=(2, 8)),
    group="handler",
)
async def handler_fails_for_a_while(stage: Stage, fault: Fault) -> None:
    await _ordered(stage, fault, handler=Handler(fault.id, "fail", fault.how["times"]))


@kind(
    "handler-is-broken",
    does="every batch meets an error of its own: events are parked, or the consumer stops",
    heals="after 1 to 4 s; an operator retries what was parked",
    draw=of_services(1, 4),
    group="handler",
)
async def handler_is_broken(stage: Stage, fault: Fault) -> None:
    await _ordered(stage, fault, handler=Handler(fault.id, "poison", 1_000_000))


@kind(
    "handler-hangs",
    does="a reaction hangs inside its transaction, 3 to 8 s; the database ends that after 2 s",
    heals="by itself",
    draw=of_services(8, 8, seconds=(3.0, 8.0)),
    group="handler",
)
async def handler_hangs(stage: Stage, fault: Fault) -> None:
    await _ordered(stage, fault, handler=Handler(fault.id, "hang", 1, fault.how["seconds"]))


@kind(
    "handler-late",
    does="a batch is dealt with only after its ack wait: it was delivered again meanwhile",
    heals="by itself after 33 s",
    draw=of_services(PAST_THE_ACK_WAIT_S + 2, PAST_THE_ACK_WAIT_S + 2),
    group="handler",
    quick=False,
)
async def handler_late(stage: Stage, fault: Fault) -> None:
    await _ordered(stage, fault, handler=Handler(fault.id, "late", 1, PAST_THE_ACK_WAIT_S))


@kind(
    "duplicated",
    does="every batch is handed over twice, with some that were dealt with long ago",
    heals="after 3 to 12 s",
    draw=of_services(3, 12),
    group="deliveries",
)
async def duplicated(stage: Stage, fault: Fault) -> None:
    await _ordered(stage, fault, deliveries=Deliveries(duplicate=True))


@kind(
    "delayed",
    does="each batch is handed over up to 2 s late",
    heals="after 3 to 12 s",
    draw=of_services(3, 12),
    group="deliveries",
)
async def delayed(stage: Stage, fault: Fault) -> None:
    await _ordered(stage, fault, deliveries=Deliveries(delay_s=2.0))


@kind(
    "shuffled",
    does="batches are shuffled, torn, and handed over in any order, some of it twice",
    heals="after 3 to 12 s",
    draw=of_services(3, 12),
    group="deliveries",
)
async def shuffled(stage: Stage, fault: Fault) -> None:
    await _ordered(stage, fault, deliveries=Deliveries(duplicate=True, shuffle=True))


def _a_durable(dice: Random) -> tuple[str, float, dict[str, Any]]:
    service = dice.choice([name for name, sources in sorted(listens().items()) if sources])
    return service, 0.0, {"source": dice.choice(sorted(listens()[service]))}


@kind(
    "durable-deleted",
    does="a durable consumer of a service is deleted on the server",
    heals="its reader has it made again where the service stands",
    draw=_a_durable,
)
async def durable_deleted(stage: Stage, fault: Fault) -> None:
    running = stage.running
    client = None
    try:
        client = await nats.connect(
            running.runtime["bus"],
            user=TOPOLOGY,
            password=running.secret(f"password-{TOPOLOGY}"),
            inbox_prefix=inbox_prefix(TOPOLOGY),
            allow_reconnect=False,
        )
        stream, durable = stream_name(fault.how["source"]), durable_name(fault.target, fault.how["source"])
        await client.jetstream().delete_consumer(stream, durable)
    except (NatsError, APIError, NotFoundError, OSError, KeyError) as error:
        raise NotReached(f"it could not be deleted: {type(error).__name__}") from error
    finally:
        if client is not None:
            with contextlib.suppress(NatsError, OSError):
                await client.close()
