"""Faults of processes: killed, and held."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from random import Random
from typing import Any

import psutil

from chassis.installation import SERVICES
from tests.faults.nemesis.faults import Draw, Fault, NotReached, kind, of_services
from tests.faults.nemesis.stage import Stage, send

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 20.0


def _one(target: str, least_s: float = 0.0, most_s: float = 0.0) -> Draw:
    def draw(dice: Random) -> tuple[str, float, dict[str, Any]]:
        return target, round(least_s + (most_s - least_s) * dice.random() ** 3, 2), {}

    return draw


def _pause(target: str) -> Draw:
    return _one(target, SHORTEST_PAUSE_S, LONGEST_PAUSE_S)


def _kill(processes: Iterable[psutil.Process | None]) -> None:
    if not [process for process in processes if send(process, signal.SIGKILL)]:
        raise NotReached("it was not running")


async def _held(processes: list[psutil.Process], seconds: float) -> None:
    if not [process for process in processes if send(process, signal.SIGSTOP)]:
        raise NotReached("it was not running")
    try:
        await asyncio.sleep(seconds)
    finally:
        for process in processes:
            send(process, signal.SIGCONT)


@kind(
    "kill-service",
    does="SIGKILL of a service's process",
    heals="the supervisor starts it again",
    draw=of_services(0, 0),
    group="process",
)
async def kill_service(stage: Stage, fault: Fault) -> None:
    _kill([stage.process(fault.target)])


@kind("kill-nats", does="SIGKILL of nats-server", heals="the supervisor starts it again", draw=_one("nats"))
async def kill_nats(stage: Stage, fault: Fault) -> None:
    _kill([stage.process("nats")])


@kind(
    "kill-postmaster",
    does="SIGKILL of PostgreSQL's postmaster; its backends end themselves",
    heals="the supervisor starts it again, and it recovers from its log",
    draw=_one("postgres"),
)
async def kill_postmaster(stage: Stage, fault: Fault) -> None:
    _kill([stage.process("postgres")])


@kind(
    "kill-backend",
    does="SIGKILL of one backend that serves a service; PostgreSQL ends all others and recovers",
    heals="PostgreSQL itself",
    draw=of_services(0, 0),
)
async def kill_backend(stage: Stage, fault: Fault) -> None:
    _kill(stage.backends(fault.target)[:1])


@kind(
    "pause-service",
    does="SIGSTOP of a service's process, 1 to 20 s",
    heals="SIGCONT",
    draw=of_services(SHORTEST_PAUSE_S, LONGEST_PAUSE_S),
    group="process",
)
async def pause_service(stage: Stage, fault: Fault) -> None:
    process = stage.process(fault.target)
    await _held([process] if process else [], fault.for_s)


@kind(
    "pause-gateway",
    does="SIGSTOP of supervisor and gateway, 1 to 20 s",
    heals="SIGCONT",
    draw=_pause("services"),
)
async def pause_gateway(stage: Stage, fault: Fault) -> None:
    process = stage.process("services")
    await _held([process] if process else [], fault.for_s)


@kind("pause-nats", does="SIGSTOP of nats-server, 1 to 20 s", heals="SIGCONT", draw=_pause("nats"))
async def pause_nats(stage: Stage, fault: Fault) -> None:
    process = stage.process("nats")
    await _held([process] if process else [], fault.for_s)


@kind(
    "pause-backend",
    does="SIGSTOP of the backends of one service, with whatever locks they hold, 1 to 20 s",
    heals="SIGCONT",
    draw=of_services(SHORTEST_PAUSE_S, LONGEST_PAUSE_S, services=SERVICES[:5]),
    group="postgres-pause",
)
async def pause_backend(stage: Stage, fault: Fault) -> None:
    await _held(stage.backends(fault.target), fault.for_s)


@kind(
    "pause-postgres",
    does="SIGSTOP of the postmaster and all its processes, 1 to 20 s",
    heals="SIGCONT",
    draw=_pause("postgres"),
    group="postgres-pause",
)
async def pause_postgres(stage: Stage, fault: Fault) -> None:
    postmaster = stage.process("postgres")
    if postmaster is None:
        raise NotReached("it was not running")
    await _held([*postmaster.children(), postmaster], fault.for_s)


@kind(
    "kill-everything",
    does="SIGKILL of the supervisor: every process of the platform ends",
    heals="it is started again",
    draw=_one("everything"),
    quick=False,
)
async def kill_everything(stage: Stage, fault: Fault) -> None:
    await asyncio.to_thread(stage.running.kill)
    await stage.up()
