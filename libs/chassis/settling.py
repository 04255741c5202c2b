"""After lines were put back: the read models are folded again, up to where the positions now stand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bus.feed import Feed
from chassis.service import Projection, Service
from chassis.workplace import Workplace


class NeighbourBehind(Exception):
    """A neighbour's ledger still lacks lines that were applied here: it has to be recovered, too."""


async def settle(
    workplace: Workplace,
    service: Service,
    feeds: Mapping[str, Feed],
    rebuild: Callable[[Projection], Awaitable[int]],
) -> None:
    """Fold every read model again if a recovery asks for it. Doing it twice changes nothing.

    Raises NeighbourBehind, or whatever the feeds and the database raise; nothing is then settled.
    """
    schema = workplace.ledger.schema
    open_ones = f"SELECT count(*) FROM {schema}.recoveries WHERE settled_at IS NULL"
    if not await workplace.pool.fetchval(open_ones):
        return
    for source in sorted({source for each in service.projections for source in each.sources}):
        await _expect_whole(workplace, source, feeds[source])
    for projection in service.projections:
        await rebuild(projection)
    await workplace.pool.execute(f"SELECT {schema}.recovery_settled($1)", workplace.clock.now())


async def _expect_whole(workplace: Workplace, source: str, feed: Any) -> None:
    position = await workplace.ledger.position_of(source)
    head = (await feed.page(position, 1)).head
    if head < position:
        raise NeighbourBehind(f"{source} ends at {head}, {position} was applied here: recover {source}")
