"""The part of nats-py's client that the product uses, over a simulated connection to a simulated server.

A connection keeps the order of what it carries, and loses nothing until it is cut. Then what is under way towards
the server arrives up to some message, what is under way towards the client does not arrive, and a process that is
still there connects again after a moment: its subscriptions are then known again, as nats-py does it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextvars import Context, copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any

import nats.errors

from tests.simulation.jetstream import Server
from tests.simulation.loop import OUTSIDE, SimulatedLoop
from tests.simulation.network import Network
from tests.simulation.wire import Command, commands

EPS_S = 1e-6
"""Two things that a connection carries never arrive at the same moment: their order is kept."""


@dataclass(slots=True)
class Message:
    """A message as a client gets it."""

    subject: str
    reply: str
    headers: Mapping[str, str] | None
    data: bytes


class Subscription:
    """One subject, or one with a last `*`."""

    def __init__(
        self, client: SimulatedClient, subject: str, callback: Callable[[Any], Awaitable[None]] | None
    ) -> None:
        self.subject = subject
        self._client = client
        self._callback = callback
        self._arrived: deque[Message] = deque()
        self._news = asyncio.Event()

    def covers(self, subject: str) -> bool:
        if self.subject.endswith(".*"):
            return subject.rpartition(".")[0] == self.subject[:-2]
        return subject == self.subject

    async def take(self, message: Message) -> None:
        if self._callback is not None:
            await self._callback(message)
        else:
            self._arrived.append(message)
            self._news.set()

    async def next_msg(self, timeout: float = 1.0) -> Message:
        """The next message; nats.errors.TimeoutError when none comes."""
        try:
            async with asyncio.timeout(timeout):
                while not self._arrived:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise nats.errors.TimeoutError from None
        return self._arrived.popleft()

    async def unsubscribe(self) -> None:
        """The server hears of it in its turn."""
        self._client.forget(self)

    async def drain(self) -> None:
        """As unsubscribe, but what is already on its way is still taken."""
        await self._client.round_trip()
        self._client.forget(self)


class SimulatedClient:
    """One connection of one process."""

    def __init__(self, loop: SimulatedLoop, server: Server, network: Network, inbox: str) -> None:
        # The last token of every inbox is its own, as nats-py's: the product takes it alone.
        self.stats = {"reconnects": 0}
        self.is_connected = True
        self.is_closed = False
        self._loop = loop
        self._server = server
        self._network = network
        self._inbox = inbox
        self._context: Context = copy_context()
        self._subscriptions: list[Subscription] = []
        self._known: list[Subscription] = []
        """What the server has heard of."""
        self._towards: deque[tuple[asyncio.TimerHandle, list[Any]]] = deque()
        self._from: list[asyncio.TimerHandle] = []
        self._towards_at = self._from_at = 0.0
        self._buffer: list[Any] = []
        self._pending: list[bytes] = []
        self._inboxes = 0
        server.listeners.append(self)

    # What nats-py offers

    def new_inbox(self) -> str:
        self._inboxes += 1
        return f"{self._inbox}i{self._inboxes}"

    async def subscribe(
        self, subject: str, cb: Callable[[Any], Awaitable[None]] | None = None
    ) -> Subscription:
        subscription = Subscription(self, subject, cb)
        self._subscriptions.append(subscription)
        self._send([lambda: self._known.append(subscription)])
        return subscription

    async def publish(self, subject: str, payload: bytes = b"", reply: str = "") -> None:
        self._send([Command(subject, reply, {}, payload)])

    async def request(self, subject: str, payload: bytes = b"", timeout: float = 0.5) -> Message:
        inbox = self.new_inbox()
        subscription = await self.subscribe(inbox)
        try:
            await self.publish(subject, payload, inbox)
            answer = await subscription.next_msg(timeout)
        finally:
            await subscription.unsubscribe()
        if answer.headers and answer.headers.get("Status") == "503":
            raise nats.errors.NoRespondersError
        return answer

    async def close(self) -> None:
        self.is_closed = True
        self.break_off(come_back=False)

    async def _send_command(self, command: bytes) -> None:
        self._pending.append(command)

    async def _flush_pending(self, force_flush: bool = False) -> None:
        run, self._pending = b"".join(self._pending), []
        self._send(list(commands(run)))

    # The connection

    def wants(self, subject: str) -> bool:
        return self.is_connected and any(each.covers(subject) for each in self._known)

    def forget(self, subscription: Subscription) -> None:
        """No longer listen."""
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)
            self._send([lambda: self._unlisten(subscription)])

    def _unlisten(self, subscription: Subscription) -> None:
        if subscription in self._known:
            self._known.remove(subscription)

    async def round_trip(self) -> None:
        """To the server and back (PING, PONG)."""
        answer: asyncio.Future[None] = self._loop.create_future()

        def pong() -> None:
            if not answer.done():
                answer.set_result(None)

        self._send([lambda: self._bring(pong)])
        await answer

    def _send(self, things: list[Any]) -> None:
        """Messages and what else a server is told, in one piece."""
        if not self.is_connected:
            self._buffer += things
            return
        self._towards_at = max(self._towards_at + EPS_S, self._loop.time() + self._network.delay())
        timer = self._loop.call_at(self._towards_at, self._arrive, things, context=OUTSIDE)
        self._towards.append((timer, things))

    def _arrive(self, things: list[Any]) -> None:
        self._towards.popleft()
        self._hear(things)

    def _hear(self, things: list[Any]) -> None:
        for thing in things:
            if isinstance(thing, Command):
                self._server.receive(*thing)
            else:
                thing()

    def deliver(
        self, to: str, subject: str, reply: str, headers: Mapping[str, str] | None, data: bytes
    ) -> None:
        """A message from the server, at the end of what is on its way."""
        for subscription in self._known:
            if subscription.covers(to):
                message = Message(subject, reply, headers, data)
                self._bring(partial(self._take, subscription, message))

    def _take(self, subscription: Subscription, message: Message) -> None:
        self._loop.create_task(subscription.take(message))

    def _bring(self, what: Callable[[], object]) -> None:
        self._from_at = max(self._from_at + EPS_S, self._loop.time() + self._network.delay())
        self._from = [
            timer for timer in self._from if not timer.cancelled() and timer.when() > self._loop.time()
        ]
        self._from.append(self._loop.call_at(self._from_at, what, context=self._context))

    def break_off(self, *, come_back: bool) -> None:
        """The connection ends: cut, or because its process was killed (`come_back` False)."""
        under_way = [thing for _, things in self._towards for thing in things]
        for timer in (*(timer for timer, _ in self._towards), *self._from):
            timer.cancel()
        self._towards.clear()
        self._from.clear()
        arrives = self._loop.chance.randint(0, len(under_way))
        self._loop.call_later(self._network.delay(), self._end, under_way[:arrives], context=OUTSIDE)
        self.is_connected = False
        if come_back:
            again = 0.05 + self._loop.chance.random()
            self._loop.call_later(again, self._reconnect, context=OUTSIDE)

    def _end(self, arrived: list[Any]) -> None:
        self._hear(arrived)
        if not self.is_connected:
            self._known.clear()

    def _reconnect(self) -> None:
        if self.is_closed or self.is_connected:
            return
        if not self._network.healthy and "bus" in self._network.down:
            self._loop.call_later(0.25, self._reconnect, context=OUTSIDE)
            return
        self._known = list(self._subscriptions)
        self.stats["reconnects"] += 1
        self.is_connected = True
        buffered, self._buffer = self._buffer, []
        self._send(buffered)
