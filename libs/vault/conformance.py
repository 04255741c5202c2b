"""What every vault must do, whatever it stands on. A test module inherits `VaultConformance` and gives
the fixtures `vault` (a fresh, empty vault) and `rotate` (adds a key-encryption key, makes it current).
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from vault.commitment import verify_commitment
from vault.content import MAX_CONTENT_BYTES
from vault.errors import ContentRefused, ItemMissing, KeyShredded
from vault.vault import SWEEP_AFTER, Vault

NOON = datetime(2025, 8, 18, 4, 0, tzinfo=UTC)
A_DAY_LATER = NOON + SWEEP_AFTER + timedelta(seconds=1)


async def refers_to_nothing(refs: Sequence[str]) -> Collection[str]:
    return ()


class VaultConformance:
    """Sealing, refusing, opening, erasing, sweeping, rotating."""

    async def test_what_is_sealed_opens_again(self, vault: Vault) -> None:
        sealed = await vault.seal("c1", {"name": "张某", "scan": b"\x00\xff"}, at=NOON)
        opened = await vault.open_("c1", [s.ref for s in sealed.values()])
        assert {ref: bytes(content) for ref, content in opened.items()} == {
            "c1/name/1": "张某".encode(),
            "c1/scan/1": b"\x00\xff",
        }

    async def test_the_commitment_is_to_the_content(self, vault: Vault) -> None:
        sealed = (await vault.seal("c1", {"name": "张某"}, at=NOON))["name"]
        opened = (await vault.open_("c1", [sealed.ref]))[sealed.ref]
        assert verify_commitment(opened.salt, opened, sealed.commitment, sealed.algorithm)
        assert not verify_commitment(opened.salt, "李某".encode(), sealed.commitment, sealed.algorithm)

    async def test_sealing_the_same_content_again_changes_nothing(self, vault: Vault) -> None:
        first = await vault.seal("c1", {"name": "张某", "text": "路灯不亮"}, at=NOON)
        assert await vault.seal("c1", {"name": "张某", "text": "路灯不亮"}, at=A_DAY_LATER) == first

    async def test_other_content_gets_the_next_number_and_the_old_stays(self, vault: Vault) -> None:
        await vault.seal("c1", {"text": "路灯不亮"}, at=NOON)
        later = await vault.seal("c1", {"text": "路灯亮了", "name": "张某"}, at=NOON)
        assert [later["text"].ref, later["name"].ref] == ["c1/text/2", "c1/name/1"]
        opened = await vault.open_("c1", ["c1/text/1", "c1/text/2"])
        assert [content.decode() for content in opened.values()] == ["路灯不亮", "路灯亮了"]

    async def test_many_cases_open_at_once_and_each_fails_for_itself(self, vault: Vault) -> None:
        for case_id in ("c1", "c2", "c3"):
            await vault.seal(case_id, {"name": f"张某{case_id}"}, at=NOON)
        await vault.shred("c2", at=NOON)
        asked = [("c1", ["c1/name/1"]), ("c2", ["c2/name/1"]), ("c3", ["c1/name/1"]), ("c3", ["c3/name/1"])]
        first, erased, foreign, last = await vault.open_many([*asked])
        assert isinstance(first, dict)
        assert isinstance(last, dict)
        assert [first["c1/name/1"].decode(), last["c3/name/1"].decode()] == ["张某c1", "张某c3"]
        assert [type(erased), type(foreign)] == [KeyShredded, ItemMissing]

    async def test_content_sealed_before_the_last_keeps_its_reference(self, vault: Vault) -> None:
        refs = [(await vault.seal("c1", {"text": text}, at=NOON))["text"].ref for text in ("甲", "乙", "甲")]
        assert refs == ["c1/text/1", "c1/text/2", "c1/text/1"]

    async def test_equal_content_of_two_cases_looks_different(self, vault: Vault) -> None:
        one, two = await vault.seal_many([("c1", {"name": "张某"}), ("c2", {"name": "张某"})], at=NOON)
        assert one["name"].commitment != two["name"].commitment

    async def test_many_cases_are_answered_in_their_order(self, vault: Vault) -> None:
        await vault.seal("c7", {"name": "李某"}, at=NOON)
        cases = [(f"c{i}", {"name": f"张某{i}", "text": "文"} if i % 3 else {}) for i in range(600)]
        answers = await vault.seal_many(cases, at=NOON)
        assert [list(answer) for answer in answers] == [list(items) for _, items in cases]
        assert answers[7]["name"].ref == "c7/name/2"
        assert (await vault.open_("c599", ["c599/name/1"]))["c599/name/1"].decode() == "张某599"
        assert await vault.seal_many(cases, at=NOON) == answers

    async def test_nothing_to_seal_is_nothing_to_do(self, vault: Vault) -> None:
        assert await vault.seal("c1", {}, at=NOON) == {}
        assert await vault.seal_many([], at=NOON) == []
        assert await vault.open_("c1", []) == {}

    async def test_one_case_twice_in_a_call_is_refused(self, vault: Vault) -> None:
        with pytest.raises(ValueError, match="once"):
            await vault.seal_many([("c1", {"name": "张某"}), ("c1", {"name": "李某"})], at=NOON)

    async def test_seals_of_one_case_at_once_all_hold(self, vault: Vault) -> None:
        texts = [f"第{i % 4}稿" for i in range(12)]
        sealed = await asyncio.gather(*(vault.seal("c1", {"text": text}, at=NOON) for text in texts))
        refs = [answer["text"].ref for answer in sealed]
        assert sorted(set(refs)) == [f"c1/text/{n}" for n in (1, 2, 3, 4)]
        opened = await vault.open_("c1", refs)
        assert [opened[ref].decode() for ref in refs] == texts

    async def test_an_instant_without_offset_is_refused(self, vault: Vault) -> None:
        with pytest.raises(ValueError, match="offset"):
            await vault.seal("c1", {"name": "张某"}, at=NOON.replace(tzinfo=None))

    # What cannot be sealed or opened.

    @pytest.mark.parametrize("content", ["文" * (MAX_CONTENT_BYTES // 3 + 1), "路灯\ud800不亮"])
    async def test_what_cannot_be_content_is_refused_and_nothing_is_stored(
        self, vault: Vault, content: str
    ) -> None:
        with pytest.raises(ContentRefused, match="c2/text") as refused:
            await vault.seal_many([("c1", {"name": "张某"}), ("c2", {"text": content})], at=NOON)
        assert "文" not in str(refused.value)
        assert "路灯" not in str(refused.value)
        with pytest.raises(ItemMissing):
            await vault.open_("c1", ["c1/name/1"])

    async def test_content_at_the_limit_is_taken(self, vault: Vault) -> None:
        await vault.seal("c1", {"text": b"x" * MAX_CONTENT_BYTES}, at=NOON)
        assert len((await vault.open_("c1", ["c1/text/1"]))["c1/text/1"]) == MAX_CONTENT_BYTES

    @pytest.mark.parametrize(
        ("case_id", "item"), [("c/1", "name"), ("", "name"), ("c1", "张某"), ("c1", "a/b")]
    )
    async def test_a_name_that_is_none_is_refused_unrepeated(
        self, vault: Vault, case_id: str, item: str
    ) -> None:
        with pytest.raises(ContentRefused) as refused:
            await vault.seal(case_id, {item: "文"}, at=NOON)
        assert "张某" not in str(refused.value)

    @pytest.mark.parametrize("ref", ["c1/name/2", "c1/text/1", "c2/name/1", "c1/name", "c1/name/01", "张某"])
    async def test_a_wrong_reference_is_missing(self, vault: Vault, ref: str) -> None:
        await vault.seal_many([("c1", {"name": "张某"}), ("c2", {"name": "李某"})], at=NOON)
        with pytest.raises(ItemMissing):
            await vault.open_("c1", ["c1/name/1", ref])

    # Erasing.

    async def test_a_shredded_case_cannot_be_opened_but_its_commitments_hold(self, vault: Vault) -> None:
        sealed = (await vault.seal("c1", {"name": "张某"}, at=NOON))["name"]
        opened = (await vault.open_("c1", [sealed.ref]))[sealed.ref]
        await vault.shred("c1", at=NOON)
        with pytest.raises(KeyShredded):
            await vault.open_("c1", [sealed.ref])
        assert verify_commitment(opened.salt, "张某".encode(), sealed.commitment, sealed.algorithm)

    async def test_nothing_is_sealed_in_a_shredded_case(self, vault: Vault) -> None:
        await vault.seal("c1", {"name": "张某"}, at=NOON)
        await vault.shred("c1", at=NOON)
        await vault.shred("never-sealed", at=NOON)
        for case_id in ("c1", "never-sealed"):
            with pytest.raises(KeyShredded, match=case_id):
                await vault.seal(case_id, {"name": "张某"}, at=NOON)

    async def test_shredding_twice_changes_nothing_and_other_cases_stay(self, vault: Vault) -> None:
        await vault.seal_many([("c1", {"name": "张某"}), ("c2", {"name": "李某"})], at=NOON)
        await vault.shred("c1", at=NOON)
        await vault.shred("c1", at=A_DAY_LATER)
        assert (await vault.open_("c2", ["c2/name/1"]))["c2/name/1"].decode() == "李某"

    # Sweeping.

    async def test_what_nothing_refers_to_is_swept_after_a_day(self, vault: Vault) -> None:
        await vault.seal("c1", {"name": "张某", "text": "文"}, at=NOON)
        assert await vault.sweep(refers_to_nothing, at=NOON + SWEEP_AFTER) == 0

        async def the_name(refs: Sequence[str]) -> Collection[str]:
            return [ref for ref in refs if "/name/" in ref]

        assert await vault.sweep(the_name, at=A_DAY_LATER) == 1
        assert await vault.open_("c1", ["c1/name/1"])
        with pytest.raises(ItemMissing):
            await vault.open_("c1", ["c1/text/1"])

    async def test_a_sweep_asks_once_for_what_is_referred_to(self, vault: Vault) -> None:
        await vault.seal_many([(f"c{i}", {"name": "张某"}) for i in range(1200)], at=NOON)
        asked: list[str] = []

        async def all_of_them(refs: Sequence[str]) -> Collection[str]:
            asked.extend(refs)
            return refs

        assert await vault.sweep(all_of_them, at=A_DAY_LATER) == 0
        assert await vault.sweep(all_of_them, at=A_DAY_LATER) == 0
        assert sorted(asked) == sorted(f"c{i}/name/1" for i in range(1200))

    async def test_a_sweep_looks_only_at_the_names_it_was_given(self, vault: Vault) -> None:
        await vault.seal("c1", {"name": "张某", "opinion": "文"}, at=NOON)
        assert await vault.sweep(refers_to_nothing, at=A_DAY_LATER, items=["opinion"]) == 1
        assert await vault.open_("c1", ["c1/name/1"])

    async def test_a_second_seal_puts_the_sweep_off(self, vault: Vault) -> None:
        await vault.seal("c1", {"name": "张某"}, at=NOON)
        await vault.seal("c1", {"name": "张某"}, at=NOON + timedelta(hours=20))
        assert await vault.sweep(refers_to_nothing, at=A_DAY_LATER) == 0

    async def test_what_is_sealed_again_during_a_sweep_stays(self, vault: Vault) -> None:
        await vault.seal("c1", {"name": "张某"}, at=NOON)

        async def meanwhile(refs: Sequence[str]) -> Collection[str]:
            await vault.seal("c1", {"name": "张某"}, at=A_DAY_LATER)
            return ()

        assert await vault.sweep(meanwhile, at=A_DAY_LATER) == 0
        assert await vault.open_("c1", ["c1/name/1"])

    async def test_a_sweep_that_would_not_wait_is_refused(self, vault: Vault) -> None:
        with pytest.raises(ValueError, match="24 h"):
            await vault.sweep(refers_to_nothing, at=NOON, older_than=timedelta(hours=1))

    # New key-encryption keys.

    async def test_after_a_rotation_old_and_new_content_opens(
        self, vault: Vault, rotate: Callable[[], None]
    ) -> None:
        old = await vault.seal_many([(f"c{i}", {"name": "张某"}) for i in range(600)], at=NOON)
        await vault.shred("c5", at=NOON)
        rotate()
        assert await vault.open_("c1", ["c1/name/1"])
        assert await vault.rewrap() == 599
        assert await vault.rewrap() == 0
        assert await vault.open_("c1", ["c1/name/1"])
        assert (await vault.seal("c1", {"name": "张某"}, at=NOON)) == old[1]
        with pytest.raises(KeyShredded):
            await vault.open_("c5", ["c5/name/1"])
