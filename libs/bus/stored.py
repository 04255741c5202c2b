"""Reading a stream by sequence, without a consumer: what is stored, byte for byte, and what is not there."""

from __future__ import annotations

import base64
import contextlib
import json
from dataclasses import dataclass
from typing import Any

from nats.aio.client import Client
from nats.errors import Error as NatsError

from bus.connection import ConnectionLost, while_connected
from bus.jetstream import API_TIMEOUT_S, MESSAGE_NOT_FOUND, ApiError, Unavailable, call
from bus.messages import CHAIN_HEADER, reproducible

END_OF_BATCH = "204"
NOT_FOUND = "404"
MAX_READ = 512
"""Messages of one read: like the relay's batch, a few hundred KB."""

MAX_READ_BYTES = 8 * 1024 * 1024
"""The server stops there; 128 of the largest events."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A message of a stream, its headers without the transport's own."""

    sequence: int
    subject: str
    headers: dict[str, str]
    data: bytes

    @property
    def chain(self) -> bytes:
        """The chain hash it claims; empty where it claims none."""
        with contextlib.suppress(ValueError):
            return bytes.fromhex(self.headers.get(CHAIN_HEADER, ""))
        return b""


async def read_one(client: Client, stream: str, sequence: int) -> Stored | None:
    """The message as the stream's leader has it; None if it has none at that sequence."""
    try:
        answer = await call(client, f"STREAM.MSG.GET.{stream}", {"seq": sequence})
    except ApiError as error:
        if error.err_code == MESSAGE_NOT_FOUND:
            return None
        raise
    found = answer["message"]
    return Stored(
        sequence=int(found["seq"]),
        subject=str(found["subject"]),
        headers=reproducible(_headers(base64.b64decode(found.get("hdrs", "")))),
        data=base64.b64decode(found.get("data", "")),
    )


async def read_many(client: Client, stream: str, first: int, count: int) -> list[Stored]:
    """Messages from sequence `first` on, in order, at most `count`, with no more than one question.

    Any replica may answer (the scan is meant to look at all of them in turn), so what is missing here
    may be merely late: ask `read_one` before concluding anything. Raises Unavailable.
    """
    inbox = client.new_inbox()
    found: list[Stored] = []
    try:
        subscription = await client.subscribe(inbox)
    except NatsError as error:
        raise Unavailable(str(error)) from error
    try:
        question = {"seq": first, "batch": count, "max_bytes": MAX_READ_BYTES, "next_by_subj": ">"}
        await client.publish(f"$JS.API.DIRECT.GET.{stream}", json.dumps(question).encode(), reply=inbox)
        while True:
            answer = await while_connected(client, subscription.next_msg(timeout=API_TIMEOUT_S))
            status = (answer.headers or {}).get("Status")
            if status in (END_OF_BATCH, NOT_FOUND):
                return found
            if status is not None or answer.headers is None:
                raise Unavailable(f"DIRECT.GET.{stream}: status {status}")
            found.append(_direct(answer))
    except (ConnectionLost, TimeoutError, NatsError, OSError) as error:
        raise Unavailable(f"DIRECT.GET.{stream}: {error}") from error
    finally:
        with contextlib.suppress(NatsError):
            await subscription.unsubscribe()


def _direct(answer: Any) -> Stored:
    headers = answer.headers
    return Stored(
        sequence=int(headers["Nats-Sequence"]),
        subject=headers["Nats-Subject"],
        headers=reproducible(headers),
        data=answer.data,
    )


def _headers(block: bytes) -> dict[str, str]:
    lines = block.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines if line)
    return {name: value.strip() for name, _, value in pairs}
