"""Commitments: what an event says about sealed content, true after the key is gone and silent about it.

SHA-256(0x02 ‖ 32 random bytes ‖ content). Whoever holds salt and content can prove them against the event;
who holds only the event cannot guess even a short content, because the salt cannot be guessed.
"""

import hashlib
import hmac
import os
from typing import Final

from vault.algorithms import COMMITMENT_SHA256
from vault.errors import AlgorithmUnknown

SALT_BYTES: Final = 32
_PREFIX: Final = b"\x02"


def new_salt() -> bytes:
    """32 bytes from the operating system's generator."""
    return os.urandom(SALT_BYTES)


def commit(salt: bytes, content: bytes) -> bytes:
    """The commitment, 32 bytes, under `COMMITMENT_SHA256`. The salt must be 32 bytes (`ValueError`)."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt is {SALT_BYTES} bytes")
    return hashlib.sha256(_PREFIX + salt + content).digest()


def verify_commitment(
    salt: bytes, content: bytes, commitment: bytes, algorithm: str = COMMITMENT_SHA256
) -> bool:
    """Whether this salt and content are what was committed to. Needs no vault and no key."""
    if algorithm != COMMITMENT_SHA256:
        raise AlgorithmUnknown(f"commitment algorithm {algorithm!r} is unknown")
    # A salt of another length would let bytes move between salt and content.
    return len(salt) == SALT_BYTES and hmac.compare_digest(commit(salt, content), commitment)
