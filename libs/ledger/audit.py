"""A whole ledger checked in portions, while it goes on being written to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ledger.columns import disagreement
from ledger.lines import Line
from ledger.ports import Ledger
from ledger.verify import Fault, Finding, Verifier

PORTION = 5_000
"""Lines read at a time: some 3 MB."""


class Checkable(Ledger, Protocol):
    """A ledger that knows its hash(0)."""

    async def genesis(self) -> bytes:
        """The hash before the first line."""


async def check(
    ledger: Checkable,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    columns: Callable[[Line], str | None] | None = disagreement,
) -> tuple[Finding | None, int]:
    """The first fault, and how many lines were checked. The head is read first: lines appended during the
    check are left for the next one. `columns` compares a line's columns with its bytes."""
    position, head_hash = await ledger.head()
    verifier = Verifier(await ledger.genesis(), columns)
    while verifier.position < position:
        wanted = min(PORTION, position - verifier.position)
        lines = await ledger.read(verifier.position, wanted)
        lines = [line for line in lines if line.position <= position]
        finding = verifier.check(lines)
        if finding is not None or not lines:
            return finding or verifier.check_head(position, head_hash), verifier.position
        progress(verifier.position, position)
    beyond = await ledger.read(position, 1)
    if beyond and (await ledger.head())[0] < beyond[0].position:
        return Finding(position, Fault.HEAD, f"line {beyond[0].position} lies beyond it"), verifier.position
    return verifier.check_head(position, head_hash), verifier.position
