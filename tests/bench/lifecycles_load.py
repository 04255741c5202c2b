"""The load of the rows lifecycles.*, in a process of its own: clerks who walk cases down the straight road.

`python -m tests.bench.lifecycles_load BASE AFTER CLERKS` works until its standard input ends, finishes the cases
that were begun, and prints one line of JSON: {"closed", "requests", "retries", "cpu_s"}.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import uvloop

from tests.bench.lean_http import SUCCESS, LeanHttp
from tests.load import PASSING, steps
from tests.platforms import OFFICE

RETRY_S = 0.05
MOST_RETRIES = 200
"""Ten seconds of one act: then something is broken, and no figure is worth anything."""

PETITION = json.dumps(
    {
        "channel": "web",
        "receiver_unit_id": "po1",
        "title": "路灯不亮",
        "text": "路灯坏了三个月，晚上看不见路。",
        "petitioner": {"name": "张某", "contact": "000-0000-0000"},
    },
    ensure_ascii=False,
).encode()
_CASE = "CASE"
ROAD = [
    (path, json.dumps(body, ensure_ascii=False).encode(), ";".join(who)) for path, body, who in steps(_CASE)
]
"""Written once: the generator is to cost little."""


@dataclass
class Clerks:
    """All who walk cases, each on a connection of his own."""

    host: str
    port: int
    after: str
    stopping: bool = False
    closed: int = 0
    requests: int = 0
    retries: int = 0
    latencies_ms: dict[str, list[float]] = field(default_factory=dict)
    """By the name of the act, without the waits before another try."""
    key: str = field(default_factory=lambda: token_hex(4))

    async def walk(self) -> None:
        """One clerk, case after case. A begun case is finished."""
        http = await LeanHttp.connect(self.host, self.port)
        while not self.stopping:
            given = await self._act(http, "/intake/v1/cases", PETITION, ";".join(OFFICE), self.after)
            case_id = given["case_id"]
            for path, body, who in ROAD:
                given = await self._act(http, path.replace(_CASE, case_id), body, who, given["position"])
            self.closed += 1
        http.close()

    async def _act(self, http: LeanHttp, path: str, body: bytes, who: str, after: str) -> Any:
        """One act, asked for again under the same key while somebody else is in the way."""
        self.requests += 1
        key = f"{self.key}-{self.requests}"
        headers = f"Huiyin-Actor: {who}\r\nIdempotency-Key: {key}\r\nHuiyin-After: {after}\r\n"
        for _ in range(MOST_RETRIES):
            begin = time.perf_counter()
            status, said = await http.post(path, headers, body)
            took_ms = round((time.perf_counter() - begin) * 1000, 2)
            self.latencies_ms.setdefault(path.rpartition("/")[2], []).append(took_ms)
            if status in SUCCESS:
                return said
            if status not in PASSING and "concurrent-change" not in str(said):
                raise AssertionError(f"{path}: {status} {said}")
            self.retries += 1
            await asyncio.sleep(RETRY_S)
        raise AssertionError(f"{path} was never acknowledged: {said}")


async def main(base: str, after: str, count: int) -> None:
    """Work until standard input ends."""
    address = urlsplit(base)
    clerks = Clerks(address.hostname or "", address.port or 0, after)
    work = asyncio.gather(*(clerks.walk() for _ in range(count)))
    loop = asyncio.get_running_loop()
    until = loop.run_in_executor(None, sys.stdin.read)
    await asyncio.wait({work, until}, return_when=asyncio.FIRST_COMPLETED)
    clerks.stopping = True
    await work
    said = {
        "closed": clerks.closed,
        "requests": clerks.requests,
        "retries": clerks.retries,
        "cpu_s": time.process_time(),
        "latencies_ms": clerks.latencies_ms,
    }
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
