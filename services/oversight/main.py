"""Oversight, put together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chassis.directory import DIRECTORY
from chassis.service import Parts, Service, Ticker
from chassis.workplace import Workplace
from oversight import shipped, sweep
from oversight.edges import router
from oversight.policies import POLICIES
from oversight.projection import DEADLINES


def build(workplace: Workplace) -> Parts:
    """The sweep, and the publishing of what is shipped."""
    sweeper, publishing = (
        sweep.Sweep(workplace, workplace.neighbours.caught_up),
        shipped.Publishing(workplace),
    )

    async def pending() -> Mapping[str, int]:
        return {**await sweeper.pending(), "data_unpublished": int(not publishing.done)}

    return Parts(
        router=router(workplace),
        tickers=(
            Ticker("oversight.publishing", shipped.INTERVAL_S, publishing.run),
            Ticker("oversight.sweep", sweep.INTERVAL_S, sweeper.run),
        ),
        pending=pending,
    )


SERVICE = Service(
    name="oversight",
    zh="督办",
    build=build,
    policies=POLICIES,
    projections=(DIRECTORY, DEADLINES),
    schema=Path(__file__).parent / "schema",
)
