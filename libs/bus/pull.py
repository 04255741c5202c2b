"""One pull request kept outstanding, and what to do when the server takes it away. Both readers stand on this."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from nats.errors import Error as NatsError

from bus.backoff import Backoff, reason
from bus.delivery import ReaderRefused, Restore
from bus.headers import quicken
from bus.jetstream import CONSUMER_NOT_FOUND, STREAM_NOT_FOUND, ApiError, Json, Unavailable, call
from bus.publisher import send

_NEXT = "$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}"
_HEARTBEAT = "100"
_ANSWERED = frozenset({"404", "408"})
"""No messages, or the request expired: nothing is wrong, ask again."""
_ACK = b"PUB %b 0\r\n\r\n"
"""An empty message to a delivery's reply subject acknowledges it; a whole batch goes out in one piece."""
_NAK = b"PUB %b 4\r\n-NAK\r\n"
"""Hands a delivery back: it is delivered again at once, to whoever asks."""
_NS = 1_000_000_000


DRAIN_S = 1.0
"""A round trip to a server that answers; with one that does not, nothing can be handed back anyway."""


@dataclass(frozen=True, slots=True)
class PullLimits:
    """How a reader asks."""

    batch: int = 256
    """Deliveries handed over at a time: one transaction's worth."""
    ahead: int = 4
    """So many batches are asked for in one request. With one, what is left of a request ends it in a small batch, and
    the next delivery waits for another round trip. As many as the durable lets wait for acknowledgement."""
    expires_s: float = 30.0
    """The server forgets a request after this, so a reader that vanished keeps no messages from others."""
    heartbeat_s: float = 1.0
    """The server says this often that the request still stands."""

    @property
    def silence_s(self) -> float:
        """Without message or heartbeat for so long, the request is lost: two heartbeats and a half."""
        return self.heartbeat_s * 2.5


class Interrupted(Exception):
    """The request has ended unexpectedly, or nothing was heard for too long."""


class EagerPull:
    """At most one request outstanding; whatever has arrived can be taken at once."""

    def __init__(self, client: Any, stream: str, durable: str, inbox: str, limits: PullLimits) -> None:
        self._client = client
        self._subject = _NEXT.format(stream=stream, durable=durable)
        self._inbox = f"{inbox}.{client.new_inbox().rpartition('.')[2]}"
        self._limits = limits
        self._arrived: deque[Any] = deque()
        self._held: Sequence[Any] = ()
        self._heard = asyncio.Event()
        self._request = 0
        self._wanted = 0
        self._ended: str | None = None
        self._subscription: Any = None
        self._payload = json.dumps(
            {
                "batch": limits.batch * limits.ahead,
                "expires": int(limits.expires_s * _NS),
                "idle_heartbeat": int(limits.heartbeat_s * _NS),
            }
        ).encode()

    async def open(self) -> None:
        """Listen; each request answers under its own subject, so that late words about an old one are known."""
        quicken(self._client)
        self._subscription = await self._client.subscribe(f"{self._inbox}.*", cb=self._on_message)

    async def take(self) -> list[Any]:
        """What has arrived, at least one message, at most a batch. Raises Interrupted."""
        while not self._arrived:
            if self._ended is not None:
                raise Interrupted(self._ended)
            if self._wanted <= 0:
                await self._ask()
            self._heard.clear()
            try:
                async with asyncio.timeout(
                    self._limits.silence_s
                ):  # wait_for may lose a cancellation (3.11).
                    await self._heard.wait()
            except TimeoutError as error:
                self._wanted = 0
                raise Interrupted("the server has gone silent") from error
        batch = self._held = [
            self._arrived.popleft() for _ in range(min(len(self._arrived), self._limits.batch))
        ]
        if self._wanted <= 0 and self._ended is None:
            await self._ask()  # The next messages travel while these are worked on.
        return batch

    async def acknowledge(self, batch: Sequence[Any]) -> None:
        """Tell the server. What is lost on the way is delivered again, and known then."""
        self._held = ()
        await self._answer(_ACK, batch)

    def resume(self) -> None:
        """After an interruption: the next take() asks anew."""
        self._ended = None
        self._wanted = 0

    async def unsubscribe(self) -> None:
        """Stop listening and hand back, at once, what was not worked on, what is on its way included."""
        with suppress(NatsError, OSError):
            async with asyncio.timeout(DRAIN_S):
                await self._subscription.drain()
        await self._answer(_NAK, [*self._held, *self._arrived])

    async def _answer(self, answer: bytes, batch: Sequence[Any]) -> None:
        if batch and self._client.is_connected:
            with suppress(NatsError, OSError):
                await send(self._client, b"".join([answer % message.reply.encode() for message in batch]))

    async def _ask(self) -> None:
        self._request += 1
        self._wanted = self._limits.batch * self._limits.ahead
        try:
            await self._client.publish(self._subject, self._payload, reply=f"{self._inbox}.{self._request}")
        except (NatsError, OSError) as error:
            self._wanted = 0
            raise Interrupted(reason(error)) from error

    async def _on_message(self, message: Any) -> None:
        if message.subject.startswith(self._inbox):
            self._on_status(message)
        else:
            self._wanted -= 1
            self._arrived.append(message)
        self._heard.set()

    def _on_status(self, message: Any) -> None:
        headers = message.headers or {}
        status = headers.get("Status", "")
        if status == _HEARTBEAT or not message.subject.endswith(f".{self._request}"):
            return
        self._wanted = 0
        if status not in _ANSWERED:
            self._ended = f"{status} {headers.get('Description', '')}".strip()


