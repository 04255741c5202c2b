"""Content on its way in and out: its limit, and a wrapper that does not show it."""

from typing import Final

from vault.errors import ContentRefused

MAX_CONTENT_BYTES: Final = 1 << 20
"""1 MiB an item: a long petition is some 30 KB; larger things are attachments and belong elsewhere."""

MAX_ITEMS: Final = 64
"""Items of one case in one call: a form has some ten confidential fields; more is a mistake."""


class Content(bytes):
    """Opened content: bytes, with the salt that proves them against their commitment.

    Neither `repr` nor `str` nor formatting shows what is inside, so that no log line, trace or assertion
    can by accident; `.decode()` is the way to the text.
    """

    salt: bytes

    def __new__(cls, content: bytes, salt: bytes) -> "Content":
        opened = super().__new__(cls, content)
        opened.salt = salt
        return opened

    def __repr__(self) -> str:
        return f"<sealed content, {len(self)} bytes>"

    __str__ = __repr__


def to_bytes(case_id: str, item: str, content: str | bytes) -> bytes:
    """Text as UTF-8, bytes as they are; `ContentRefused` over the limit or when it is not text at all."""
    data = _encoded(content) if isinstance(content, str) else bytes(content)
    if data is None:
        raise ContentRefused(f"{case_id}/{item}: holds characters that cannot be written as UTF-8")
    if len(data) > MAX_CONTENT_BYTES:
        raise ContentRefused(f"{case_id}/{item}: {len(data)} bytes, more than {MAX_CONTENT_BYTES}")
    return data


def _encoded(text: str) -> bytes | None:
    """None instead of an error: a UnicodeEncodeError carries the whole text along."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None
