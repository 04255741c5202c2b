"""The vault in memory, for tests of whoever uses it. Real cryptography, same conformance suite, no disk."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from vault.cipher import KEY_BYTES, Kek
from vault.errors import KekUnknown
from vault.refs import Ref
from vault.sealing import FIRST_KEY_VERSION
from vault.store import ItemRow, KeyRow, Known
from vault.vault import Vault


class MemoryVault(Vault):
    """A vault that is gone with the process."""

    def __init__(self) -> None:
        super().__init__(MemoryStore(), MemoryKeks())


class MemoryKeks:
    """Key-encryption keys in memory."""

    def __init__(self) -> None:
        self._keks: list[Kek] = []
        self.rotate()

    def rotate(self) -> None:
        self._keks.append(Kek(f"kek-{len(self._keks) + 1}", os.urandom(KEY_BYTES)))

    def current(self) -> Kek:
        return self._keks[-1]

    def kek(self, kek_id: str) -> Kek:
        for kek in self._keks:
            if kek.kek_id == kek_id:
                return kek
        raise KekUnknown(kek_id)

    def refresh(self) -> None:
        """There is no other process."""


@dataclass
class _Stored:
    row: ItemRow
    wanted_at: datetime
    referenced: bool = False


class MemoryStore:
    """`Store` in two dictionaries; no call awaits anything, so each is one step."""

    def __init__(self) -> None:
        self.keys: dict[tuple[str, int], KeyRow] = {}
        self.items: dict[Ref, _Stored] = {}

    async def write(
        self, keys: Sequence[KeyRow], items: Sequence[ItemRow], again: Sequence[Ref], at: datetime
    ) -> set[Ref]:
        made = {(key.case_id, key.key_version): key for key in keys if not self._has(key.case_id)}
        placed = set()
        for row in items:
            name = (row.mark.ref.case_id, row.key_version)
            key = (made if row.under_new_key else self.keys).get(name)
            if key is not None and not key.shredded and row.mark.ref not in self.items:
                self.items[row.mark.ref] = _Stored(row, at)
                placed.add(row.mark.ref)
        self.keys |= made
        for ref in self.items.keys() & set(again):
            self.items[ref].wanted_at = max(self.items[ref].wanted_at, at)
            placed.add(ref)
        return placed

    def _has(self, case_id: str) -> bool:
        return any(name[0] == case_id for name in (*self.keys, *self.items))

    async def known(self, case_ids: Collection[str]) -> Known:
        keys = [key for key in self.keys.values() if key.case_id in case_ids]
        return Known(keys, [s.row.mark for ref, s in self.items.items() if ref.case_id in case_ids])

    async def fetch(self, refs: Sequence[Ref]) -> tuple[Sequence[KeyRow], Sequence[ItemRow]]:
        cases = {ref.case_id for ref in refs}
        keys = [key for key in self.keys.values() if key.case_id in cases]
        return keys, [self.items[ref].row for ref in refs if ref in self.items]

    async def erase_keys(self, case_id: str, at: datetime) -> None:
        versions = {
            FIRST_KEY_VERSION,
            *(key.key_version for key in self.keys.values() if key.case_id == case_id),
        }
        self.keys |= {(case_id, v): KeyRow(case_id, v, None, None, None) for v in versions}

    async def remove_items_of(self, case_id: str) -> int:
        keys = [key for key in self.keys.values() if key.case_id == case_id]
        if not keys or not all(key.shredded for key in keys):
            return 0
        return self._remove([ref for ref in self.items if ref.case_id == case_id])

    async def shredded_with_items(self, limit: int) -> Sequence[str]:
        shredded = {key.case_id for key in self.keys.values() if key.shredded}
        return sorted(shredded & {ref.case_id for ref in self.items})[:limit]

    async def unsettled(
        self, before: datetime, items: Collection[str] | None, after: Ref | None, limit: int
    ) -> Sequence[Ref]:
        stale = (ref for ref, s in self.items.items() if s.wanted_at < before and not s.referenced)
        named = (ref for ref in stale if items is None or ref.item in items)
        return sorted(ref for ref in named if after is None or ref > after)[:limit]

    async def settle(self, refs: Sequence[Ref]) -> None:
        for ref in self.items.keys() & set(refs):
            self.items[ref].referenced = True

    async def remove_unsettled(self, refs: Sequence[Ref], before: datetime) -> int:
        return self._remove(
            [ref for ref in await self.unsettled(before, None, None, len(self.items)) if ref in refs]
        )

    async def kek_ids(self) -> set[str]:
        return {key.kek_id for key in self.keys.values() if key.kek_id is not None}

    async def wrapped_otherwise(self, kek_id: str, after: tuple[str, int], limit: int) -> Sequence[KeyRow]:
        names = sorted(name for name, key in self.keys.items() if not key.shredded and key.kek_id != kek_id)
        return [self.keys[name] for name in names if name > after][:limit]

    async def rewrap(self, old: Sequence[KeyRow], new: Sequence[KeyRow]) -> int:
        unchanged = [n for o, n in zip(old, new, strict=True) if self.keys[o.case_id, o.key_version] == o]
        self.keys |= {(n.case_id, n.key_version): replace(n) for n in unchanged}
        return len(unchanged)

    def _remove(self, refs: Sequence[Ref]) -> int:
        for ref in refs:
            del self.items[ref]
        return len(refs)
