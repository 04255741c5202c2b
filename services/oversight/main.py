"""Oversight, put together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chassis.directory import DIRECTORY
from chassis.service import Parts, Service, Ticker
from chassis.statutes import STATUTE
from chassis.workplace import Workplace
from oversight import recomputing, shipped, sweep
from oversight.edges import router
from oversight.policies import POLICIES
from oversight.projection import DEADLINES
from oversight.recomputed import RECOMPUTED


def build(workplace: Workplace) -> Parts:
    """The sweep, and the publishing of what is shipped."""
    sweeper = sweep.Sweep(workplace, workplace.neighbours.caught_up)
    publishing, recomputer = shipped.Publishing(workplace), recomputing.Recomputing(workplace)

    async def pending() -> Mapping[str, int]:
        due = {**await sweeper.pending(), **await recomputer.pending()}
        return {**due, "data_unpublished": int(not publishing.done)}

    return Parts(
        router=router(workplace),
        tickers=(
            Ticker("oversight.publishing", shipped.INTERVAL_S, publishing.run),
            Ticker("oversight.recomputing", recomputing.INTERVAL_S, recomputer.run),
            Ticker("oversight.sweep", sweep.INTERVAL_S, sweeper.run),
        ),
        pending=pending,
    )


SERVICE = Service(
    name="oversight",
    zh="督办",
    build=build,
    policies=POLICIES,
    projections=(DIRECTORY, STATUTE, DEADLINES, RECOMPUTED),
    schema=Path(__file__).parent / "schema",
)
