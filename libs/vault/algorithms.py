"""The one registry of algorithm ids that stand beside stored bytes.

Promise: an id, once stored, means the same bytes for ever. A national algorithm (SM2/SM3/SM4) is a new
id here and a new branch where the id is looked up; nothing stored before it has to change.
"""

from typing import Final

CONTENT_AES_256_GCM: Final = "aes-256-gcm-v1"
"""nonce[12] ‖ AES-256-GCM(salt[32] ‖ content); associated data: see `cipher.item_aad`."""

WRAP_AES_256_GCM: Final = "aes-256-gcm-wrap-v1"
"""nonce[12] ‖ AES-256-GCM(case key[32]); associated data: see `cipher.key_aad`."""

COMMITMENT_SHA256: Final = "sha256-salted-v1"
"""SHA-256(0x02 ‖ salt[32] ‖ content): the prefix keeps it apart from RFC 6962 leaves (0x00) and nodes (0x01)."""

FINGERPRINT_HMAC_SHA256: Final = "hmac-sha256-v1"
"""HMAC-SHA-256 under a key derived from the case key: says within one case whether content is the same."""
