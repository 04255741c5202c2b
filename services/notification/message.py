"""A notice as an Internet message (RFC 5322), ready for a maildir.

Written by hand: `email.message` takes more than a millisecond for each, half of what a whole notice may cost.
"""

from __future__ import annotations

import re
from base64 import b64encode, encodebytes
from datetime import datetime
from email.utils import format_datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.notification.v1.events import NoticePrepared
from notification.letter import TITLES
from notification.petitioner import Petitioner

DOMAIN: Final = "notification.huiyin.invalid"
"""No such domain can exist (RFC 2606): whoever sends the message puts real addresses in its place."""

MAX_LINE_OCTETS: Final = 998
"""RFC 5322 §2.1.1, without the line's end. Longer lines go in base64."""

LINE_OCTETS: Final = 78
"""RFC 5322 §2.1.1 asks for it; only the one word of a name that is longer still goes beyond."""

WORD_FRAME: Final = len("=?utf-8?b?" + "?=")
WORD_Q: Final = 75 - WORD_FRAME
WORD_OCTETS: Final = 45
"""Before base64: 60 characters of an encoded word, which has 75 at most."""

PLAIN: Final = re.compile(r"(?!.*=\?)[!-~]{0,60}")
"""A word that stands in a text as it is, and fits on its line: all of ASCII, but nothing like an encoded word."""

ATOM: Final = re.compile(r"[A-Za-z0-9_+-]{0,60}")
"""A word that stands as it is before an address too (RFC 5322 §3.2.3)."""

Q: Final = [
    chr(n)
    if chr(n).isascii() and (chr(n).isalnum() or chr(n) in "-!*+/")
    else "_"
    if n == 32
    else f"={n:02X}"
    for n in range(256)
]
"""How each octet is written in a legible encoded word, wherever it stands (RFC 2047 §5 (3))."""

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def file_name(notice_key: str) -> str:
    """The name in the maildir: one for each notice, for ever."""
    return f"{notice_key}.huiyin"


def message(
    notice: NoticePrepared, recorded: RecordedEvent, position: int, petitioner: Petitioner, text: str
) -> bytes:
    """The message. Equal arguments give equal bytes, whenever it is made."""
    headers = [
        _words("From", "回音 Huiyin", f" <notices@{DOMAIN}>"),
        _words("To", petitioner.name, f" <petitioner@{DOMAIN}>"),
        _words("Subject", f"{TITLES[notice.kind]} {notice.receipt_number}"),
        ("Date", format_datetime(_shown(recorded.recorded_at))),
        ("Message-ID", f"<{notice.notice_key}@{DOMAIN}>"),
        ("X-Huiyin-Notice", notice.notice_key),
        ("X-Huiyin-Case", notice.case_id),
        ("X-Huiyin-Template", notice.template),
        ("X-Huiyin-Cause", _cause(recorded)),
        ("X-Huiyin-Disclosure", f"notification:{position}"),
        ("X-Huiyin-Trace", recorded.traceparent),
        _words("X-Huiyin-Contact", petitioner.contact),
        ("Content-Type", 'text/plain; charset="utf-8"'),
    ]
    lines = [line.encode() for line in text.splitlines()]
    body = b"".join([line + b"\r\n" for line in lines])
    as_it_is = max(map(len, lines), default=0) <= MAX_LINE_OCTETS
    headers.append(("Content-Transfer-Encoding", "8bit" if as_it_is else "base64"))
    headers.append(("MIME-Version", "1.0"))
    head = "".join([f"{name}: {value}\r\n" for name, value in headers if value])
    return head.encode("ascii") + b"\r\n" + (body if as_it_is else encodebytes(body).replace(b"\n", b"\r\n"))


def _cause(recorded: RecordedEvent) -> str:
    cause = recorded.caused_by
    return f"{cause.service}:{cause.position}" if cause else ""


def _words(name: str, text: str, more: str = "") -> tuple[str, str]:
    """A header of any script: plain words as they are, the others in encoded words (RFC 2047 §2), then `more`."""
    line, shape = "", ATOM if more else PLAIN
    for plain, words in groupby(text.split(" "), lambda word: bool(shape.fullmatch(word))):
        run = " ".join(words)
        if not plain:
            run = _encoded(run, LINE_OCTETS - len(name) - len(": ") - len(line) - bool(line))
        line += f" {run}" if line and not run.startswith("\r") else run
    return name, line + more


def _encoded(text: str, room: int) -> str:
    """Encoded words, the first within `room`, the others each on a line of its own; no character is divided.

    Mostly ASCII is left legible (RFC 2047 §4.2, Q), all else is in base64 (§4.1, B), whichever is shorter.
    """
    octets = text.encode()
    legible = sum(len(Q[octet]) for octet in octets) <= len(octets) * 4 / 3
    most = room - WORD_FRAME if legible else (room - WORD_FRAME) // 4 * 3
    words: list[bytes] = []
    taken, size = b"", 0
    for character in text:
        each = character.encode()
        cost = sum(len(Q[octet]) for octet in each) if legible else len(each)
        if size + cost > most:
            if not words and not taken:  # Not one character has room here.
                return "\r\n " + _encoded(text, LINE_OCTETS)
            words.append(taken)
            taken, size, most = b"", 0, WORD_Q if legible else WORD_OCTETS
        taken, size = taken + each, size + cost
    return "\r\n ".join([_word(word, legible) for word in [*words, taken]])


def _word(octets: bytes, legible: bool) -> str:
    if legible:
        return f"=?utf-8?q?{''.join([Q[octet] for octet in octets])}?="
    return f"=?utf-8?b?{b64encode(octets).decode()}?="


def _shown(instant: datetime) -> datetime:
    return instant.astimezone(_SHANGHAI).replace(microsecond=0)
