"""Historical facts: brought in through `POST /<service>/v1/imports`, once for ever, marked as imported."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from chassis.http.problems import Problem
from chassis.workplace import Workplace
from huiyin.common.v1.types import Sealed
from ledger.envelopes import OccurredTooLate, Recorded, recorded
from ledger.lines import Append, Conflict, IdempotencyKey, KeyReused, NewLine, Refused, Serials
from ledger.refusal import Refusal
from statute.errors import StatuteError
from vault.errors import ContentRefused, KeyShredded

MAX_CASES = 200
"""Cases in one request: a few hundred milliseconds of work, and small enough to be sent again."""

PRINCIPAL = "import"

_REFUSALS: Mapping[type[Exception], str] = {
    KeyReused: "此编号以前以不同内容导入过。 This id was imported before with other content.",
    Conflict: "此件已经存在。 This case exists already.",
    ContentRefused: "内容无法保密存放。 The vault cannot take the content.",
    KeyShredded: "此件内容已依法删除，不能再次导入。 The content of this case was erased for good.",
    Refused: "内容无法保存。 The content cannot be stored.",
    OccurredTooLate: "所记时间晚于现在。 A step lies in the future.",
    StatuteError: "无法计算期限。 No deadline can be computed:",
}
"""What of one case may be wrong, beside what its domain refuses: the other cases go on."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one case of an import: its events, or why it was refused."""

    key: str
    events: Sequence[Recorded[Any]] = ()
    known: bool = False
    refusal: str = ""

    @property
    def last_position(self) -> int:
        """Position of its last event; 0 if it was refused."""
        return self.events[-1].position if self.events else 0


@dataclass(frozen=True, slots=True)
class Brought:
    """One case to be brought in. `content` is what its key stands for; `build` makes its lines."""

    key: str
    content: Any
    build: Callable[[Serials], Sequence[NewLine]]
    registers: Sequence[str] = ()


def require_import(workplace: Workplace) -> None:
    """Raises a 403 problem unless the platform was started with --allow-import."""
    if not workplace.allow_import:
        raise Problem(
            403,
            "import-off",
            "未开启历史数据导入。",
            "Imports are off: start the platform with --allow-import.",
        )


def require_distinct(case_ids: Sequence[str]) -> None:
    """Raises a 422 problem if a request names a case twice."""
    if len(set(case_ids)) != len(case_ids):
        raise Problem(
            422, "import-twice", "同一请求中有重复的事项。", "A case comes once in a request: send it once."
        )


async def seal_each(
    workplace: Workplace, contents: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Mapping[str, Sealed] | Exception]:
    """The contents sealed, by case; or why those of one case cannot be."""
    now = workplace.clock.now()
    try:
        sealed = await workplace.vault.seal_many(contents.items(), at=now)
        return dict(zip(contents, sealed, strict=True))
    except (ContentRefused, KeyShredded):
        return {case_id: await _seal(workplace, case_id, items) for case_id, items in contents.items()}


async def _seal(
    workplace: Workplace, case_id: str, items: Mapping[str, str]
) -> Mapping[str, Sealed] | Exception:
    try:
        return await workplace.vault.seal(case_id, items, at=workplace.clock.now())
    except (ContentRefused, KeyShredded) as error:
        return error


async def bring_in(
    workplace: Workplace, mapping: str, cases: Sequence[Brought | Imported]
) -> Sequence[Imported]:
    """Record the cases, numbers being given in their order; what is known already is answered from the ledger.

    A case that was refused before is passed through. Raises LedgerUnavailable; repeating it is then safe.
    """
    # Each append joins the queue of the ledger when its task begins, and tasks begin in order.
    tasks = [asyncio.ensure_future(_bring(workplace, mapping, each)) for each in cases]
    return await asyncio.gather(*tasks)


def refused(key: str, error: Exception) -> Imported:
    """A case that was not taken, with the reason a clerk reads. Anything unforeseen is raised again."""
    match error:
        case Refusal():
            return Imported(key, refusal=error.message)
        case Problem():
            return Imported(key, refusal=str(error))
        case StatuteError():
            return Imported(key, refusal=f"{_REFUSALS[StatuteError]} {error}")
        case KeyReused() | Conflict() | Refused() | OccurredTooLate() | ContentRefused() | KeyShredded():
            return Imported(key, refusal=_REFUSALS[type(error)])
        case _:
            raise error


async def _bring(workplace: Workplace, mapping: str, each: Brought | Imported) -> Imported:
    if isinstance(each, Imported):
        return each
    content = json.dumps(each.content, ensure_ascii=False, sort_keys=True).encode()
    key = IdempotencyKey(PRINCIPAL, mapping, each.key, sha256(content).digest(), forever=True)
    try:
        append = Append(registers=each.registers, build=each.build, idempotency=key)
        appended = await workplace.ledger.append(append)
    except Exception as error:
        return refused(each.key, error)
    lines = await workplace.ledger.read(appended.first_position - 1, appended.count)
    return Imported(each.key, [recorded(line) for line in lines], known=appended.replayed)
