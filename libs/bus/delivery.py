"""What a reader promises, whichever library reads."""

from __future__ import annotations

import builtins
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bus.headers import Headers
from bus.messages import CHAIN_HEADER, POSITION_HEADER

HASH_BYTES = 32
_POSITION, _CHAIN = POSITION_HEADER.encode(), CHAIN_HEADER.encode()
_ACK_TOKENS_PLAIN = 9
"""`$JS.ACK.<stream>.<consumer>.<delivered>.<sequence>.…`; servers may add domain and account in front."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A ledger line as the bus brought it: not yet verified, perhaps for the second time, in any order.

    `hash` is empty where the message does not say what it is: such a message extends no chain.
    """

    position: int
    bytes: builtins.bytes
    hash: builtins.bytes


Handle = Callable[[Sequence[Delivery]], Awaitable[None]]
Restore = Callable[[], Awaitable[None]]
"""Has the declared topology applied again. May fail; it is called again after a pause."""


class ReaderRefused(Exception):
    """The durable is not there, or not as declared. A reader never creates one: that is the topology's part."""


class Reader(Protocol):
    """Hands over what has arrived.

    At most `batch` deliveries at a time, in the order of arrival, at once: it never waits for a full batch.
    A batch is acknowledged after `handle` returned. If it raised, nothing is acknowledged, and the same batch
    is handed over again after a pause; the server gives it to another replica if that takes too long.
    """

    trouble: str | None
    """What the reader is waiting for; None while all is well."""

    async def run(self, handle: Handle) -> None:
        """Until cancelled. Raises ReaderRefused if the declared durable is not there when it starts."""

    async def owed(self) -> int | None:
        """How many messages the durable has still to bring or to see acknowledged; None if unknown."""


def delivery(message: Any) -> Delivery:
    """A nats-py message as a Delivery. The stream's sequence is the ledger's position, or it is rubbish."""
    tokens = message.reply.split(".")
    sequence = int(tokens[5 if len(tokens) == _ACK_TOKENS_PLAIN else 7])
    position, digest = _told(message.headers)
    return Delivery(sequence, message.data, _digest(digest) if position == str(sequence) else b"")


def _told(headers: Any) -> tuple[str, str]:
    """The position and the chain hash that the headers tell. A missing one is empty."""
    if isinstance(headers, Headers):
        position, digest = headers.told(_POSITION), headers.told(_CHAIN)
        return position.decode("ascii", "replace"), digest.decode("ascii", "replace")
    headers = headers or {}
    return headers.get(POSITION_HEADER, ""), headers.get(CHAIN_HEADER, "")


def _digest(text: str) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return b""
    return value if len(value) == HASH_BYTES else b""
