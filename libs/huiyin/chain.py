"""The hash chain of a ledger, in two functions that anyone can write again from this page.

hash(0) = SHA-256("huiyin-ledger-v1" ‖ service ‖ installation)
hash(n) = SHA-256(hash(n-1) ‖ n as 8 bytes, most significant first ‖ SHA-256(bytes of line n))

‖ joins bytes; texts are UTF-8. Service names are a fixed list and none is the beginning of another,
so no two ledgers share a start.
"""

from __future__ import annotations

from hashlib import sha256

ALGORITHM = "huiyin-ledger-v1"


def genesis(service: str, installation: str) -> bytes:
    """The hash before the first line: 32 bytes."""
    return sha256(f"{ALGORITHM}{service}{installation}".encode()).digest()


def link(previous: bytes, position: int, line: bytes) -> bytes:
    """The hash of the line at `position` (1, 2, 3 ...), given the hash before it: 32 bytes."""
    return sha256(previous + position.to_bytes(8, "big") + sha256(line).digest()).digest()
