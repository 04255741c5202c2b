"""The vault in memory conforms, keeps any content, and shows none."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.cipher import new_case_key
from vault.conformance import NOON, VaultConformance
from vault.errors import AlgorithmUnknown
from vault.memory import MemoryKeks, MemoryStore, MemoryVault
from vault.sealing import Wanted, make_plan
from vault.store import Known
from vault.vault import Vault


@pytest.fixture
def keks() -> MemoryKeks:
    return MemoryKeks()


@pytest.fixture
def vault(keks: MemoryKeks) -> Vault:
    return Vault(MemoryStore(), keks)


@pytest.fixture
def rotate(keks: MemoryKeks) -> Callable[[], None]:
    return keks.rotate


class TestMemoryVault(VaultConformance):
    pass


_names = st.from_regex(r"[a-z][a-z0-9_]{0,63}", fullmatch=True)
_contents = st.binary(max_size=2000) | st.text(st.characters(exclude_categories=["Cs"]), max_size=500)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(_names, _contents, max_size=8), st.dictionaries(_names, _contents, max_size=8))
def test_whatever_is_sealed_opens_as_it_was(
    first: dict[str, str | bytes], second: dict[str, str | bytes]
) -> None:
    async def seal_and_open() -> None:
        vault = MemoryVault()
        for items in (first, second, first):
            sealed = await vault.seal("c1", items, at=NOON)
            opened = await vault.open_("c1", [s.ref for s in sealed.values()])
            for item, content in items.items():
                expected = content.encode() if isinstance(content, str) else content
                assert bytes(opened[sealed[item].ref]) == expected

    asyncio.run(seal_and_open())


async def test_nothing_shows_content_or_keys() -> None:
    vault, keks = MemoryVault(), MemoryKeks()
    sealed = await vault.seal("c1", {"name": "canary张某"}, at=NOON)
    opened = (await vault.open_("c1", ["c1/name/1"]))["c1/name/1"]
    key, wanted = new_case_key("c1", 1), Wanted("c1", "name", b"canary")
    plan = make_plan([wanted], Known(), keks)
    things: tuple[object, ...] = (vault, sealed, opened, key, wanted, plan, keks, keks.current())
    shown = "\n".join(f"{thing!r} {thing!s} {thing}" for thing in things)
    assert shown.count("<sealed content, 12 bytes>") == 3
    for hidden in ("canary", "张", _inside(key.key), _inside(plan.items[0].ciphertext), _inside(opened.salt)):
        assert hidden not in shown
    assert _inside(plan.keys[0].wrapped_key or b"") not in shown
    assert _inside(keks.current().key) not in shown


def _inside(secret: bytes) -> str:
    """How its first bytes would look in a repr."""
    return repr(secret[:6])[2:-1]


async def test_an_unknown_algorithm_is_named_and_not_guessed() -> None:
    store = MemoryStore()
    vault = Vault(store, MemoryKeks())
    await vault.seal("c1", {"name": "张某"}, at=NOON)
    for stored in store.items.values():
        object.__setattr__(stored.row, "algorithm", "sm4-gcm-v1")
    with pytest.raises(AlgorithmUnknown, match="sm4-gcm-v1"):
        await vault.open_("c1", ["c1/name/1"])
