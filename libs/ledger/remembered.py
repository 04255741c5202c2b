"""States of streams as this process last read them, so that the next load reads only what came since.

A state may be used again where the line that it ended with is still there, at the same version, with the same hash: the
chain commits to every line before it, so what led to the state has not changed either. The database decides that at
each load (`Repository.load`); nothing here is ever believed by itself.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, NamedTuple

from ledger.decider import Decider
from ledger.folding import Loaded
from ledger.limits import REMEMBERED_BYTES


class _Entry(NamedTuple):
    decider: Decider[Any, Any, Any]
    loaded: Loaded[Any]


class Remembered:
    """At most so many bytes of lines are in the states; the stream that was loaded longest ago is forgotten first."""

    def __init__(self, limit: int = REMEMBERED_BYTES) -> None:
        self._limit = limit
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self.size = 0
        """Bytes of the lines that led to the states."""

    def __len__(self) -> int:
        return len(self._entries)

    def recall(self, decider: Decider[Any, Any, Any], stream: str) -> Loaded[Any] | None:
        """How the stream stood when it was last loaded, with this very decider; or None."""
        entry = self._entries.get(stream)
        return entry.loaded if entry is not None and entry.decider is decider else None

    def keep(self, decider: Decider[Any, Any, Any], stream: str, loaded: Loaded[Any]) -> None:
        """Remember what was read from the ledger, and nothing else: what is not committed has no hash."""
        self.forget(stream)
        self._entries[stream] = _Entry(decider, loaded)
        self.size += loaded.size
        while self.size > self._limit:
            _, oldest = self._entries.popitem(last=False)
            self.size -= oldest.loaded.size

    def forget(self, stream: str) -> None:
        """It is not so any more."""
        entry = self._entries.pop(stream, None)
        if entry is not None:
            self.size -= entry.loaded.size
