"""Named places between every two steps of append, relay, consume and send, where a process can be made to die.

They are put around the product's own functions from outside: the product knows nothing of them.
"""

from __future__ import annotations

import asyncio
import functools
import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.faults.nemesis.controls import Ear

POINTS = {
    "append.sealed": "content is in the vault, no event points at it",
    "append.decided": "the command is decided, nothing is sent",
    "append.before_call": "a group of appends is about to be sent",
    "append.after_call": "the group is committed, the process does not know it yet",
    "append.recorded": "the caller's append is known to be durable, nothing is answered",
    "relay.read": "lines are read, nothing is published",
    "relay.before_publish": "a batch is ready",
    "relay.half_sent": "half of a batch's bytes are on their way",
    "relay.sent": "the whole batch is on its way, unacknowledged",
    "relay.acknowledged": "the batch is stored, nobody was told",
    "consume.arrived": "deliveries have arrived",
    "consume.before_react": "the transaction is open, nothing is written",
    "consume.reacted": "read models are written, the reaction is decided, nothing is appended",
    "consume.appended": "appended, position moved, not committed",
    "consume.committed": "committed, not acknowledged",
    "consume.acknowledged": "acknowledged",
    "send.opened": "the document is written in memory",
    "send.written": "the file is in tmp",
    "send.linked": "the file is in new, nothing is recorded",
    "send.recorded": "the delivery is on record, the intent is open",
    "send.done": "the intent is done",
}
FLUSH_S = 0.05
"""For half of a batch to leave the process before it dies."""


class Fuse:
    """Counts how often an armed point was passed, and ends the process in time."""

    def __init__(self, ear: Ear) -> None:
        self._ear = ear
        self._hits: Counter[str] = Counter()

    def due(self, point: str) -> bool:
        """Whether the process must die here and now."""
        crash = self._ear.orders().crash
        if crash is None or crash.point != point or (self._ear.folder / f"fired-{crash.id}").exists():
            return False
        self._hits[crash.id] += 1
        return self._hits[crash.id] >= crash.hits

    def die(self) -> None:
        """As if by a power cut of this process alone."""
        crash = self._ear.orders().crash
        if crash is not None:
            (self._ear.folder / f"fired-{crash.id}").touch()
        os.kill(os.getpid(), signal.SIGKILL)

    def passes(self, point: str) -> None:
        """This point is passed."""
        if self.due(point):
            self.die()


def around(
    owner: Any, name: str, before: Callable[..., None] | None, after: Callable[..., None] | None
) -> None:
    """Put something before and after a coroutine function. `after` gets the result, then the arguments."""
    real = getattr(owner, name)

    @functools.wraps(real)
    async def wrapped(*args: Any, **named: Any) -> Any:
        if before is not None:
            before(*args, **named)
        result = await real(*args, **named)
        if after is not None:
            after(result, *args, **named)
        return result

    setattr(owner, name, wrapped)


def around_sync(owner: Any, name: str, after: Callable[[], None]) -> None:
    """As `around`, for a plain function."""
    real = getattr(owner, name)

    @functools.wraps(real)
    def wrapped(*args: Any, **named: Any) -> Any:
        result = real(*args, **named)
        after()
        return result

    setattr(owner, name, wrapped)


def install(fuse: Fuse) -> None:
    """Put every point into this process. A name that is gone is an AttributeError: the points follow the product."""
    _into_append(fuse)
    _into_relay(fuse)
    _into_consume(fuse)
    _into_send(fuse)


def _at(fuse: Fuse, point: str) -> Callable[..., None]:
    assert point in POINTS
    return lambda *_args, **_named: fuse.passes(point)


def _into_append(fuse: Fuse) -> None:
    from ledger.postgres import PostgresLedger
    from vault.vault import Vault

    around(Vault, "seal", None, _at(fuse, "append.sealed"))
    around(PostgresLedger, "append", _at(fuse, "append.decided"), _at(fuse, "append.recorded"))
    around(PostgresLedger, "write", _at(fuse, "append.before_call"), _at(fuse, "append.after_call"))


def _into_relay(fuse: Fuse) -> None:
    import bus.publisher
    from bus.publisher import Publisher
    from bus.relay import Relay

    def read(batch: Any, *_: Any) -> None:
        if batch is not None:
            fuse.passes("relay.read")

    real_send = bus.publisher.send

    async def send(client: Any, commands: bytes) -> None:
        if fuse.due("relay.half_sent"):
            await real_send(client, commands[: len(commands) // 2])
            await asyncio.sleep(FLUSH_S)
            fuse.die()
        await real_send(client, commands)
        fuse.passes("relay.sent")

    bus.publisher.send = send
    around(Relay, "_prepare", None, read)
    around(Publisher, "publish", _at(fuse, "relay.before_publish"), _at(fuse, "relay.acknowledged"))


def _into_consume(fuse: Fuse) -> None:
    from bus.consumer import Consumer
    from bus.effect import Effects
    from bus.pull import EagerPull
    from ledger.session import PostgresSession

    def appended(_: Any, __: Any, ___: Any = (), inbox: Any = None) -> None:
        if inbox is not None:
            fuse.passes("consume.appended")

    around(Consumer, "handle", _at(fuse, "consume.arrived"), None)
    around(PostgresSession, "append", None, appended)
    around(Effects, "_transaction", None, _at(fuse, "consume.committed"))
    around(EagerPull, "acknowledge", None, _at(fuse, "consume.acknowledged"))


def react_points(fuse: Fuse, react: Any) -> Any:
    """The two points around a reaction."""

    async def wrapped(session: Any, events: Any) -> Any:
        fuse.passes("consume.before_react")
        appends = await react(session, events)
        fuse.passes("consume.reacted")
        return appends

    return wrapped


def _into_send(fuse: Fuse) -> None:
    import notification.main
    from notification.intents import PostgresIntents
    from notification.maildir import Maildir
    from notification.sender import Sender

    around(Sender, "_document", None, _at(fuse, "send.opened"))
    around_sync(Maildir, "_write", _at(fuse, "send.written"))
    around_sync(Maildir, "_link", _at(fuse, "send.linked"))
    around(PostgresIntents, "done", None, _at(fuse, "send.done"))
    real = notification.main._recorder

    def recorder(workplace: Any) -> Any:
        record = real(workplace)

        async def recorded(*args: Any) -> None:
            await record(*args)
            fuse.passes("send.recorded")

        return recorded

    notification.main._recorder = recorder
