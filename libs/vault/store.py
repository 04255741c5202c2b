"""The port between the vault and where it keeps its rows, and the shapes of those rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from vault.refs import Ref


@dataclass(frozen=True)
class KeyRow:
    """A case key as stored: wrapped, or, once shredded, a tombstone without key bytes."""

    case_id: str
    key_version: int
    algorithm: str | None
    kek_id: str | None
    wrapped_key: bytes | None = field(repr=False)

    @property
    def shredded(self) -> bool:
        return self.wrapped_key is None


@dataclass(frozen=True)
class ItemMark:
    """What a repeated seal must know of an item: everything but the ciphertext."""

    ref: Ref
    commitment_algorithm: str
    commitment: bytes = field(repr=False)
    fingerprint_algorithm: str
    fingerprint: bytes = field(repr=False)


@dataclass(frozen=True)
class ItemRow:
    """A sealed item as stored."""

    mark: ItemMark
    key_version: int
    algorithm: str
    ciphertext: bytes = field(repr=False)
    under_new_key: bool = field(default=False, compare=False)
    """On the way in: sealed under a key that comes in the same write, and good only if that key is taken."""


@dataclass(frozen=True)
class Known:
    """What is stored for some cases."""

    keys: Sequence[KeyRow] = ()
    items: Sequence[ItemMark] = ()


class Store(Protocol):
    """Each call is one statement: atomic, committed when it returns, its connection given back.

    So no caller ever holds a connection while it waits for another, and the vault works on a pool of one.
    """

    async def write(
        self, keys: Sequence[KeyRow], items: Sequence[ItemRow], again: Sequence[Ref], at: datetime
    ) -> set[Ref]:
        """Store new keys and items and freshen what is sealed again; return the references now in place.

        A key is taken only if the case has neither key nor items; an item only if its key is there (the very one it was
        sealed under) and its reference free; a reference in `again` only if it is still there.
        """

    async def known(self, case_ids: Collection[str]) -> Known:
        """The keys of these cases and the marks of their items."""

    async def fetch(self, refs: Sequence[Ref]) -> tuple[Sequence[KeyRow], Sequence[ItemRow]]:
        """The items that exist among these, and all keys of their cases."""

    async def erase_keys(self, case_id: str, at: datetime) -> None:
        """Take the bytes out of every key of the case; leave a tombstone even if there was none."""

    async def remove_items_of(self, case_id: str) -> int:
        """Remove the ciphertext of a case whose key is erased, and of no other; return how many."""

    async def shredded_with_items(self, limit: int) -> Sequence[str]:
        """Some cases whose key is erased but whose ciphertext is still there."""

    async def unsettled(
        self, before: datetime, items: Collection[str] | None, after: Ref | None, limit: int
    ) -> Sequence[Ref]:
        """In order: items last sealed before this and not yet known to be referred to."""

    async def settle(self, refs: Sequence[Ref]) -> None:
        """Remember that events refer to these, so that no sweep looks at them again."""

    async def remove_unsettled(self, refs: Sequence[Ref], before: datetime) -> int:
        """Remove those that were not sealed again in the meantime; return how many."""

    async def kek_ids(self) -> set[str]:
        """The key-encryption keys in use."""

    async def wrapped_otherwise(self, kek_id: str, after: tuple[str, int], limit: int) -> Sequence[KeyRow]:
        """In order: keys not wrapped by this key-encryption key."""

    async def rewrap(self, old: Sequence[KeyRow], new: Sequence[KeyRow]) -> int:
        """Replace wrapped keys that are still as they were read; return how many."""
