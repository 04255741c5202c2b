"""The limits of a ledger, each with its reason."""

from __future__ import annotations

from typing import Final

MAX_LINE_BYTES: Final = 64 * 1024
"""One event. Larger content belongs into the vault."""

MAX_CALL_LINES: Final = 512
MAX_CALL_BYTES: Final = 1024 * 1024
"""One call of the append function, and so one append: what the relay can publish in one atomic batch."""

MAX_WAITING: Final = 4096
"""Appends that wait in one process; who comes later waits outside (some 60 ms of work at full speed)."""

CALL_TIMEOUT_S: Final = 10.0
"""A call takes milliseconds, or at most the 2 s lock timeout. A server silent for longer is gone."""

ACQUIRE_TIMEOUT_S: Final = 10.0
"""Waiting for a connection of the pool: longer than any transaction that behaves."""

RETRY_FOR_S: Final = 20.0
"""PostgreSQL restarts within seconds; a failover takes some 15. After that callers are told."""

FIRST_PAUSE_S: Final = 0.02
LONGEST_PAUSE_S: Final = 0.5
"""Between two tries while the database is away: doubling from the first to the longest."""

STALE_PAUSE_S: Final = 0.002
"""After losing a register number twice: up to this long, so that the other replica gets its call in."""

STALE_LIMIT: Final = 500
"""Tries for a register number. With turns a handful is the rule; this bound only ends a defect."""

POLL_S: Final = 0.075
"""How often other replicas' appends are looked for while somebody waits for news."""

REMEMBERED_BYTES: Final = 4 * 1024 * 1024
"""Lines whose events are in remembered states: some 9,000 events, or 1,800
cases of oversight. The states themselves take as much memory (measured; they hold payloads, and no envelopes)."""

KEY_DAYS: Final = 30
"""How long an idempotency key is kept; keys of imports are kept for ever."""

CALL_COST_S: Final = 0.0003
"""What one more call costs, whatever it carries: commit, fsync and round trip on a fast disk."""

SMALLEST_SHARE: Final = 32
"""Appends that one call takes however few wait."""
