"""What the nemesis tells a service process: a small file per service, read again whenever it changed.

Written by the nemesis, read by `child`. Files in `<state>/nemesis/`:
    links.json              service -> {"postgres": port, "nats": port}: where its links begin
    control-<service>.json  what it is to do wrong now
    http-<service>          the port on which it really answers
    fired-<id>              an armed crash that has happened: it is not repeated after the restart
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

FOLDER = "nemesis"


@dataclass(frozen=True, slots=True)
class Crash:
    """The process kills itself when it passes `point` for the `hits`-th time from now on."""

    id: str
    point: str
    hits: int


@dataclass(frozen=True, slots=True)
class Handler:
    """What becomes of the next `times` batches on their way into the service."""

    id: str
    mode: str
    """poison: an error of the event's own; fail: an error that may pass; hang: inside the transaction;
    late: before it, perhaps past the ack wait."""
    times: int
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What happens between reader and consumer."""

    duplicate: bool = False
    shuffle: bool = False
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Orders:
    """Everything that one service is to do wrong. Nothing, by default."""

    crash: Crash | None = None
    handler: Handler | None = None
    deliveries: Deliveries | None = None
    clock_s: float = 0.0


def folder(state: Path) -> Path:
    """Where the nemesis and the services' processes meet."""
    return state / FOLDER


class Desk:
    """The nemesis's side."""

    def __init__(self, state: Path) -> None:
        self._folder = folder(state)
        self._folder.mkdir(exist_ok=True)
        self._orders: dict[str, Orders] = {}

    def order(self, service: str, **changes: Any) -> None:
        """Change what a service is to do wrong."""
        orders = self._orders[service] = replace(self._orders.get(service, Orders()), **changes)
        write(self._folder / f"control-{service}.json", asdict(orders))

    def fired(self, crash: str) -> bool:
        """Whether an armed crash has happened."""
        return (self._folder / f"fired-{crash}").exists()

    def links(self, links: dict[str, dict[str, int]]) -> None:
        """Tell everybody where their links begin. Before the services are started."""
        write(self._folder / "links.json", links)

    def answers_at(self, service: str) -> int:
        """The port on which a service answers, past its proxy; 0 while it has none."""
        try:
            return int((self._folder / f"http-{service}").read_text())
        except (FileNotFoundError, ValueError):
            return 0


class Ear:
    """The service's side. Asking costs one look at the file's time of change."""

    def __init__(self, state: Path, service: str) -> None:
        self.folder = folder(state)
        self._path = self.folder / f"control-{service}.json"
        self._seen: tuple[int, int] | None = None
        self._orders = Orders()

    def orders(self) -> Orders:
        """What is to be done wrong now."""
        try:
            found = os.stat(self._path)
        except FileNotFoundError:
            return self._orders
        seen = (found.st_mtime_ns, found.st_ino)
        if seen != self._seen:
            self._seen = seen
            self._orders = _read(self._path)
        return self._orders


def _read(path: Path) -> Orders:
    told = json.loads(path.read_text())
    return Orders(
        crash=Crash(**told["crash"]) if told["crash"] else None,
        handler=Handler(**told["handler"]) if told["handler"] else None,
        deliveries=Deliveries(**told["deliveries"]) if told["deliveries"] else None,
        clock_s=told["clock_s"],
    )


def write(path: Path, content: Any) -> None:
    """Whole or not at all."""
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(json.dumps(content))
    draft.replace(path)
