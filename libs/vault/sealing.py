"""Planning a seal: from what is wanted and what is known, the rows to write. No I/O but random bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from huiyin.common.v1.types import Sealed
from vault.algorithms import (
    COMMITMENT_SHA256,
    CONTENT_AES_256_GCM,
    FINGERPRINT_HMAC_SHA256,
    WRAP_AES_256_GCM,
)
from vault.cipher import CaseKey, fingerprint, new_case_key, seal_item, unwrap, wrap
from vault.commitment import commit, new_salt
from vault.errors import KeyMissing, KeyShredded, VaultError
from vault.key_file import Keks
from vault.refs import Ref
from vault.store import ItemMark, ItemRow, KeyRow, Known

FIRST_KEY_VERSION: Final = 1


@dataclass(frozen=True)
class Wanted:
    """One content to seal."""

    case_id: str
    item: str
    content: bytes = field(repr=False)

    @property
    def name(self) -> tuple[str, str]:
        """What it is called, without the number it will get."""
        return self.case_id, self.item


@dataclass(frozen=True)
class Plan:
    """What to write, and the mark of each content that holds once it is written."""

    keys: Sequence[KeyRow]
    items: Sequence[ItemRow]
    again: Sequence[Ref]
    marks: Sequence[tuple[Wanted, ItemMark]]
    failed: Mapping[str, VaultError]
    """Cases of which nothing can be sealed, and why."""


def make_plan(wanted: Iterable[Wanted], known: Known, keks: Keks) -> Plan:
    """Give each case a key and each content a reference: its old one if the same content has one.

    What is not known may still exist; the store then refuses the rows, and a second plan knows better.
    """
    keys = _Keys(known, keks)
    marks: dict[tuple[str, str], list[ItemMark]] = {}
    for mark in known.items:
        marks.setdefault(mark.ref[:2], []).append(mark)
    items: list[ItemRow] = []
    again: list[Ref] = []
    planned: list[tuple[Wanted, ItemMark]] = []
    failed: dict[str, VaultError] = {}
    for want in wanted:
        try:
            key, new = keys.of(want.case_id)
        except VaultError as error:
            failed[want.case_id] = error
            continue
        print_ = fingerprint(key, want.item, want.content)
        others = marks.setdefault(want.name, [])
        same = next((mark for mark in others if _is_same(mark, print_)), None)
        if same is None:
            count = max((mark.ref.n for mark in others), default=0)
            row = _sealed(key, Ref(want.case_id, want.item, count + 1), want.content, print_, new)
            items.append(row)
        else:
            again.append(same.ref)
        planned.append((want, same or row.mark))
    return Plan(keys.made, items, again, planned, failed)


class _Keys:
    """The keys of one plan, each unwrapped or made once."""

    def __init__(self, known: Known, keks: Keks) -> None:
        self._keks = keks
        self._current = keks.current()
        self._rows = {row.case_id: row for row in sorted(known.keys, key=lambda row: row.key_version)}
        self._orphans = {mark.ref.case_id for mark in known.items} - self._rows.keys()
        self._ready: dict[str, tuple[CaseKey, bool]] = {}
        self.made: list[KeyRow] = []

    def of(self, case_id: str) -> tuple[CaseKey, bool]:
        """The key of the case, and whether this plan made it."""
        if case_id not in self._ready:
            row = self._rows.get(case_id)
            self._ready[case_id] = (self._make(case_id), True) if row is None else (self._open(row), False)
        return self._ready[case_id]

    def _make(self, case_id: str) -> CaseKey:
        if case_id in self._orphans:
            raise KeyMissing(f"the key of case {case_id} is gone though it has items: restore the key rows")
        key = new_case_key(case_id, FIRST_KEY_VERSION)
        kek = self._current
        self.made.append(KeyRow(case_id, key.key_version, WRAP_AES_256_GCM, kek.kek_id, wrap(kek, key)))
        return key

    def _open(self, row: KeyRow) -> CaseKey:
        return unwrap_row(row, self._keks)


def unwrap_row(row: KeyRow, keks: Keks) -> CaseKey:
    """The case key of a row; `KeyShredded` for a tombstone."""
    if row.wrapped_key is None or row.kek_id is None or row.algorithm is None:
        raise KeyShredded(f"the key of case {row.case_id} was erased")
    return unwrap(keks.kek(row.kek_id), row.case_id, row.key_version, row.wrapped_key, row.algorithm)


def _is_same(mark: ItemMark, print_: bytes) -> bool:
    return mark.fingerprint_algorithm == FINGERPRINT_HMAC_SHA256 and mark.fingerprint == print_


def _sealed(key: CaseKey, ref: Ref, content: bytes, print_: bytes, new: bool) -> ItemRow:
    salt = new_salt()
    mark = ItemMark(ref, COMMITMENT_SHA256, commit(salt, content), FINGERPRINT_HMAC_SHA256, print_)
    sealed = seal_item(key, ref, salt, content)
    return ItemRow(mark, key.key_version, CONTENT_AES_256_GCM, sealed, under_new_key=new)


def sealed_as(mark: ItemMark) -> Sealed:
    """What an event says of the item."""
    return Sealed(ref=str(mark.ref), algorithm=mark.commitment_algorithm, commitment=mark.commitment)
