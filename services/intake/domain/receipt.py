"""Receipt numbers: organ, year, serial without gaps, check character."""

from __future__ import annotations

import hmac
from base64 import b32encode
from hashlib import sha256

SERIAL_DIGITS = 6
QUERY_CODE_BYTES = 10  # 80 bits: not to be guessed, still short enough to be written down.
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def register(organ_code: str, year: int) -> str:
    """The name of the register that hands out the serials of an organ and year."""
    return f"{organ_code}-{year}"


def receipt_number(organ_code: str, year: int, serial: int) -> str:
    """AN01-2025-000123-K: the last character checks the others (ISO/IEC 7064, MOD 37,36)."""
    body = f"{organ_code}-{year}-{serial:0{SERIAL_DIGITS}d}"
    return f"{body}-{check_character(body)}"


def serial_of(number: str) -> tuple[str, int]:
    """The register that gave a receipt number out, and the serial in it."""
    organ_code, year, serial, _check = number.rsplit("-", 3)
    return register(organ_code, int(year)), int(serial)


def check_character(body: str) -> str:
    """The check character of ISO/IEC 7064 MOD 37,36 over the digits and letters of `body`."""
    product = 36
    for character in body:
        if character not in _ALPHABET:
            continue
        product = ((product + _ALPHABET.index(character)) % 36 or 36) * 2 % 37
    return _ALPHABET[(37 - product) % 36]


def is_receipt_number(text: str) -> bool:
    """Whether the check character fits: finds every single wrong character and most transpositions."""
    body, _, check = text.rpartition("-")
    return bool(body) and check == check_character(body)


def query_code(key: bytes, case_id: str) -> str:
    """What the petitioner proves itself with. Derived, never stored: HMAC-SHA-256(receipt key, case id)."""
    return b32encode(hmac.new(key, case_id.encode(), sha256).digest()[:QUERY_CODE_BYTES]).decode()
