"""`python -m tests.faults.nemesis.child serve NAME …`: the product's own `huiyin serve`, behind bad links, made to err.

It differs from the product in what is listed here and nowhere else: the addresses of PostgreSQL and NATS are those
of proxies, it answers on a port of its own so that a proxy can stand on the advertised one, and the crash points and
misbehaviour that the nemesis orders are put around its functions.
"""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.faults.nemesis import crash_points, misbehaviour
from tests.faults.nemesis.controls import Ear, folder


def main(words: list[str]) -> None:
    """As `huiyin`, for one service."""
    service, state = words[words.index("serve") + 1], Path(words[words.index("--state") + 1])
    ear = Ear(state, service)
    fuse = crash_points.Fuse(ear)
    crash_points.install(fuse)
    misbehaviour.install(ear, fuse)
    _through_proxies(state, service)
    _on_a_port_of_its_own(state, service)

    from huiyin.cli.main import run

    run()


def _through_proxies(state: Path, service: str) -> None:
    import chassis.stack

    links = json.loads((folder(state) / "links.json").read_text())[service]
    real = chassis.stack.running_installation

    def running_installation(*args: Any, **named: Any) -> Any:
        found = real(*args, **named)
        return replace(
            found,
            postgres=_at_port(found.postgres, links["postgres"]),
            nats=_at_port(found.nats, links["nats"]),
        )

    chassis.stack.running_installation = running_installation


def _on_a_port_of_its_own(state: Path, service: str) -> None:
    import chassis.serving

    real = chassis.serving.listening_socket

    def listening_socket(port: int) -> socket.socket:
        listener = real(0)
        note = folder(state) / f"http-{service}"
        note.with_suffix(".new").write_text(str(listener.getsockname()[1]))
        note.with_suffix(".new").replace(note)
        return listener

    chassis.serving.listening_socket = listening_socket


def _at_port(url: str, port: int) -> str:
    parts = urlsplit(url)
    user, at, _ = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user}{at}127.0.0.1:{port}"))


if __name__ == "__main__":
    main(sys.argv)
