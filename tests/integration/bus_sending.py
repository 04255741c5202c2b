"""What the tests of the sending half share: lines of a ledger, a ledger in memory, a look at the stream."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from nats.aio.client import Client

from bus.agreement import same, stream_state
from bus.stored import MAX_READ, read_many
from bus.subjects import stream_name
from huiyin.chain import genesis, link
from huiyin.envelope.v1.envelope_pb2 import RecordedEvent
from ledger.lines import Line

START = datetime(2025, 8, 18, 1, 2, 3, 456789, tzinfo=UTC)
PLACES = ("000000", "110101", "310115", "440305")


def line(service: str, position: int, previous: bytes, size: int = 260) -> Line:
    """Line `position` of a made-up ledger; the same arguments always give the same line."""
    moment = START + timedelta(milliseconds=position)
    envelope = RecordedEvent(
        event_id=f"0198b5a0-0000-7000-8000-{position:012d}",
        stream=f"{service}-case-{position % 97}",
        version=position // 97 + 1,
        type=f"huiyin.{service}.v1.CaseReceived",
        payload=bytes([position % 256]) * size,
        case_id=f"case-{position % 97}",
        traceparent=f"00-{position:032x}-{position:016x}-01",
        division=PLACES[position % len(PLACES)],
    )
    envelope.recorded_at.FromDatetime(moment)
    data = envelope.SerializeToString(deterministic=True)
    return Line(
        position=position,
        stream=envelope.stream,
        version=envelope.version,
        type=envelope.type,
        bytes=data,
        hash=link(previous, position, data),
        recorded_at=moment,
    )


class MadeUpLedger:
    """The reading half of ledger.ports.Ledger over a list that a test may lengthen, or cut to play a restore."""

    def __init__(self, service: str, count: int = 0) -> None:
        self.service = service
        self.lines: list[Line] = []
        self._start = genesis(service, "made-up")
        self.grow(count)

    def grow(self, count: int, size: int = 260) -> None:
        for _ in range(count):
            previous = self.lines[-1].hash if self.lines else self._start
            self.lines.append(line(self.service, len(self.lines) + 1, previous, size))

    async def read(self, after: int, limit: int, stream: str | None = None) -> Sequence[Line]:
        assert stream is None
        return self.lines[after : after + limit]

    async def head(self) -> tuple[int, bytes]:
        return (self.lines[-1].position, self.lines[-1].hash) if self.lines else (0, self._start)

    async def wait_beyond(self, position: int, timeout_s: float) -> None:
        if len(self.lines) <= position:
            await asyncio.sleep(min(timeout_s, 0.005))


async def differences(client: Client, ledger: MadeUpLedger, reach: int | None = None) -> list[str]:
    """Where the stream is not, from its first sequence on, message by message, the ledger's lines.

    It must reach the ledger's end, or `reach` where the ledger is still growing.
    """
    state = await stream_state(client, ledger.service)
    if state is None:
        return ["no stream"]
    reach = len(ledger.lines) if reach is None else reach
    wrong = [] if reach <= state.last <= len(ledger.lines) else [f"ends at {state.last}, not at {reach}"]
    expected = state.first
    while expected and expected <= state.last:
        found = await read_many(client, stream_name(ledger.service), expected, MAX_READ)
        if not found:
            return [*wrong, f"nothing from {expected} on"]
        for stored in found:
            if stored.sequence != expected:
                wrong.append(f"{stored.sequence} where {expected} should be")
            elif not same(ledger.lines[expected - 1], stored):
                wrong.append(f"{expected} differs")
            expected = stored.sequence + 1
    return wrong


async def eventually(condition: object, limit_s: float = 30.0) -> None:
    """Wait until the (possibly asynchronous) condition holds; AssertionError when it never does."""
    assert callable(condition)
    deadline = asyncio.get_running_loop().time() + limit_s
    while True:
        value = condition()
        if asyncio.iscoroutine(value):
            value = await value
        if value:
            return
        assert asyncio.get_running_loop().time() < deadline, "the condition never came true"
        await asyncio.sleep(0.02)


def forge(original: Line) -> Line:
    """The line as someone with the database's password might leave it: other bytes, the old hash."""
    envelope = RecordedEvent.FromString(original.bytes)
    envelope.payload = b"never happened"
    return replace(original, bytes=envelope.SerializeToString(deterministic=True))
