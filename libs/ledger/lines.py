"""What goes into a ledger, what comes out, and what can be refused: shared by every ledger."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias

from huiyin.quick import quick

__all__ = [
    "Append",
    "Appended",
    "Conflict",
    "IdempotencyKey",
    "InboxMove",
    "InboxMoved",
    "IntentTaken",
    "KeyReused",
    "LedgerError",
    "LedgerUnavailable",
    "Line",
    "NewLine",
    "Refused",
    "Row",
    "Serials",
]


class NewLine(NamedTuple):
    """An encoded event on its way into the ledger. `bytes` are stored, hashed and published as they are."""

    stream: str
    version: int
    type: str
    bytes: bytes
    recorded_at: datetime


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger. `hash` chains it to every line before it."""

    position: int
    stream: str
    version: int
    type: str
    bytes: bytes
    hash: builtins.bytes
    recorded_at: datetime


Row: TypeAlias = tuple[int, bytes, bytes]
"""(version, bytes, hash) of a line: what folding its stream needs. A plain tuple, because it is made by the thousand."""


class IdempotencyKey(NamedTuple):
    """(principal, operation, key) within one service, and the SHA-256 of the request's body.

    The same key with the same body answers with what was recorded the first time;
    with another body it is refused. `forever` keys belong to imports, others live 30 days.
    """

    principal: str
    operation: str
    key: str
    body_sha256: bytes
    forever: bool = False


@dataclass(frozen=True, slots=True)
class InboxMove:
    """Compare-and-set of a consumer's position: from `expected` to `position`, with the effect or not at all."""

    source: str
    expected: int
    position: int


Serials = Mapping[str, int]
"""Register name -> the serial that this append will own if it commits."""


class Append(NamedTuple):
    """Lines that are written together or not at all.

    Where the lines depend on a register number, `registers` names the registers and `build` makes the
    lines once the serials are known (it may be called again with others); `lines` is then empty.
    `intents` are keys of side effects that become due with this append, each at most once for ever.
    """

    lines: Sequence[NewLine] = ()
    registers: Sequence[str] = ()
    build: Callable[[Serials], Sequence[NewLine]] | None = None
    idempotency: IdempotencyKey | None = None
    intents: Sequence[str] = ()


class Appended(NamedTuple):
    """Where the lines stand. `replayed`: the idempotency key was known, nothing was written now."""

    first_position: int
    count: int  # type: ignore[assignment]  # Of lines; nobody counts the fields of a tuple.
    last_hash: bytes
    replayed: bool = False
    first_hash: bytes = b""
    """The chain at the first line: what a receipt prints."""


class LedgerError(Exception):
    """The ledger did not take an append."""


class Conflict(LedgerError):
    """Another writer extended the stream first: load again and decide again."""


class KeyReused(LedgerError):
    """The idempotency key was used before with another body."""


class InboxMoved(LedgerError):
    """The consumer's position is not where it was expected: someone else applied the batch."""


class Refused(LedgerError):
    """The database refused the value itself; the message says why. Nothing of this append was written."""


class IntentTaken(Refused):
    """A side effect named by this append became due before. Nothing of this append was written."""


class LedgerUnavailable(LedgerError):
    """The database could not be reached for a while, so nobody knows whether this append was written.

    Repeat it with the same idempotency key: the answer is then the same, whatever happened.
    """
