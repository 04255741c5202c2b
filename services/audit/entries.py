"""Decoded lines of the timeline, remembered while their cases are under way: each is decoded once, not with each event.

A line is known by service, position and hash; the hash commits to its bytes, so what is remembered cannot be stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, TypeAlias

from bus.incoming import Incoming
from huiyin.case_state import Entry
from huiyin.codec import decode, decode_envelope

REMEMBERED = 4096
"""Decoded lines: those of the last 150 cases, some 10 MB."""

_BYTES = """
SELECT service, position, hash, bytes FROM timeline
JOIN unnest($1::text[], $2::bigint[]) AS wanted (service, position) USING (service, position)
"""

Key: TypeAlias = tuple[str, int, bytes]
"""Service, position, hash."""


class Entries:
    """The most recently used ones."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._limit = limit
        self._known: OrderedDict[Key, Entry] = OrderedDict()

    def arrived(self, incoming: Incoming) -> Entry:
        """The entry of a line that has just come, which somebody has decoded already."""
        source, position, digest = incoming.source, incoming.position, incoming.hash
        return self._keep(Entry(source, position, digest, incoming.recorded, incoming.event))

    def read(self, row: Any) -> Entry:
        """The entry of a row with service, position, hash and bytes."""
        known = self._known.get((row["service"], row["position"], row["hash"]))
        return known or self._keep(_decoded(row))

    async def of(self, connection: Any, keys: Sequence[Key]) -> Sequence[Entry]:
        """The entries of these lines of the timeline; bytes are fetched only of those not known."""
        if missing := [key for key in keys if key not in self._known]:
            services, positions, _ = map(list, zip(*missing, strict=True))
            fetched = [_decoded(row) for row in await connection.fetch(_BYTES, services, positions)]
        else:
            fetched = []
        known = [self._known[key] for key in keys if key in self._known]
        for entry in known:
            self._known.move_to_end((entry.service, entry.position, entry.hash))
        return [*known, *map(self._keep, fetched)]

    def _keep(self, entry: Entry) -> Entry:
        self._known[entry.service, entry.position, entry.hash] = entry
        if len(self._known) > self._limit:
            self._known.popitem(last=False)
        return entry


def _decoded(row: Any) -> Entry:
    recorded = decode_envelope(row["bytes"])
    event = decode(recorded.type, recorded.payload)
    return Entry(row["service"], row["position"], row["hash"], recorded, event)
