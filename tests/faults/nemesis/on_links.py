"""Faults of links: service and PostgreSQL, service and NATS, everybody and a service."""

from __future__ import annotations

import asyncio

from tests.faults.nemesis.faults import Fault, kind, of_services
from tests.faults.nemesis.proxy import Mode, Proxy
from tests.faults.nemesis.stage import LINKS, Stage

ANY = list(LINKS)


def _proxy(stage: Stage, fault: Fault) -> Proxy:
    return stage.proxies[fault.target, fault.how["link"]]


async def _bad(stage: Stage, fault: Fault, mode: Mode) -> None:
    """Bad for a while; then whole again, or, if it was drawn so, with every connection lost."""
    proxy = _proxy(stage, fault)
    proxy.behave(mode)
    try:
        await asyncio.sleep(fault.for_s)
    finally:
        if fault.how.get("lose"):
            proxy.reset()
        proxy.heal()


@kind(
    "reset-link",
    does="RST to every connection of a link",
    heals="at once",
    draw=of_services(0, 0, link=ANY),
    group="link",
)
async def reset_link(stage: Stage, fault: Fault) -> None:
    _proxy(stage, fault).reset()


@kind(
    "slow-link",
    does="50 to 500 ms each way",
    heals="after 2 to 10 s",
    draw=of_services(2, 10, link=ANY, latency_s=(0.05, 0.5)),
    group="link",
)
async def slow_link(stage: Stage, fault: Fault) -> None:
    await _bad(stage, fault, Mode(latency_s=fault.how["latency_s"]))


@kind(
    "answers-lost",
    does="what the server says is swallowed, what the client says arrives",
    heals="after 2 to 15 s: it arrives late, or the connections are lost",
    draw=of_services(2, 15, link=ANY, lose=[True, False]),
    group="link",
)
async def answers_lost(stage: Stage, fault: Fault) -> None:
    await _bad(stage, fault, Mode(back=False))


@kind(
    "requests-lost",
    does="what the client says is swallowed",
    heals="after 2 to 15 s: it arrives late, or the connections are lost",
    draw=of_services(2, 15, link=ANY, lose=[True, False]),
    group="link",
)
async def requests_lost(stage: Stage, fault: Fault) -> None:
    await _bad(stage, fault, Mode(forth=False))


@kind(
    "half-open",
    does="nothing passes either way, not even the end of a connection; new ones hang",
    heals="after 3 to 20 s: it arrives late, or the connections are lost",
    draw=of_services(3, 20, link=ANY, lose=[True, False]),
    group="link",
)
async def half_open(stage: Stage, fault: Fault) -> None:
    await _bad(stage, fault, Mode(forth=False, back=False, accept="hang"))


@kind(
    "cut-in-answer",
    does="every connection is reset when some more bytes of answers have passed",
    heals="after 2 to 6 s",
    draw=of_services(2, 6, link=ANY, bytes=(0, 4000)),
    group="link",
)
async def cut_in_answer(stage: Stage, fault: Fault) -> None:
    await _bad(stage, fault, Mode(cut_after=fault.how["bytes"]))


@kind(
    "accept-and-hang",
    does="connections are lost, and new ones are accepted by nobody",
    heals="after 2 to 15 s",
    draw=of_services(2, 15, link=ANY),
    group="link",
)
async def accept_and_hang(stage: Stage, fault: Fault) -> None:
    proxy = _proxy(stage, fault)
    proxy.behave(Mode(accept="hang"))
    proxy.reset()
    try:
        await asyncio.sleep(fault.for_s)
    finally:
        proxy.heal()
