"""Texts in requests: what no table, document or letter could hold is refused at the door."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

MAX_WORDS = 200
"""Characters of a name, a subject or a purpose: one line of a form."""


def plain(value: str) -> str:
    """The text itself. Raises ValueError for NUL, which PostgreSQL cannot store, and for halves of characters."""
    if "\0" in value:
        raise ValueError("含有空字符（NUL） there is a NUL in it: remove it")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("含有残缺字符 there is half a character in it: remove it") from None
    return value


Words = Annotated[str, Field(max_length=MAX_WORDS), AfterValidator(plain)]
"""One line of words."""

UnitId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="单位标识 A unit's id.")]
"""As in Huiyin-Actor: a unit with another id could never act."""
