"""Where a stream and its ledger meet: asked before anything is published, and by the reconciler every few seconds.

The stream may only be continued if its last message is the ledger's line at that position. Otherwise the stream
is damaged, or it is ahead of a ledger that was restored from an older backup; the two are told apart by the chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nats.aio.client import Client

from bus.jetstream import stream_info
from bus.lines import Lines
from bus.messages import message
from bus.stored import Stored, read_one
from bus.subjects import stream_name
from huiyin.chain import link
from ledger.lines import Line


@dataclass(frozen=True, slots=True)
class State:
    """What the server says about a stream."""

    created: str
    first: int
    last: int
    messages: int
    deleted: int
    config: Mapping[str, Any]

    @property
    def contiguous(self) -> bool:
        """No hole: every sequence from the first to the last holds a message."""
        expected = self.last - self.first + 1 if self.messages else 0
        return self.deleted == 0 and self.messages == expected


@dataclass(frozen=True, slots=True)
class Meeting:
    """The stream may be continued after `position`; `chain` is the ledger's hash there (None before line 1)."""

    position: int
    chain: bytes | None
    created: str = ""
    """When the stream was created: one created later is another one."""


class Disagreement(Exception):
    """Stream and ledger do not fit together: the stream must not be continued."""


async def stream_state(client: Client, service: str) -> State | None:
    """The stream's state; None if there is no stream. Raises Unavailable or ApiError."""
    info = await stream_info(client, stream_name(service))
    if info is None:
        return None
    state = info["state"]
    return State(
        created=str(info["created"]),
        first=int(state["first_seq"]),
        last=int(state["last_seq"]),
        messages=int(state["messages"]),
        deleted=int(state.get("num_deleted", 0)),
        config=info["config"],
    )


async def line_at(ledger: Lines, position: int) -> Line | None:
    """One line of a ledger, or None beyond its head."""
    found = await ledger.read(position - 1, 1)
    return found[0] if found and found[0].position == position else None


def same(line: Line, stored: Stored) -> bool:
    """Whether a stored message is exactly what the line is published as."""
    expected = message(line)
    return (
        stored.data == expected.data
        and stored.subject == expected.subject
        and stored.headers == expected.headers
    )


def continues(before: bytes, stored: Stored) -> bool:
    """Whether a message is a line that followed upon the hash `before`: what only a ledger can have written."""
    return stored.chain == link(before, stored.sequence, stored.data)


async def meet(client: Client, ledger: Lines, service: str) -> Meeting:
    """Where the stream may be continued. Raises Disagreement, Unavailable, ApiError or the ledger's errors."""
    state = await stream_state(client, service)
    if state is None:
        raise Disagreement("the stream does not exist")
    if state.last == 0:
        return Meeting(0, None, state.created)
    line = await line_at(ledger, state.last)
    if line is None:
        raise Disagreement(f"the stream ends at {state.last}, where the ledger has no line yet")
    if state.messages:
        stored = await read_one(client, stream_name(service), state.last)
        if stored is None:
            raise Disagreement(f"the stream's last message, {state.last}, cannot be read")
        if not same(line, stored):
            raise Disagreement(f"the stream's last message, {state.last}, is not the ledger's line")
    return Meeting(state.last, line.hash, state.created)
