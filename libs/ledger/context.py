"""Who asked, why, and in answer to what: everything about an event that is not the event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from huiyin.envelope.v1.envelope import Actor, CausedBy, Origin
from ledger.lines import IdempotencyKey

NOWHERE = "000000"
"""The division of events that concern none."""


class Clock(Protocol):
    """The port that tells the time: instants in UTC."""

    def now(self) -> datetime:
        """This instant."""


OfEvent = Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The envelope of what a command leads to.

    `after` is the recorded_at of the cause, or of whatever the caller must not precede. `occurred_at` is given
    only where the act happened before it was recorded (letters, visits, papers served, imports).
    `legal_basis`, `division`, `case_id` and `occurred_at` may depend on the event; `intents` are computed from the events.
    """

    actor: Actor
    correlation_id: str
    case_id: str | Callable[[Any], str | None] | None = None
    legal_basis: str | OfEvent = ""
    division: str | OfEvent = NOWHERE
    caused_by: CausedBy | None = None
    after: datetime | None = None
    idempotency: IdempotencyKey | None = None
    origin: Origin = Origin.LIVE
    traceparent: str = ""
    occurred_at: datetime | Callable[[Any], datetime | None] | None = None
    intents: Callable[[Sequence[Any]], Sequence[str]] | None = None
