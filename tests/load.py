"""Load: clerks who walk cases down the straight road through HTTP, and remember every receipt they were given."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

import httpx

from tests.platforms import OFFICE, UNIT, actor
from tests.servers import PATIENCE_S

CLERKS = 4
"""Each waits for its answers, so this bounds what is in flight."""

PAUSE_S = 0.08
"""Between two acts of a clerk: some forty acts a second in all, leaving the machine to the servers."""

RETRY_S = 0.1
REQUEST_LIMIT_S = 10.0
PASSING = frozenset({502, 503, 504})

NOTICES_OF_A_CASE = 4
"""Receipt, acceptance, opinion, closing."""


class Unexpected(AssertionError):
    """An answer that no restart and no retry explains."""


@dataclass(frozen=True)
class Receipt:
    """What a petitioner was given: from then on the petition exists."""

    case_id: str
    receipt_number: str
    position: int
    hash: str


@dataclass
class Load:
    """The acts of all clerks, and what was acknowledged."""

    base: str
    after: str
    text: str = "路灯坏了三个月，晚上看不见路。"
    name: str = "张某"
    receipts: list[Receipt] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    said: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    """Every act that was acknowledged: its key, its path, the answer."""
    acts: int = 0
    retries: int = 0
    clerks: list[asyncio.Task[None]] = field(default_factory=list)
    _key: str = field(default_factory=lambda: token_hex(4))
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _stopping: bool = False

    async def walk(self) -> None:
        """One clerk, case after case, until the load is to stop. A begun case is finished."""
        async with httpx.AsyncClient(base_url=self.base, timeout=REQUEST_LIMIT_S, trust_env=False) as http:
            while not self._stopping:
                await self.case(http)

    async def case(self, http: httpx.AsyncClient) -> str:
        """One case from its receipt to its closing; returns its id."""
        petition = {
            "channel": "web",
            "receiver_unit_id": "po1",
            "title": "路灯不亮",
            "text": self.text,
            "petitioner": {"name": self.name, "contact": "000-0000-0000"},
        }
        given = await self.act(http, "/intake/v1/cases", petition, after=self.after)
        case_id: str = given["case_id"]
        position = int(given["position"].partition(":")[2])
        self.receipts.append(Receipt(case_id, given["receipt_number"], position, given["hash"]))
        for path, body, who in steps(case_id):
            given = await self.act(http, path, body, who, after=given["position"])
        self.closed.append(case_id)
        return case_id

    async def act(
        self, http: httpx.AsyncClient, path: str, body: Any, who: Any = OFFICE, *, after: str
    ) -> dict[str, Any]:
        """One act, asked for again under the same key until it is acknowledged."""
        key = f"{self._key}-{next(self._numbers)}"
        headers = {**actor(who), "Idempotency-Key": key, "Huiyin-After": after}
        limit = asyncio.get_running_loop().time() + 2 * PATIENCE_S
        while True:
            try:
                answer = await http.post(path, json=body, headers=headers)
            except httpx.TransportError as error:
                trouble = repr(error)
            else:
                if answer.is_success:
                    self.acts += 1
                    given: dict[str, Any] = answer.json()
                    self.said.append((key, path, given))
                    await asyncio.sleep(PAUSE_S)
                    return given
                trouble = f"{answer.status_code} {answer.text}"
                if answer.status_code not in PASSING and "concurrent-change" not in trouble:
                    raise Unexpected(f"{path}: {trouble}")
            if asyncio.get_running_loop().time() > limit:
                raise Unexpected(f"{path} was never acknowledged: {trouble}")
            self.retries += 1
            await asyncio.sleep(RETRY_S)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let it run on until something holds; fails the test if it does not."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                for clerk in self.clerks:
                    if clerk.done():
                        clerk.result()
                await asyncio.sleep(RETRY_S)

    async def more(self, receipts: int) -> None:
        """Let it run on until so many more petitions were received."""
        wanted = len(self.receipts) + receipts
        await self.until(lambda: len(self.receipts) >= wanted)

    def stop(self) -> None:
        """No more cases; those begun are finished."""
        self._stopping = True


def steps(case_id: str) -> list[tuple[str, dict[str, Any], tuple[str, str, str]]]:
    """The acts upon a case after its receipt: path, body, who."""
    call = {
        "reach": "reached",
        "contacted": "yes",
        "reply_received": "yes",
        "promise_kept": "yes",
        "satisfied": "yes",
    }
    claim = {"category": "claim", "subject": "城乡建设", "competent_unit_id": "b1"}
    return [
        (f"/intake/v1/cases/{case_id}/register-case", {}, OFFICE),
        (f"/intake/v1/cases/{case_id}/classify-case", claim, OFFICE),
        (f"/routing/v1/cases/{case_id}/transfer-case", {"to_unit_id": "b1"}, OFFICE),
        (f"/routing/v1/cases/{case_id}/accept-case", {}, UNIT),
        (
            f"/routing/v1/cases/{case_id}/serve-opinion",
            {"outcome": "supported", "text": "已修复。"},
            UNIT,
        ),
        (f"/revisit/v1/cases/{case_id}/record-call-back", call, OFFICE),
        (f"/revisit/v1/cases/{case_id}/close-case", {}, OFFICE),
    ]


@asynccontextmanager
async def under_load(base: str, after: str, clerks: int = CLERKS) -> AsyncIterator[Load]:
    """Clerks at work while the block runs. At its end they finish their cases; what none may see fails the test."""
    load = Load(base, after)
    load.clerks += [asyncio.create_task(load.walk()) for _ in range(clerks)]
    try:
        yield load
        load.stop()
        await asyncio.gather(*load.clerks)
    finally:
        for each in load.clerks:
            each.cancel()
        await asyncio.gather(*load.clerks, return_exceptions=True)
