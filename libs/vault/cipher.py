"""The cryptography: case keys, their wrapping, and the sealing of items. Pure but for random bytes.

Every piece of associated data is prefixed with its length and begins with what it is for, so that no two
different places give the same bytes: ciphertext moved to another case, item or key version does not open.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.algorithms import CONTENT_AES_256_GCM, FINGERPRINT_HMAC_SHA256, WRAP_AES_256_GCM
from vault.commitment import SALT_BYTES
from vault.content import Content
from vault.errors import AlgorithmUnknown, ItemDamaged, KeyDamaged
from vault.refs import Ref

KEY_BYTES: Final = 32
NONCE_BYTES: Final = (
    12  # NIST SP 800-38D §5.2.1.1; random nonces are safe for 2^32 seals under one key (§8.3).
)


@dataclass(frozen=True)
class Kek:
    """A key-encryption key of the key file."""

    kek_id: str
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class CaseKey:
    """The data-encryption key of one case, unwrapped. Lives as long as the call that needs it."""

    case_id: str
    key_version: int
    key: bytes = field(repr=False)


def new_case_key(case_id: str, key_version: int) -> CaseKey:
    """A fresh random key."""
    return CaseKey(case_id, key_version, os.urandom(KEY_BYTES))


def item_aad(ref: Ref, key_version: int) -> bytes:
    """case ‖ reference ‖ key version."""
    return _joined(b"huiyin-vault-item-v1", ref.case_id.encode(), str(ref).encode(), _number(key_version))


def key_aad(case_id: str, key_version: int) -> bytes:
    """case ‖ key version."""
    return _joined(b"huiyin-vault-key-v1", case_id.encode(), _number(key_version))


def wrap(kek: Kek, key: CaseKey) -> bytes:
    """The case key under the key-encryption key (`WRAP_AES_256_GCM`)."""
    return _encrypt(kek.key, key.key, key_aad(key.case_id, key.key_version))


def unwrap(kek: Kek, case_id: str, key_version: int, wrapped: bytes, algorithm: str) -> CaseKey:
    """The case key back; `KeyDamaged` when the row was moved or changed, or the KEK is another."""
    if algorithm != WRAP_AES_256_GCM:
        raise AlgorithmUnknown(f"key wrap algorithm {algorithm!r} is unknown")
    key = _decrypt(kek.key, wrapped, key_aad(case_id, key_version))
    if key is None or len(key) != KEY_BYTES:
        raise KeyDamaged(f"the key of case {case_id} does not open with {kek.kek_id}")
    return CaseKey(case_id, key_version, key)


def seal_item(key: CaseKey, ref: Ref, salt: bytes, content: bytes) -> bytes:
    """Salt and content under the case key (`CONTENT_AES_256_GCM`)."""
    return _encrypt(key.key, salt + content, item_aad(ref, key.key_version))


def open_item(key: CaseKey, ref: Ref, ciphertext: bytes, algorithm: str) -> Content:
    """The content with its salt; `ItemDamaged` when the bytes are not those sealed under this reference."""
    if algorithm != CONTENT_AES_256_GCM:
        raise AlgorithmUnknown(f"content algorithm {algorithm!r} is unknown")
    plain = _decrypt(key.key, ciphertext, item_aad(ref, key.key_version))
    if plain is None or len(plain) < SALT_BYTES:
        raise ItemDamaged(f"{ref} does not open: its bytes are not those that were sealed")
    return Content(plain[SALT_BYTES:], plain[:SALT_BYTES])


def fingerprint(key: CaseKey, item: str, content: bytes) -> bytes:
    """Tells a repeated seal from a new content without opening anything (`FINGERPRINT_HMAC_SHA256`).

    Means nothing without the case key, so it is erased with it, and nothing across items or cases.
    """
    derived = hmac.digest(key.key, FINGERPRINT_HMAC_SHA256.encode(), hashlib.sha256)
    return hmac.digest(derived, _joined(item.encode(), content), hashlib.sha256)


def _encrypt(key: bytes, plain: bytes, aad: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, aad)


def _decrypt(key: bytes, sealed: bytes, aad: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError):  # ValueError: cut so short that there is no nonce.
        return None


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _number(value: int) -> bytes:
    return value.to_bytes(4, "big")
