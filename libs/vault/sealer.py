"""Sealing contents of many cases at once: each case is sealed, or fails, for itself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from huiyin.common.v1.types import Sealed
from vault.errors import VaultBusy, VaultError
from vault.key_file import Keks
from vault.sealing import Wanted, make_plan, sealed_as
from vault.store import Known, Store

ATTEMPTS: Final = 20
"""Each lost race means another seal won it, so this many different contents would have to come at once."""

Answer: TypeAlias = dict[str, Sealed] | VaultError
"""For one case: its references by item name, or why there are none."""


class Sealer:
    """Plans and writes until everything wanted is in place."""

    def __init__(self, store: Store, keks: Keks) -> None:
        self._store = store
        self._keks = keks

    async def seal(
        self, wanted: Sequence[Wanted], at: datetime, *, known: Collection[str] = ()
    ) -> dict[str, Answer]:
        """By case; durable when it returns. No item of a case twice.

        `known` are the cases that probably have content: they are looked up first. For all others it is the other
        way round, written first and looked up only where that failed, because most seals are of new cases.
        """
        sealed: dict[tuple[str, str], Sealed] = {}
        failed: dict[str, VaultError] = {}
        found = await self._store.known(known) if known else Known()
        left = wanted
        for _ in range(ATTEMPTS):
            plan = make_plan(left, found, self._keks)
            failed |= plan.failed
            placed = await self._store.write(plan.keys, plan.items, plan.again, at) if plan.marks else set()
            sealed |= {want.name: sealed_as(mark) for want, mark in plan.marks if mark.ref in placed}
            left = [want for want, mark in plan.marks if mark.ref not in placed]
            if not left:
                break
            found = await self._store.known({want.case_id for want in left})
        for case_id in {want.case_id for want in left}:
            failed[case_id] = VaultBusy(f"case {case_id}: too many seals of the same item at once")
        return _by_case(wanted, sealed, failed)


def _by_case(
    wanted: Sequence[Wanted], sealed: Mapping[tuple[str, str], Sealed], failed: Mapping[str, VaultError]
) -> dict[str, Answer]:
    """Items in the order in which they were wanted."""
    whole: dict[str, dict[str, Sealed]] = {}
    for want in wanted:
        if want.case_id not in failed:
            whole.setdefault(want.case_id, {})[want.item] = sealed[want.name]
    return {**whole, **failed}
