"""What is kept of a petition to recognise it again: keyed marks that say nothing without the key.

A text is reduced to its letters and characters, cut into overlapping pairs of characters, and each pair becomes a mark:
three bytes of HMAC-SHA-256 (RFC 2104) under a key of the office. Of these at most `KEPT` stay, those with the lowest
marks, so that two texts keep the same ones of what they share, and the order is lost. One more mark, of 16 bytes, stands
for the whole body; equal bodies have equal ones.

Without the key a fingerprint is noise. Who has the key can test guesses ("does this pair stand in it?"), so the key is
kept like the vault's, and the fingerprints of a case are erased with the case (domain.md P14). Fingerprints under two
keys cannot be compared: two offices cannot lay their indexes together.

It goes by the matter, never by the person (domain.md §8): numbers long enough to be a telephone's or an identity card's
are left out, and so is what the caller names in `leave_out`, such as the petitioner's name and address.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

KEPT = 128
"""Marks of one case. With all of them the figures on real pairs are the same (README); half a kilobyte a case."""

READ = 3_000
"""Characters that are cut into pairs; the mark of the whole body covers all of it."""

SHORT = 16
"""Characters below which equal bodies mean little ("同上"); then the title must be equal as well."""

KEY_BYTES = 32
"""At least as long as the hash, as RFC 2104, section 3, advises."""

MARK_BYTES, WHOLE_BYTES = 3, 16
"""16.7 million marks: a wrong agreement of two pairs is rare, and many pairs stand behind one mark. 16 bytes: none."""

NUMBERS = re.compile(r"[0-9a-z]{7,}")
"""Telephone numbers, identity cards, accounts, addresses on the net. Seven digits are the shortest telephone number."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`whole` stands for the body, `marks` (ascending, no repetition) for its pairs of characters."""

    whole: bytes
    marks: tuple[int, ...]

    def to_bytes(self) -> bytes:
        """16 bytes of `whole`, then 3 a mark, highest byte first."""
        return self.whole + b"".join(mark.to_bytes(MARK_BYTES, "big") for mark in self.marks)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Fingerprint:
        """Raises ValueError for what `to_bytes` cannot have made."""
        body = raw[WHOLE_BYTES:]
        if len(raw) < WHOLE_BYTES or len(body) % MARK_BYTES or len(body) > KEPT * MARK_BYTES:
            raise ValueError(f"{len(raw)} bytes are not a fingerprint")
        marks = tuple(
            int.from_bytes(body[i : i + MARK_BYTES], "big") for i in range(0, len(body), MARK_BYTES)
        )
        if any(left >= right for left, right in pairwise(marks)):
            raise ValueError("the marks of a fingerprint ascend")
        return cls(raw[:WHOLE_BYTES], marks)

    def packed(self) -> array[int]:
        """The marks in four bytes each, for holding many."""
        return array("I", self.marks)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text just read, for whoever has it open: its fingerprint, and where each mark comes from. Never stored."""

    fingerprint: Fingerprint
    text: str
    pairs: Mapping[int, str]


class Marker:
    """Makes fingerprints under one key."""

    def __init__(self, key: bytes) -> None:
        """Raises ValueError for a key shorter than 32 bytes."""
        if len(key) < KEY_BYTES:
            raise ValueError(f"the key of an index has at least {KEY_BYTES} bytes")
        self._key = key

    def read(self, title: str, body: str, *, leave_out: Collection[str] = ()) -> Reading:
        """`leave_out` holds names and addresses of persons, which must not make two cases alike."""
        head, rest = plain(title, leave_out), plain(body, leave_out)
        whole = rest if len(rest) >= SHORT else f"{head}\n{rest}"
        text = (head + rest)[:READ]
        pairs = {self._mark(pair): pair for pair in {text[i : i + 2] for i in range(len(text) - 1)}}
        marks = tuple(sorted(pairs)[:KEPT])
        digest = hmac.digest(self._key, b"whole\0" + whole.encode(), "sha256")[:WHOLE_BYTES]
        return Reading(Fingerprint(digest, marks), text, {mark: pairs[mark] for mark in marks})

    def _mark(self, pair: str) -> int:
        return int.from_bytes(hmac.digest(self._key, b"pair\0" + pair.encode(), "sha256")[:MARK_BYTES], "big")


def plain(text: str, leave_out: Collection[str] = ()) -> str:
    """Letters, digits and characters in one width and case (Unicode NFKC); long numbers and `leave_out` removed."""
    kept = _letters(text)
    for name in sorted(filter(None, map(_letters, leave_out)), key=len, reverse=True):
        kept = kept.replace(name, "")
    return NUMBERS.sub("", kept)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))
