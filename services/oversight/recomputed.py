"""The read model of what was counted again, old and new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.oversight.v1.events import DeadlineRecomputed

_INSERT = "INSERT INTO recomputed VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Write the clocks that were counted again."""
    rows = [_row(each, each.event) for each in events if isinstance(each.event, DeadlineRecomputed)]
    if rows:
        await connection.executemany(_INSERT, rows)


def _row(incoming: Incoming, event: DeadlineRecomputed) -> tuple[Any, ...]:
    new = event.deadline
    return (
        incoming.position,
        event.case_id,
        event.clock,
        event.unit_id,
        event.old_calendar,
        event.old_due_on,
        event.old_provisional,
        new.calendar,
        new.due_on,
        new.provisional,
    )


RECOMPUTED = Projection(
    name="oversight.recomputed",
    sources=frozenset({"oversight"}),
    tables=("recomputed",),
    project=project,
    kinds=frozenset({DeadlineRecomputed}),
)
