"""Files on their way into a FileStore and out of it: encrypted under a key of their own.

The key is made from a secret of the installation, the case and the content. So the same file of the same case gives
the same bytes (saying it twice changes nothing), a key is never used for two contents, and one fixed nonce is safe.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.errors import ItemDamaged
from vault.refs import check_case_id

FILE_AES_256_GCM: Final = "file-aes-256-gcm-v1"
"""The algorithm's id, to be kept beside the key."""

_NONCE: Final = bytes(
    12
)  # NIST SP 800-38D: a nonce may not come twice under one key; here each key has one content.


@dataclass(frozen=True, slots=True)
class EncryptedFile:
    """What goes to the store, under which name, and the key, which goes into the vault and nowhere else."""

    name: str
    ciphertext: bytes = field(repr=False)
    key: bytes = field(repr=False)
    algorithm: str = FILE_AES_256_GCM


def encrypt_file(secret: bytes, case_id: str, content: bytes) -> EncryptedFile:
    """Encrypt a file of a case. Raises ContentRefused for what is no case id."""
    check_case_id(case_id)
    key = hmac.new(secret, _about(case_id) + hashlib.sha256(content).digest(), hashlib.sha256).digest()
    ciphertext = AESGCM(key).encrypt(_NONCE, content, _about(case_id))
    return EncryptedFile(f"{case_id}/{hashlib.sha256(ciphertext).hexdigest()}", ciphertext, key)


def decrypt_file(key: bytes, case_id: str, ciphertext: bytes) -> bytes:
    """The file. Raises ItemDamaged when these are not the bytes that were stored for this case."""
    try:
        return AESGCM(key).decrypt(_NONCE, ciphertext, _about(case_id))
    except InvalidTag:
        raise ItemDamaged(f"a file of case {case_id} is not what was stored") from None


def _about(case_id: str) -> bytes:
    return b"huiyin-file-v1\0" + case_id.encode() + b"\0"
