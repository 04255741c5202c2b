"""What a stream's lines come to: its state, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from huiyin.codec import Malformed, decode
from huiyin.instants import from_wire_instant
from ledger.decider import Decider
from ledger.envelopes import opened
from ledger.lines import Row

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Loaded(Generic[S]):
    """A stream as it stands."""

    state: S
    version: int
    last_recorded_at: datetime | None
    hash: bytes = b""
    """The chain at its last line: who knows it knows what is in this line and in every line before it."""
    size: int = 0
    """Bytes of the lines that led here."""


def fold_rows(
    decider: Decider[S, Any, Any], rows: Sequence[Row], before: Loaded[S] | None = None
) -> Loaded[S]:
    """The stream after these rows, which are all of it or follow what stood `before`. Raises Malformed."""
    if before is None:
        before = Loaded(decider.initial, 0, None)
    if not rows:
        return before
    state, size, evolve = before.state, before.size, decider.evolve
    for version, line, _ in rows:
        try:
            envelope = opened(line)
            event = decode(envelope.type, envelope.payload)
        except Malformed as error:
            raise Malformed(f"version {version} of a stream: {error}") from error
        state = evolve(state, event)
        size += len(line)
    version, _, last_hash = rows[-1]
    return Loaded(state, version, from_wire_instant(envelope.recorded_at), last_hash, size)
