"""What the supervisor asks of a server, whether we run it or somebody else does."""

from typing import Protocol


class Server(Protocol):
    """A server with one address. ``start`` after ``stop`` or a crash serves the same data again."""

    @property
    def name(self) -> str:
        """``postgres`` or ``nats``."""
        ...

    @property
    def pid(self) -> int | None:
        """The process id while it runs here; None if it is down or somebody else runs it."""
        ...

    async def start(self) -> str:
        """Start it, wait until it serves, return its address."""
        ...

    async def stop(self) -> None:
        """End it in good order; ending twice changes nothing."""
        ...

    def alive(self) -> bool:
        """Whether it runs; a zombie does not."""
        ...

    async def exited(self) -> int:
        """Wait until it has ended and return the exit code."""
        ...

    def describe(self) -> dict[str, object]:
        """What ``runtime.json`` says about it; no secrets."""
        ...
