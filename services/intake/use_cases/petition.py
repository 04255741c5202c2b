"""A petition as it is handed in, and as it lies in the vault."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from chassis.http.problems import Problem

MAX_TITLE = 200
MAX_TEXT = 20_000
"""Characters: ten closely written pages. A longer one is an attachment."""

MAX_FIELD = 200
PETITIONER = "petitioner"
PETITION = "petition"
REPRESENTATIVES = "representatives"


@dataclass(frozen=True, slots=True)
class Petitioner:
    """Who petitions, as far as given."""

    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    address: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.name or self.contact or self.address)


@dataclass(frozen=True, slots=True)
class Petition:
    """Title, text and petitioner; None of it ever enters an event."""

    title: str = field(repr=False)
    text: str = field(repr=False)
    petitioner: Petitioner | None = field(default=None, repr=False)
    representatives: tuple[Petitioner, ...] = field(default=(), repr=False)

    def items(self) -> dict[str, str]:
        """What is sealed: item name -> content."""
        items = {PETITION: _json({"title": self.title, "text": self.text})}
        if self.petitioner:
            items[PETITIONER] = _json(_who(self.petitioner))
        if self.representatives:
            items[REPRESENTATIVES] = _json([_who(each) for each in self.representatives])
        return items

    def check(self) -> None:
        """Raises a Problem that says what is wrong, without quoting it."""
        for value, limit, zh, en in (
            (self.title, MAX_TITLE, "标题", "the title"),
            (self.text, MAX_TEXT, "正文", "the text"),
            *(part for who in (self.petitioner, *self.representatives) if who for part in _parts(who)),
        ):
            if "\0" in value:
                raise Problem(
                    422, "petition-nul", f"{zh}含有空字符（NUL）。", f"There is a NUL in {en}: remove it."
                )
            if len(value) > limit:
                raise Problem(
                    422,
                    "petition-too-long",
                    f"{zh}超过 {limit} 字。",
                    f"There are more than {limit} characters in {en}.",
                )
        if not self.text.strip() and not self.title.strip():
            raise Problem(422, "petition-empty", "没有内容。", "There is neither a title nor a text.")


def _who(who: Petitioner) -> dict[str, str]:
    return {"name": who.name, "contact": who.contact, "address": who.address}


def _parts(who: Petitioner) -> tuple[tuple[str, int, str, str], ...]:
    return (
        (who.name, MAX_FIELD, "姓名", "the name"),
        (who.contact, MAX_FIELD, "联系方式", "the contact"),
        (who.address, MAX_FIELD, "住址", "the address"),
    )


def _json(value: dict[str, str] | list[dict[str, str]]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
