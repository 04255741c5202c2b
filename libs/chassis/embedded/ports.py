"""Ports on the loopback address, remembered so that a restart answers where its clients look."""

import socket
from pathlib import Path

from chassis.embedded.files import read_json, write_json

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server could listen on ``port`` now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Servers set this too; without it a port in TIME_WAIT would look taken after every restart.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def any_free() -> int:
    """A port that was free a moment ago, chosen by the kernel; whoever uses it must be ready to lose a
    race.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


class Ports:
    """The ports of one state directory, by name, in ``ports.json``."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def last(self, name: str) -> int | None:
        """The port ``name`` had last time, free or not."""
        port = read_json(self._file).get(name)
        return port if isinstance(port, int) and 0 < port < 65536 else None

    def choose(self, name: str) -> int:
        """Last time's port if it is free now, else another free one. Nothing is written."""
        port = self.last(name)
        return port if port is not None and is_free(port) else any_free()

    def remember(self, name: str, port: int) -> None:
        """Use ``port`` for ``name`` from now on. One process writes: the owner of the state directory."""
        known = read_json(self._file)
        if known.get(name) != port:
            write_json(self._file, {**known, name: port})
