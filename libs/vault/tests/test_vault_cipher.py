"""Moved, swapped or changed bytes never open."""

import hashlib

import pytest

from vault.algorithms import COMMITMENT_SHA256, CONTENT_AES_256_GCM, WRAP_AES_256_GCM
from vault.cipher import Kek, fingerprint, item_aad, new_case_key, open_item, seal_item, unwrap, wrap
from vault.commitment import commit, new_salt, verify_commitment
from vault.errors import AlgorithmUnknown, ItemDamaged, KeyDamaged
from vault.refs import Ref

REF = Ref("c1", "name", 1)
SALT = bytes(range(32))


def test_a_sealed_item_opens_with_its_salt() -> None:
    key = new_case_key("c1", 1)
    opened = open_item(key, REF, seal_item(key, REF, SALT, b"content"), CONTENT_AES_256_GCM)
    assert (bytes(opened), opened.salt) == (b"content", SALT)


def test_two_seals_of_the_same_content_share_no_bytes_to_compare() -> None:
    key = new_case_key("c1", 1)
    assert seal_item(key, REF, SALT, b"content") != seal_item(key, REF, SALT, b"content")


@pytest.mark.parametrize("other", [Ref("c1", "name", 2), Ref("c1", "text", 1), Ref("c2", "name", 1)])
def test_ciphertext_moved_to_another_item_does_not_open(other: Ref) -> None:
    key = new_case_key("c1", 1)
    with pytest.raises(ItemDamaged, match=str(other)):
        open_item(key, other, seal_item(key, REF, SALT, b"content"), CONTENT_AES_256_GCM)


def test_ciphertext_of_another_key_version_does_not_open_even_with_equal_key_bytes() -> None:
    key = new_case_key("c1", 1)
    renumbered = type(key)("c1", 2, key.key)
    with pytest.raises(ItemDamaged):
        open_item(renumbered, REF, seal_item(key, REF, SALT, b"content"), CONTENT_AES_256_GCM)


def test_ciphertext_with_any_changed_or_missing_byte_does_not_open() -> None:
    key = new_case_key("c1", 1)
    sealed = seal_item(key, REF, SALT, b"content")
    changed = [sealed[:i] + bytes([sealed[i] ^ 1]) + sealed[i + 1 :] for i in range(len(sealed))]
    cut = [sealed[:i] for i in range(len(sealed))]
    for wrong in (*changed, *cut):
        with pytest.raises(ItemDamaged):
            open_item(key, REF, wrong, CONTENT_AES_256_GCM)


def test_a_wrapped_key_opens_only_in_its_own_place_with_its_own_kek() -> None:
    kek, other = Kek("k1", b"a" * 32), Kek("k2", b"b" * 32)
    key = new_case_key("c1", 1)
    wrapped = wrap(kek, key)
    assert unwrap(kek, "c1", 1, wrapped, WRAP_AES_256_GCM) == key
    for wrong in ((other, "c1", 1), (kek, "c2", 1), (kek, "c1", 2)):
        with pytest.raises(KeyDamaged):
            unwrap(*wrong, wrapped, WRAP_AES_256_GCM)
    with pytest.raises(AlgorithmUnknown):
        unwrap(kek, "c1", 1, wrapped, "sm4-wrap-v1")


def test_associated_data_cannot_be_shifted_from_one_part_to_the_next() -> None:
    assert item_aad(Ref("c1", "n", 1), 1) != item_aad(Ref("c", "1n", 1), 1)


def test_a_fingerprint_means_nothing_in_another_case_or_item() -> None:
    one, two = new_case_key("c1", 1), new_case_key("c2", 1)
    prints = {fingerprint(k, item, b"x") for k in (one, two) for item in ("name", "text")}
    assert len(prints) == 4


def test_the_commitment_is_the_documented_hash() -> None:
    assert commit(SALT, b"content") == hashlib.sha256(b"\x02" + SALT + b"content").digest()
    assert commit(SALT, "张某".encode()).hex() == (
        "03e1a6648b47337f6e8b767b03e518767be3a332d440ae3202309c2e5150d0e5"
    )


def test_a_commitment_verifies_only_with_its_own_salt_and_content() -> None:
    salt = new_salt()
    commitment = commit(salt, b"content")
    assert verify_commitment(salt, b"content", commitment)
    assert not verify_commitment(salt, b"Content", commitment)
    assert not verify_commitment(new_salt(), b"content", commitment)
    assert not verify_commitment(salt + b"c", b"ontent", commitment)
    assert not verify_commitment(salt[:-1], salt[-1:] + b"content", commitment)
    with pytest.raises(AlgorithmUnknown):
        verify_commitment(salt, b"content", commitment, "sm3-salted-v1")
    assert COMMITMENT_SHA256 == "sha256-salted-v1"