class Guard:
    """Looks after the declared durable: refuses to start without it, has it restored when it vanishes."""

    def __init__(self, client: Any, stream: str, durable: str, restore: Restore | None) -> None:
        self._client = client
        self._stream = stream
        self._durable = durable
        self._restore = restore
        self.trouble: str | None = None

    async def info(self) -> Json | None:
        """The durable as the server has it; None if there is none. Raises ReaderRefused or Unavailable."""
        try:
            info = await call(self._client, f"CONSUMER.INFO.{self._stream}.{self._durable}")
        except ApiError as error:
            if error.err_code in (CONSUMER_NOT_FOUND, STREAM_NOT_FOUND):
                return None
            raise Unavailable(str(error)) from error
        config = info["config"]
        if config.get("ack_policy") != "explicit" or config.get("deliver_subject"):
            raise ReaderRefused(f"{self._durable} is not a pull consumer with explicit acknowledgement")
        if config.get("filter_subject") or config.get("filter_subjects"):
            raise ReaderRefused(f"{self._durable} filters subjects: its positions would have holes")
        return info

    async def owed(self) -> int | None:
        """Messages that the durable has still to bring or to see acknowledged; None if nobody says."""
        try:
            info = await self.info()
        except Unavailable:
            return None
        return int(info["num_pending"]) + int(info["num_ack_pending"]) if info else None

    async def require(self) -> None:
        """Before the first request. A missing durable is refused; an unreachable server is waited for."""
        backoff = Backoff()
        while True:
            try:
                if await self.info() is None:
                    raise ReaderRefused(f"no durable {self._durable} on {self._stream}")
            except Unavailable as error:
                self.trouble = reason(error)
                await backoff.pause()
            else:
                self.trouble = None
                return

    async def attend(self, why: str) -> None:
        """After an interruption: return when the durable is there, having it restored if it is not."""
        backoff = Backoff(first_s=RESTORE_PAUSE_S)
        self.trouble = why
        while True:
            try:
                if await self.info() is not None:
                    self.trouble = None
                    return
                self.trouble = f"no durable {self._durable} on {self._stream}"
                await self._have_it_restored()
            except Unavailable as error:
                self.trouble = reason(error)
            await backoff.pause()

    async def _have_it_restored(self) -> None:
        if self._restore is None:
            return
        try:
            await self._restore()
        except Exception as error:
            self.trouble = f"could not have {self._durable} restored: {reason(error)}"


RESTORE_PAUSE_S = 0.1
"""Before looking again whether the durable is back: the reconciler may be at work on the whole stream."""


async def pump(pull: EagerPull, guard: Guard, hand_over: Callable[[list[Any]], Awaitable[Any]]) -> None:
    """Take, hand over, acknowledge, for ever. What failed is handed over again after a pause, unacknowledged."""
    backoff = Backoff()
    while True:
        try:
            batch = await pull.take()
        except Interrupted as interruption:
            await guard.attend(str(interruption))
            pull.resume()
            continue
        while True:
            try:
                await hand_over(batch)
            except Exception as error:
                guard.trouble = reason(error)
                await backoff.pause()
            else:
                break
        guard.trouble = None
        backoff.reset()
        await pull.acknowledge(batch)
