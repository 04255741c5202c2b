"""Content that no event refers to is removed from the vault after a day (architecture.md §8)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields

from chassis.service import Ticker
from chassis.workplace import Workplace
from huiyin.common.v1.types import Sealed
from ledger.envelopes import event_of

INTERVAL_S = 3600.0
"""What is left over is the rare request that sealed and then failed: once an hour is plenty."""


def vault_sweep(workplace: Workplace, items: Collection[str]) -> Ticker:
    """The ticker that sweeps the items which this service seals."""

    async def referenced(refs: Sequence[str]) -> Collection[str]:
        held: set[str] = set()
        for case_id in {ref.partition("/")[0] for ref in refs}:
            for line in await workplace.ledger.load(f"{workplace.service}-case-{case_id}"):
                event = event_of(line)
                values = (getattr(event, field.name) for field in fields(event))
                held.update(value.ref for value in values if isinstance(value, Sealed))
        return held.intersection(refs)

    async def sweep() -> int:
        return await workplace.vault.sweep(referenced, at=workplace.clock.now(), items=list(items))

    return Ticker("vault sweep", INTERVAL_S, sweep, follows_clock=False)
