"""Pauses that grow, are bounded, and differ from process to process; and which errors deserve another try."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from ledger.lines import Conflict, LedgerError, LedgerUnavailable
from ledger.refusal import Refusal

FIRST_PAUSE_S = 0.02
LONGEST_PAUSE_S = 5.0
"""Long enough to spare a server that restarts, short enough that nobody waits for the pause."""

_TRANSIENT_CLASSES = frozenset({"08", "40", "53", "57", "58"})
"""SQLSTATE classes: connection, rollback (serialization, deadlock), resources, operator, system."""
_TRANSIENT_STATES = frozenset({"55P03", "25P03", "25006"})
"""Lock not available; idle-in-transaction time-out; read-only (a standby that is about to be promoted)."""


class Backoff:
    """Pauses of 20 ms, doubling up to 5 s, each shortened at random by up to a half."""

    def __init__(self, first_s: float = FIRST_PAUSE_S, longest_s: float = LONGEST_PAUSE_S) -> None:
        self._first_s = first_s
        self._longest_s = longest_s
        self._next_s = first_s
        self._random: random.Random | None = None

    async def pause(self) -> None:
        """Wait; the next pause is longer."""
        if self._random is None:  # Making one costs more than most work whose failures it would space out.
            self._random = random.Random()
        pause_s = self._next_s * (0.5 + self._random.random() / 2)
        self._next_s = min(self._next_s * 2, self._longest_s)
        await asyncio.sleep(pause_s)

    def reset(self) -> None:
        """Things went well: the next pause is short again."""
        self._next_s = self._first_s


class Transient(Exception):
    """Raise (or subclass) this where trying again may help: nothing is wrong with the event itself."""


def is_transient(error: BaseException) -> bool:
    """Whether the same work may succeed later without anyone changing anything.

    Known are: Conflict, Transient, lost connections, and PostgreSQL's own classes. asyncpg's InterfaceError
    means a closed connection or pool, except where it is a ValueError too: then an argument was wrong.
    """
    if isinstance(
        error, Conflict | LedgerUnavailable | Transient | OSError | EOFError
    ):  # OSError includes TimeoutError.
        return True
    if isinstance(error, LedgerError):
        return False
    state: Any = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return state[:2] in _TRANSIENT_CLASSES or state in _TRANSIENT_STATES
    return type(error).__module__.startswith("asyncpg") and not isinstance(error, ValueError)


def reason(error: BaseException) -> str:
    """What went wrong, for state, parking and events. The words of foreign errors may quote data: left out.

    Our own errors speak for themselves; of others the type, the SQLSTATE and the innermost line are told.
    """
    name = type(error).__name__
    if isinstance(error, Refusal) or type(error).__module__.partition(".")[0] in {"bus", "huiyin", "ledger"}:
        return f"{name}: {error}"[:REASON_LIMIT]
    state = getattr(error, "sqlstate", None)
    place = ""
    trace = error.__traceback__
    while trace is not None:
        place = f" at {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{name}{f' {state}' if state else ''}{place}"[:REASON_LIMIT]


REASON_LIMIT = 300
"""Characters: enough for a sentence, too few for a payload."""
