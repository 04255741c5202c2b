"""Atomic batches (NATS ADR-50): all messages of a batch are stored in a row, or none is.

The first message carries the sequence that the stream must have at that moment; so a batch lands exactly where
its positions say, whoever else is publishing. The acknowledgement comes to an inbox of our own: the client's
`publish_async` never resolves when the server refuses.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from bus.connection import ConnectionLost, while_connected
from bus.jetstream import WRONG_LAST_SEQUENCE, ApiError, Json, Unavailable, raise_error
from bus.messages import Frame

MAX_MESSAGES = 512
"""Half of what the server takes (1,000): the rate is flat from 256 on, the time to a first ack is not."""

MAX_BYTES = 1_000_000
"""Of one batch, headers included: a batch stays one short write and one short fsync."""

ACK_TIMEOUT_S = 5.0
"""One fsync, at worst on a busy disk, or a leader election. Later answers change nothing."""

BATCH_HEADERS_BYTES = 160
"""What the batch's own headers and the protocol line add to a message, at most."""


_VERSION = b"NATS/1.0\r\n"
_END = b"\r\n"


class Refused(Exception):
    """The stream's last sequence is another one; nothing was stored. Read it again."""


class Unknown(Exception):
    """No acknowledgement: all of the batch is stored, or nothing. Read the last sequence again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive messages, the first of them at sequence `after` + 1."""

    after: int
    messages: Sequence[Frame]

    @property
    def last(self) -> int:
        return self.after + len(self.messages)


def wire(batch: Batch, batch_id: str, reply: str) -> bytes:
    """The whole batch as one run of HPUB commands; only the last one asks for an answer."""
    parts: list[bytes] = []
    count = len(batch.messages)
    for number, (subject, block, data) in enumerate(batch.messages, 1):
        own = f"Nats-Batch-Id: {batch_id}\r\nNats-Batch-Sequence: {number}\r\n"
        if number == 1:
            own += f"Nats-Expected-Last-Sequence: {batch.after}\r\n"
        if number == count:
            own += "Nats-Batch-Commit: 1\r\n"
        to = f"{subject} {reply}" if number == count else subject
        size = len(_VERSION) + len(block) + len(own) + len(_END)
        head = f"HPUB {to} {size} {size + len(data)}\r\n"
        parts += (head.encode(), _VERSION, block, own.encode(), _END, data, _END)
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A batch as it will travel, made while the one before it is being stored."""

    batch: Batch
    batch_id: str
    inbox: str
    commands: bytes


class Publisher:
    """Publishes batches, one in flight."""

    def __init__(self) -> None:
        self._client: Client | None = None
        self._inbox = ""
        self._subscription: Subscription | None = None
        self._waiting: tuple[str, asyncio.Future[Msg]] | None = None
        self._ready: _Ready | None = None

    def prepare(self, batch: Batch) -> None:
        """Say which batch comes next: if it does, its bytes are ready. Before the first one there is no inbox."""
        if self._inbox:
            self._ready = self._made(batch)

    async def publish(self, client: Client, batch: Batch) -> None:
        """Return once the batch is stored at its positions.

        Raises Refused, Unknown, Unavailable (no stream, no leader, not connected) or ApiError.
        """
        if not client.is_connected:
            raise Unavailable("not connected to the bus")
        await self._listen(client)
        ready, self._ready = self._ready, None
        if ready is None or ready.batch is not batch or ready.inbox != self._inbox:
            ready = self._made(batch)
        answer: asyncio.Future[Msg] = asyncio.get_running_loop().create_future()
        self._waiting = (ready.batch_id, answer)
        try:
            await send(client, ready.commands)
            acknowledged(await _answered(client, answer), batch)
        finally:
            self._waiting = None

    def _made(self, batch: Batch) -> _Ready:
        batch_id = secrets.token_hex(8)
        return _Ready(batch, batch_id, self._inbox, wire(batch, batch_id, f"{self._inbox}.{batch_id}"))

    async def close(self) -> None:
        """Give the inbox back."""
        if self._subscription is not None and self._client is not None and not self._client.is_closed:
            await self._subscription.unsubscribe()
        self._client = self._subscription = None

    async def _listen(self, client: Client) -> None:
        if self._client is client:
            return
        inbox = client.new_inbox()
        try:
            self._subscription = await client.subscribe(f"{inbox}.*", cb=self._heard)
        except NatsError as error:
            raise Unavailable(str(error)) from error
        self._client, self._inbox = client, inbox

    async def _heard(self, answer: Msg) -> None:
        if self._waiting is None:
            return
        batch_id, future = self._waiting
        if answer.subject.endswith(batch_id) and not future.done():
            future.set_result(answer)


async def send(client: Client, commands: bytes) -> None:
    """Hand a run of commands to the client in one piece.

    Two private names of nats-py, pinned by a test: its public `publish` costs as much for each message as
    everything else that the relay does together.
    """
    await client._send_command(commands)
    await client._flush_pending()


async def _answered(client: Client, answer: asyncio.Future[Msg]) -> Msg:
    try:
        return await while_connected(client, asyncio.wait_for(answer, ACK_TIMEOUT_S))
    except TimeoutError as error:
        raise Unknown(f"no acknowledgement within {ACK_TIMEOUT_S:.0f} s") from error
    except ConnectionLost as error:
        raise Unknown("the connection was lost before the acknowledgement") from error


def acknowledged(answer: Msg, batch: Batch) -> None:
    """Return if the answer says that the whole batch is stored where it belongs; raise otherwise."""
    if not answer.data:
        raise Unavailable("no stream takes this subject")
    result: Json = json.loads(answer.data)
    try:
        raise_error("publish", result)
    except ApiError as error:
        if error.err_code == WRONG_LAST_SEQUENCE:
            raise Refused(error.description) from error
        raise
    if result.get("seq") != batch.last or result.get("count") != len(batch.messages):
        raise Unknown(f"an acknowledgement that is not this batch's: {result}")
