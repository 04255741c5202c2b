"""A JetStream stream and its durables as plain state: what is stored, what was delivered, what was acknowledged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bus.jetstream import BATCH_INCOMPLETE, TOO_MANY_BATCHES, WRONG_LAST_SEQUENCE

MOST_BATCHES = 50
BATCH_IDLE_S = 10.0
"""nats-server's own: so many unfinished batches a stream, and so long without a further message."""

SECOND_NS = 1_000_000_000


class Refusal(Exception):
    """What the server answers instead."""

    def __init__(self, code: int, err_code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.err_code = err_code


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored message."""

    sequence: int
    subject: str
    headers: Mapping[str, str]
    data: bytes


@dataclass(slots=True)
class Pull:
    """A request that waits for messages."""

    inbox: str
    left: int
    expires_at: float
    heartbeat_s: float
    heard_at: float


@dataclass(slots=True)
class Durable:
    """A pull consumer with explicit acknowledgement."""

    name: str
    config: Mapping[str, Any]
    upcoming: int
    """The next sequence that was never delivered."""
    pending: dict[int, tuple[float, int]] = field(default_factory=dict)
    """Delivered and not acknowledged: when that is too long ago, and how often."""
    again: list[int] = field(default_factory=list)
    """To be delivered once more, before anything new."""
    pulls: list[Pull] = field(default_factory=list)
    delivered: int = 0
    acknowledged: int = 0
    """The highest sequence that was acknowledged: only tests ask for it."""

    @property
    def ack_wait_s(self) -> float:
        return float(self.config["ack_wait"]) / SECOND_NS

    def next_for_delivery(self, stream: Stream) -> tuple[int, int] | None:
        """The sequence to be delivered now, and for the how manieth time."""
        while self.again:
            sequence = self.again.pop(0)
            if sequence in stream.messages:
                return sequence, self.pending.get(sequence, (0.0, 0))[1] + 1
            self.pending.pop(sequence, None)
        self.upcoming = max(self.upcoming, stream.first)
        while self.upcoming <= stream.last and self.upcoming not in stream.messages:
            self.upcoming += 1
        if self.upcoming > stream.last or len(self.pending) >= int(self.config["max_ack_pending"]):
            return None
        self.upcoming += 1
        return self.upcoming - 1, 1

    def acknowledge(self, sequence: int) -> None:
        """Of whichever delivery: a late word about an earlier one counts."""
        if self.pending.pop(sequence, None) is not None:
            self.acknowledged = max(self.acknowledged, sequence)
        if sequence in self.again:
            self.again.remove(sequence)

    def hand_back(self, sequence: int) -> None:
        """Not acknowledged: at once to whoever asks."""
        if sequence in self.pending and sequence not in self.again:
            self.again.append(sequence)

    def expire(self, now: float) -> None:
        """What was not acknowledged in time is delivered again."""
        for sequence, (until, _) in sorted(self.pending.items()):
            if until <= now:
                self.hand_back(sequence)


@dataclass(slots=True)
class _Staged:
    messages: list[tuple[str, Mapping[str, str], bytes]]
    expected: int | None
    heard_at: float


@dataclass(slots=True)
class Stream:
    """Messages by sequence, and the unfinished batches."""

    name: str
    config: dict[str, Any]
    created: str
    messages: dict[int, Kept] = field(default_factory=dict)
    first: int = 1
    last: int = 0
    durables: dict[str, Durable] = field(default_factory=dict)
    staged: dict[str, _Staged] = field(default_factory=dict)

    def store(self, subject: str, headers: Mapping[str, str], data: bytes) -> int:
        """At the next sequence."""
        self.last += 1
        self.messages[self.last] = Kept(self.last, subject, headers, data)
        return self.last

    def stage(
        self, subject: str, headers: Mapping[str, str], data: bytes, now: float
    ) -> Mapping[str, Any] | None:
        """One message of an atomic batch; the answer to its last one. Raises Refusal; nothing is then stored."""
        batch_id, number = headers["Nats-Batch-Id"], int(headers["Nats-Batch-Sequence"])
        self._forget_idle(now)
        staged = self.staged.get(batch_id)
        if number == 1:
            if len(self.staged) >= MOST_BATCHES:
                raise Refusal(429, TOO_MANY_BATCHES, "too many inflight atomic batches")
            wanted = headers.get("Nats-Expected-Last-Sequence")
            staged = self.staged[batch_id] = _Staged([], None if wanted is None else int(wanted), now)
        if staged is None or len(staged.messages) + 1 != number:
            self.staged.pop(batch_id, None)
            raise Refusal(400, BATCH_INCOMPLETE, "atomic publish batch is incomplete")
        staged.messages.append((subject, headers, data))
        staged.heard_at = now
        if "Nats-Batch-Commit" not in headers:
            return None
        del self.staged[batch_id]
        if staged.expected is not None and staged.expected != self.last:
            raise Refusal(400, WRONG_LAST_SEQUENCE, f"wrong last sequence: {self.last}")
        for each in staged.messages:
            self.store(*each)
        return {"stream": self.name, "seq": self.last, "batch": batch_id, "count": number}

    def _forget_idle(self, now: float) -> None:
        for batch_id in [key for key, each in self.staged.items() if each.heard_at + BATCH_IDLE_S < now]:
            del self.staged[batch_id]

    def roll_back(self, last: int) -> None:
        """The store as it was earlier: what came later is gone, and the server does not know."""
        for sequence in range(last + 1, self.last + 1):
            self.messages.pop(sequence, None)
        self.last = last
        self.staged.clear()

    def state(self) -> dict[str, Any]:
        """As STREAM.INFO tells it."""
        first = min(self.messages, default=self.last + 1 if self.last else self.first)
        held = self.last - first + 1 if self.messages else 0
        return {
            "messages": len(self.messages),
            "first_seq": first if self.messages else (self.first if not self.last else self.last + 1),
            "last_seq": self.last,
            "num_deleted": held - len(self.messages),
            "consumer_count": len(self.durables),
        }
