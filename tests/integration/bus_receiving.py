"""What the tests of the bus's receiving half share: a source whose ledger and stream are easy to make."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import nats

from bus import topology
from bus.messages import frame
from bus.publisher import Batch, Publisher
from bus.pull import PullLimits
from bus.subjects import inbox_prefix, stream_name
from huiyin.chain import genesis, link
from huiyin.codec import encode, encode_envelope, type_of
from huiyin.envelope.v1.envelope import Actor, CausedBy, Origin, RecordedEvent
from huiyin.testing.v1.events import NoteTaken
from ledger.lines import Line, NewLine

START = datetime(2025, 8, 18, 1, 0, tzinfo=UTC)
INSTALLATION = "test"
BRISK = PullLimits(heartbeat_s=0.2)
"""So that a test notices a dead server soon."""


def name(what: str) -> str:
    """A service name that no other test has: its stream is on a server that all tests share."""
    return f"{what}_{secrets.token_hex(6)}"


def note(
    service: str,
    number: int,
    case: str | None = "c1",
    caused_by: tuple[str, int] | None = None,
    words: str = "",
) -> bytes:
    """The bytes of an event that says `words`."""
    event = NoteTaken(case_id=case or "", words=words)
    return encode_envelope(
        RecordedEvent(
            event_id=f"{service}-{number}",
            stream=f"{service}-case-{case}" if case else f"{service}-unit-u1",
            version=number,
            type=type_of(event),
            payload=encode(event),
            occurred_at=START,
            recorded_at=START + timedelta(microseconds=number),
            case_id=case,
            actor=Actor(unit_id="u1", role="clerk", pseudonym="p1"),
            legal_basis="",
            caused_by=CausedBy(service=caused_by[0], position=caused_by[1]) if caused_by else None,
            correlation_id="",
            idempotency_key="",
            origin=Origin.LIVE,
            traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            division="110105",
        )
    )


def new_line(service: str, number: int, data: bytes) -> NewLine:
    """An own event of a consuming service."""
    return NewLine(f"{service}-case-{number}", 1, "huiyin.testing.v1.NoteTaken", data, START)


class Source:
    """A service's ledger in a list, and its stream on a real server. Enough of ports.Ledger for feed and relay."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.lines: list[Line] = []
        self.published = 0
        self.reads = 0

    async def genesis(self) -> bytes:
        return genesis(self.service, INSTALLATION)

    async def head(self) -> tuple[int, bytes]:
        return (len(self.lines), self.lines[-1].hash) if self.lines else (0, await self.genesis())

    async def read(self, after: int, limit: int, stream: str | None = None) -> Sequence[Line]:
        self.reads += 1
        found = [line for line in self.lines[after:] if stream in (None, line.stream)]
        return found[:limit]

    def record(self, *events: bytes) -> None:
        """Append events to the ledger; they are not on the bus yet."""
        for data in events:
            position = len(self.lines) + 1
            previous = self.lines[-1].hash if self.lines else genesis(self.service, INSTALLATION)
            digest = link(previous, position, data)
            self.lines.append(
                Line(
                    position,
                    f"{self.service}-case-x",
                    position,
                    "huiyin.testing.v1.NoteTaken",
                    data,
                    digest,
                    START,
                )
            )

    def take_notes(self, count: int, case: str | None = "c1") -> None:
        """Record so many sound events."""
        begin = len(self.lines)
        self.record(*(note(self.service, begin + n, case) for n in range(1, count + 1)))

    async def publish(self, client: Any) -> None:
        """What the relay does, once: bring the stream up to the ledger."""
        publisher = Publisher()
        while self.published < len(self.lines):
            batch = Batch(self.published, [frame(line) for line in self.lines[self.published :][:500]])
            await publisher.publish(client, batch)
            self.published = batch.last
        await publisher.close()

    async def declare(self, client: Any, *services: str, first: int = 1, position: int = 0) -> None:
        """Its stream, and the durables of those services."""
        await topology.create_stream(client, self.service, topology.EMBEDDED, first_position=first)
        for service in services:
            await topology.create_durable(client, service, self.service, position)

    @property
    def stream(self) -> str:
        return stream_name(self.service)


async def connect(url: str, service: str, **options: Any) -> Any:
    """A client as a service has it."""
    return await nats.connect(
        url,
        inbox_prefix=inbox_prefix(service),
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.05,
        error_cb=_silent,
        **options,
    )


async def _silent(_error: Exception) -> None:
    return
