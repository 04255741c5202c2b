"""When a nats-server that we started serves, and on which ports."""

import asyncio
import http.client
import json
from pathlib import Path
from typing import NamedTuple

from chassis.embedded.children import START_LIMIT_S, Child
from chassis.embedded.files import read_json
from chassis.embedded.ports import LOOPBACK

READY_POLL_S = 0.02
"""How often a starting server is asked."""

HEALTH_LIMIT_S = 2.0
"""One health question over loopback; a server still recovering answers at once that it is not well."""


class NatsPorts(NamedTuple):
    """Where a server listens; -1 asks it to pick a free port itself, without a race."""

    clients: int
    monitor: int


PICK_ONE = -1


async def ready(child: Child, folder: Path) -> NatsPorts:
    """Wait until our own child serves, as told by the file it writes into ``folder``; returns its ports."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + START_LIMIT_S
    while True:
        ports = _ports(folder / f"nats-server_{child.pid}.ports")
        if ports is not None and await _healthy(ports.monitor):
            return ports
        if not child.alive():
            raise child.did_not_start(f"ended with code {child.exit_code}")
        if loop.time() > deadline:
            raise child.did_not_start(f"was not ready within {START_LIMIT_S:.0f} s")
        await asyncio.sleep(READY_POLL_S)


def _ports(file: Path) -> NatsPorts | None:
    """What the server wrote about itself once it listened."""
    said = read_json(file)
    clients, monitoring = said.get("nats"), said.get("monitoring")
    if not clients or not monitoring:
        return None
    return NatsPorts(_port_of(clients[0]), _port_of(monitoring[0]))


def _port_of(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


async def _healthy(port: int) -> bool:
    """Ask whether JetStream serves. Not whether every stream is well: a damaged one is the reconciler's to
    rebuild, and for that the server has to count as started.
    """
    return await asyncio.to_thread(_ask_health, port)


def _ask_health(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=HEALTH_LIMIT_S)
    try:
        connection.request("GET", "/healthz?js-server-only=true")
        answer = connection.getresponse()
        return answer.status == http.client.OK and json.loads(answer.read()).get("status") == "ok"
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
