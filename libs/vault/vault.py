"""The vault: seal, open, shred, sweep, rewrap. The same code over PostgreSQL and over memory."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from huiyin.common.v1.types import Sealed
from vault.algorithms import WRAP_AES_256_GCM
from vault.cipher import open_item, wrap
from vault.commitment import verify_commitment
from vault.content import MAX_ITEMS, Content, to_bytes
from vault.errors import (
    ContentRefused,
    ItemDamaged,
    ItemMissing,
    KeyMissing,
    KeyShredded,
    VaultError,
)
from vault.key_file import Keks
from vault.refs import Ref, check_case_id, check_item, ref_of_case
from vault.sealer import Answer, Sealer
from vault.sealing import Wanted, unwrap_row
from vault.store import ItemRow, KeyRow, Store
from vault.together import Together, Wish

SWEEP_AFTER: Final = timedelta(hours=24)
"""How long content may wait for its event; a request that seals appends within seconds."""

BATCH_CASES: Final = 256
"""Cases a statement: some 20 ms of encryption, after which other work on the event loop gets its turn."""

BATCH_BYTES: Final = 8 << 20
"""Content a statement: bounds the memory of a batch of long texts; one case may go beyond it."""

PAGE: Final = 500
"""Rows a statement of sweep and rewrap: short locks, whatever the size of the vault."""

Referenced = Callable[[Sequence[str]], Awaitable[Collection[str]]]
"""Which of these references some recorded event holds."""


class Vault:
    """Confidential content of cases. Safe to use from many tasks and many processes at once."""

    def __init__(self, store: Store, keks: Keks) -> None:
        self._store = store
        self._keks = keks
        self._sealer = Sealer(store, keks)
        self._together = Together(self._seal_group)

    async def seal(
        self, case_id: str, items: Mapping[str, str | bytes], *, at: datetime, known: bool = False
    ) -> dict[str, Sealed]:
        """Seal the contents of one case, by item name; durable when it returns.

        Seals at the same moment share a statement. It is one for new cases, with one before it for those that `known`
        says have content already; where that is wrong it costs another, and no more.

        Sealing the same content under the same name again answers with the same reference; other content
        under that name gets the next `n`. A reference that no event holds 24 h after its last seal is
        swept, so append soon, or seal again. `ContentRefused` before anything is stored; `KeyShredded`
        for a case that was erased.
        """
        _check_aware(at)
        wanted = _checked(case_id, items)
        return await self._together.ask(Wish(wanted, known, at)) if wanted else {}

    async def seal_many(
        self, cases: Iterable[tuple[str, Mapping[str, str | bytes]]], *, at: datetime
    ) -> list[dict[str, Sealed]]:
        """As `seal`, for many different cases, one statement for each 256; answers in their order.

        All content is checked before the first statement. A failure (`KeyShredded` names its case) may
        leave other cases sealed: leave that case out and call again, the rest gets the same answers.
        """
        _check_aware(at)
        wanted = [_checked(case_id, items) for case_id, items in cases]
        ids = {w.case_id for case in wanted for w in case}
        if len(ids) != sum(1 for case in wanted if case):
            raise ValueError("a case may come once in a call")
        answers: dict[str, dict[str, Sealed]] = {}
        for batch in _batches(wanted):
            answers |= _all_sealed(await self._sealer.seal(batch, at))
        return [answers[case[0].case_id] if case else {} for case in wanted]

    async def _seal_group(self, wishes: Sequence[Wish]) -> list[Answer]:
        """In their order. What is sealed together waits for its event as long as the latest of it may."""
        answers = await self._sealer.seal(
            [want for wish in wishes for want in wish.wanted],
            max(wish.at for wish in wishes),
            known=[wish.case_id for wish in wishes if wish.known],
        )
        return [answers[wish.case_id] for wish in wishes]

    async def open_(self, case_id: str, refs: Iterable[str]) -> dict[str, Content]:
        """The contents, by reference, each with the salt that proves it. Record the disclosure first.

        All or nothing: `ItemMissing`, `KeyShredded`, `ItemDamaged`, `KeyMissing`, `KeyDamaged` or
        `KekUnknown` name the first that fails.
        """
        (opened,) = await self.open_many([(case_id, refs)])
        if isinstance(opened, VaultError):
            raise opened
        return opened

    async def open_many(
        self, cases: Iterable[tuple[str, Iterable[str]]]
    ) -> list[dict[str, Content] | VaultError]:
        """As `open_`, for many cases in one statement; in the place of each case that fails stands why."""
        wanted = [_refs(case_id, texts) for case_id, texts in cases]
        found = [case for case in wanted if not isinstance(case, VaultError)]
        refs = list(dict.fromkeys(ref for case in found for ref in case.values()))
        keys, items = await self._store.fetch(refs) if refs else ((), ())
        by_ref = {row.mark.ref: row for row in items}
        keys_of: dict[str, list[KeyRow]] = {}
        for key in keys:
            keys_of.setdefault(key.case_id, []).append(key)
        return [self._opened(case, by_ref, keys_of) for case in wanted]

    def _opened(
        self,
        wanted: Mapping[str, Ref] | VaultError,
        items: Mapping[Ref, ItemRow],
        keys_of: Mapping[str, Sequence[KeyRow]],
    ) -> dict[str, Content] | VaultError:
        if isinstance(wanted, VaultError):
            return wanted
        opened: dict[str, Content] = {}
        try:
            for text, ref in wanted.items():
                keys = keys_of.get(ref.case_id, ())
                opened[text] = self._open(ref, items.get(ref), keys, any(key.shredded for key in keys))
        except VaultError as error:
            return error
        return opened

    def _open(self, ref: Ref, row: ItemRow | None, keys: Sequence[KeyRow], shredded: bool) -> Content:
        if row is None:
            raise KeyShredded(f"{ref}: the key of the case was erased") if shredded else ItemMissing(str(ref))
        key = next((key for key in keys if key.key_version == row.key_version), None)
        if key is None:
            raise KeyMissing(f"the key of {ref} is gone: restore the key rows from their backup")
        content = open_item(unwrap_row(key, self._keks), ref, row.ciphertext, row.algorithm)
        if not verify_commitment(content.salt, content, row.mark.commitment, row.mark.commitment_algorithm):
            raise ItemDamaged(f"{ref} is not what was committed to")
        return content

    async def shred(self, case_id: str, *, at: datetime) -> None:
        """Erase the key of the case for good, then its ciphertext. Nothing can be sealed in it again.

        The first step decides and is durable on its own; a crash after it leaves ciphertext that nobody
        can open, and the next `shred` or `sweep` removes it. Repeating it changes nothing.
        """
        _check_aware(at)
        check_case_id(case_id)
        await self._store.erase_keys(case_id, at)
        await self._store.remove_items_of(case_id)

    async def sweep(
        self,
        referenced: Referenced,
        *,
        at: datetime,
        older_than: timedelta = SWEEP_AFTER,
        items: Collection[str] | None = None,
    ) -> int:
        """Remove what was last sealed `older_than` ago and no event refers to; return how many items.

        `referenced` must answer for every service that seals items of these names (`items`; None: all).
        It is asked once for each item that is referred to. No connection is held while it is asked.
        """
        _check_aware(at)
        if older_than < SWEEP_AFTER:
            raise ValueError("content may wait 24 h for its event")
        removed = 0
        before, after = at - older_than, None
        while page := await self._store.unsettled(before, items, after, PAGE):
            held = set(await referenced([str(ref) for ref in page]))
            await self._store.settle([ref for ref in page if str(ref) in held])
            removed += await self._store.remove_unsettled([r for r in page if str(r) not in held], before)
            after = page[-1]
        while cases := await self._store.shredded_with_items(PAGE):
            removed += sum([await self._store.remove_items_of(case_id) for case_id in cases])
        return removed

    async def rewrap(self) -> int:
        """Wrap every case key with the current KEK; no ciphertext changes. Return how many were wrapped.

        Safe at any time and to repeat. A process that has not read the new key file yet may still wrap
        with the old KEK, so run it again when all have.
        """
        self._keks.refresh()
        kek = self._keks.current()
        done, after = 0, ("", 0)
        while rows := await self._store.wrapped_otherwise(kek.kek_id, after, PAGE):
            new = [
                KeyRow(row.case_id, row.key_version, WRAP_AES_256_GCM, kek.kek_id, wrap(kek, key))
                for row in rows
                for key in [unwrap_row(row, self._keks)]
            ]
            done += await self._store.rewrap(rows, new)
            after = (rows[-1].case_id, rows[-1].key_version)
        return done


def _all_sealed(answers: Mapping[str, Answer]) -> dict[str, dict[str, Sealed]]:
    for answer in answers.values():
        if isinstance(answer, VaultError):
            raise answer
    return {case_id: answer for case_id, answer in answers.items() if not isinstance(answer, VaultError)}


def _refs(case_id: str, texts: Iterable[str]) -> dict[str, Ref] | VaultError:
    try:
        return {text: ref_of_case(case_id, text) for text in texts}
    except VaultError as error:
        return error


def _checked(case_id: str, items: Mapping[str, str | bytes]) -> list[Wanted]:
    check_case_id(case_id)
    if len(items) > MAX_ITEMS:
        raise ContentRefused(f"case {case_id}: {len(items)} items at once, more than {MAX_ITEMS}")
    for item in items:
        check_item(case_id, item)
    return [Wanted(case_id, item, to_bytes(case_id, item, content)) for item, content in items.items()]


def _batches(cases: Iterable[list[Wanted]]) -> Iterator[list[Wanted]]:
    """Whole cases, up to the limits; the first one always fits."""
    batch: list[Wanted] = []
    count = size = 0
    for case in cases:
        grows = sum(len(want.content) for want in case)
        if batch and (count == BATCH_CASES or size + grows > BATCH_BYTES):
            yield batch
            batch, count, size = [], 0, 0
        batch.extend(case)
        count, size = count + bool(case), size + grows
    if batch:
        yield batch


def _check_aware(at: datetime) -> None:
    if at.utcoffset() is None:
        raise ValueError("an instant needs its offset")
