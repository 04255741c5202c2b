"""Historical facts: brought in through `POST /<service>/v1/imports`, once for ever, marked as imported."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ledger.envelopes import Recorded, recorded
from ledger.lines import Append, IdempotencyKey, NewLine, Serials
from ledger.refusal import Refusal

from chassis.http.problems import Problem
from chassis.workplace import Workplace

MAX_CASES = 200
"""Cases in one request: a few hundred milliseconds of work, and small enough to be sent again."""

PRINCIPAL = "import"


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


async def bring_in(workplace: Workplace, mapping: str, cases: Sequence[Brought]) -> Sequence[Imported]:
    """Record the cases, numbers being given in their order; what is known already is answered from the ledger."""
    # Each append joins the queue of the ledger when its task begins, and tasks begin in order.
    tasks = [asyncio.ensure_future(_bring(workplace, mapping, each)) for each in cases]
    return await asyncio.gather(*tasks)


async def _bring(workplace: Workplace, mapping: str, each: Brought) -> Imported:
    content = json.dumps(each.content, ensure_ascii=False, sort_keys=True).encode()
    key = IdempotencyKey(PRINCIPAL, mapping, each.key, sha256(content).digest(), forever=True)
    try:
        if each.registers:
            append = Append(registers=each.registers, build=each.build, idempotency=key)
        else:
            append = Append(lines=each.build({}), idempotency=key)
        appended = await workplace.ledger.append(append)
    except Refusal as refusal:
        return Imported(each.key, refusal=refusal.message)
    lines = await workplace.ledger.read(appended.first_position - 1, appended.count)
    return Imported(each.key, [recorded(line) for line in lines], known=appended.replayed)
