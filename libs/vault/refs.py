"""References: how events name what is sealed, `<case_id>/<item>/<n>`.

`item` is a fixed word of the program (`name`, `text`), never anything a person wrote; `n` counts, from 1,
the different contents sealed under that word in that case.
"""

import re
from typing import NamedTuple

from vault.errors import ContentRefused, ItemMissing

# A reference travels in every event: ids and words are short and need no escaping in a path or a header.
_CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_ITEM = re.compile(r"[a-z][a-z0-9_]{0,63}")
_COUNT = re.compile(r"[1-9][0-9]{0,8}")


class Ref(NamedTuple):
    """One sealed item of one case."""

    case_id: str
    item: str
    n: int

    def __str__(self) -> str:
        return f"{self.case_id}/{self.item}/{self.n}"


def check_case_id(case_id: str) -> None:
    """Refuse what cannot be a case id (`ContentRefused`)."""
    if not _CASE_ID.fullmatch(case_id):
        raise ContentRefused("a case id is 1 to 100 letters, digits, dots, dashes or underscores")


def check_item(case_id: str, item: str) -> None:
    """Refuse what cannot be an item's name; the name is not repeated, as it might be content."""
    if not _ITEM.fullmatch(item):
        raise ContentRefused(f"case {case_id}: an item's name is a word of a-z, 0-9 and _, at most 64 long")


def parse_ref(text: str) -> Ref:
    """Read a reference; what is not one cannot exist (`ItemMissing`)."""
    case_id, _, rest = text.partition("/")
    item, _, n = rest.partition("/")
    if not (_CASE_ID.fullmatch(case_id) and _ITEM.fullmatch(item) and _COUNT.fullmatch(n)):
        raise ItemMissing("not a reference of the form <case>/<item>/<n>")
    return Ref(case_id, item, int(n))


def ref_of_case(case_id: str, text: str) -> Ref:
    """Read a reference that must belong to this case; another case's item is not there to be found."""
    ref = parse_ref(text)
    if ref.case_id != case_id:
        raise ItemMissing(f"{ref} is not an item of case {case_id}")
    return ref
