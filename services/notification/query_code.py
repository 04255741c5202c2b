"""The code with which a petitioner looks the case up: printed on the receipt, kept nowhere.

It is the receiving service's code, made again from the same key (architecture §6): HMAC-SHA-256(receipt key,
case id), the first 80 bits in base 32. A contract test holds both to it.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from hashlib import sha256
from typing import Final

KEY_NAME: Final = "receipt"
CODE_BYTES: Final = 10


def query_code(key: bytes, case_id: str) -> str:
    """Sixteen letters and digits."""
    return b32encode(hmac.new(key, case_id.encode(), sha256).digest()[:CODE_BYTES]).decode()
