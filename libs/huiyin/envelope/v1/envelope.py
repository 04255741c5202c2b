"""The contract huiyin.envelope.v1. Generated from huiyin/envelope/v1/envelope.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from huiyin.quick import quick

__all__ = ["Actor", "CausedBy", "Origin", "RecordedEvent"]


class Origin(IntEnum):
    """Whether the event was recorded as it happened, or brought in afterwards."""

    UNSPECIFIED = 0
    LIVE = 1
    IMPORT = 2

    @classmethod
    def _missing_(cls, value: object) -> Origin:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent:
    """One line of a ledger. These bytes are stored, hashed, published, archived and proved as they are."""

    # UUIDv7, in its text form.
    event_id: str
    # <service>-<kind>-<id>.
    stream: str
    # 1, 2, 3 ... within the stream.
    version: int
    # The full name of the payload, for example huiyin.routing.v1.CaseTransferred.
    type: str
    payload: bytes
    # When it happened.
    occurred_at: datetime
    # When the service wrote it down: the service's clock, later than its cause's.
    recorded_at: datetime
    # Absent where the event is not about one case.
    case_id: str | None = None
    actor: Actor
    # Rule id and version, for example K1@1.
    legal_basis: str
    # The event that this one answers, if another service recorded it.
    caused_by: CausedBy | None = None
    # One id for everything that one request set off.
    correlation_id: str
    idempotency_key: str
    origin: Origin
    # W3C trace context, level 1.
    traceparent: str
    # Six digits: the division of the responsible unit; 000000 where none applies.
    division: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted. Never a person's name: a unit, a role, and a pseudonym that only the unit can resolve."""

    unit_id: str
    role: str
    pseudonym: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CausedBy:
    """A line in another service's ledger."""

    service: str
    position: int
