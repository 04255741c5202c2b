"""Seeded clerks who walk cases down the straight road through HTTP, and note every act: asked, answered, unknown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import httpx

from chassis.clock import WallClock
from tests.faults.nemesis.history import History
from tests.load import PASSING, steps
from tests.platforms import OFFICE, actor

CLERKS = 4
PAUSE_S = 0.12
"""Between two acts of a clerk; the machine belongs to the servers."""

RETRY_S = 0.25
REQUEST_LIMIT_S = 8.0
"""After this an act is unknown: it may have been done."""

PATIENCE_S = 150.0
"""An act that is not acknowledged within this time, faults and all, is given up; healed, the platform answers."""

GIVES_UP = 0.05
"""Share of unknown outcomes after which a clerk never asks again: the act may have been done or not."""
ASKS_AGAIN = 0.08
"""Share of acknowledged acts that are asked for once more under the same key: the answer must be the same."""
READS = 0.25
"""Share of acts after which the clerk looks at the case, naming what it has seen."""
ON_PAPER = 0.4
"""Share of petitions that arrived on paper, days or months ago: their deadlines are due, or over, at once."""
OLDEST_DAYS = 150

LINES = ("路灯坏了三个月，晚上看不见路。", "小区门口道路坑洼，雨天积水。", "医保报销迟迟没有答复。")


class GivenUp(Exception):
    """The clerk turns to another case."""


@dataclass
class Clerk:
    """One clerk, with dice of its own."""

    name: str
    base: str
    after: str
    dice: Random
    history: History
    stopping: asyncio.Event
    acts: int = 0

    async def work(self) -> None:
        """Case after case until it is to stop; a begun case is finished."""
        async with httpx.AsyncClient(base_url=self.base, timeout=REQUEST_LIMIT_S, trust_env=False) as http:
            while not self.stopping.is_set():
                try:
                    await self._case(http)
                except GivenUp:
                    continue

    async def _case(self, http: httpx.AsyncClient) -> None:
        given = await self._act(
            http, "/intake/v1/cases", self._petition(), OFFICE, case=None, after=self.after
        )
        case_id: str = given["case_id"]
        seen = [given["position"]]
        for path, body, who in steps(case_id):
            given = await self._act(http, path, body, who, case=case_id, after=",".join(seen))
            seen.append(given["position"])
            if self.dice.random() < READS:
                await self._look(http, case_id, seen)
        self.history.note(type="closed", clerk=self.name, case=case_id)

    def _petition(self) -> dict[str, Any]:
        petition = {
            "channel": "web",
            "receiver_unit_id": "po1",
            "title": "路灯不亮",
            "text": self.dice.choice(LINES),
            "petitioner": {"name": "张某", "contact": "000-0000-0000"},
        }
        if self.dice.random() < ON_PAPER:
            days = self.dice.randint(2, OLDEST_DAYS)
            petition |= {
                "channel": "letter",
                "received_at": (WallClock().now() - timedelta(days=days)).isoformat(),
            }
        return petition

    async def _act(
        self, http: httpx.AsyncClient, path: str, body: Any, who: Any, *, case: str | None, after: str
    ) -> dict[str, Any]:
        """One act, asked for until it is acknowledged or given up."""
        self.acts += 1
        act = f"{self.name}-{self.acts}"
        headers = {**actor(who), "Idempotency-Key": act, "Huiyin-After": after}
        about = {"act": act, "clerk": self.name, "path": path, "case": case}
        limit = asyncio.get_running_loop().time() + PATIENCE_S
        while True:
            self.history.note(type="invoke", **about)
            answer, trouble = await self._ask(http, path, body, headers)
            if answer is not None:
                self.history.note(type="ok", value=answer, **about)
                await self._ask_again(http, path, body, headers, about)
                await asyncio.sleep(self.dice.uniform(0, 2 * PAUSE_S))
                return answer
            if trouble.startswith("refused"):
                self.history.note(type="fail", trouble=trouble, **about)
                raise GivenUp
            self.history.note(type="info", trouble=trouble, **about)
            if asyncio.get_running_loop().time() > limit:
                self.history.note(type="given-up", trouble="not acknowledged in time", **about)
                raise GivenUp
            if self.dice.random() < GIVES_UP and not self.stopping.is_set():
                raise GivenUp
            await asyncio.sleep(RETRY_S)

    async def _ask(
        self, http: httpx.AsyncClient, path: str, body: Any, headers: dict[str, str]
    ) -> tuple[dict[str, Any] | None, str]:
        """(answer, "") or (None, what is wrong: `unknown` or `refused`, and why)."""
        try:
            async with asyncio.timeout(2 * REQUEST_LIMIT_S):
                answer = await http.post(path, json=body, headers=headers)
        except (httpx.HTTPError, TimeoutError) as error:
            return None, f"unknown: {type(error).__name__}"
        if answer.is_success:
            return answer.json(), ""
        passing = answer.status_code in PASSING or "concurrent-change" in answer.text
        return None, f"{'unknown' if passing else 'refused'}: {answer.status_code} {answer.text[:300]}"

    async def _ask_again(
        self, http: httpx.AsyncClient, path: str, body: Any, headers: dict[str, str], about: dict[str, Any]
    ) -> None:
        if self.dice.random() >= ASKS_AGAIN:
            return
        answer, trouble = await self._ask(http, path, body, headers)
        if answer is not None:
            self.history.note(type="ok", value=answer, again=True, **about)
        elif trouble.startswith("refused"):
            self.history.note(type="fail", trouble=trouble, again=True, **about)

    async def _look(self, http: httpx.AsyncClient, case: str, seen: list[str]) -> None:
        """The case as audit shows it to somebody who says what he has seen."""
        try:
            async with asyncio.timeout(2 * REQUEST_LIMIT_S):
                answer = await http.get(f"/audit/v1/cases/{case}", headers={"Huiyin-After": ",".join(seen)})
        except (httpx.HTTPError, TimeoutError):
            return
        if answer.is_success:
            shown = [f"{each['service']}:{each['position']}" for each in answer.json()["timeline"]]
            self.history.note(type="read", clerk=self.name, case=case, seen=list(seen), shown=shown)
        elif answer.status_code not in PASSING:
            self.history.note(type="fail", clerk=self.name, case=case, path="read", trouble=answer.text[:300])


@dataclass
class Workload:
    """All clerks."""

    history: History
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    clerks: list[asyncio.Task[None]] = field(default_factory=list)

    async def finish(self) -> None:
        """No more cases; those begun are finished."""
        self.stopping.set()
        await asyncio.gather(*self.clerks)


@asynccontextmanager
async def at_work(
    base: str, after: str, seed: int, history: History, clerks: int = CLERKS
) -> AsyncIterator[Workload]:
    """Clerks at work while the block runs; `finish()` lets them end in good order."""
    work = Workload(history)
    for number in range(clerks):
        dice = Random(f"{seed}-{number}")
        clerk = Clerk(f"s{seed}c{number}", base, after, dice, history, work.stopping)
        work.clerks.append(asyncio.create_task(clerk.work()))
    try:
        yield work
    finally:
        for each in work.clerks:
            each.cancel()
        await asyncio.gather(*work.clerks, return_exceptions=True)
