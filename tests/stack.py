"""The whole platform in a child process, for tests that speak to it as the world does: through HTTP."""

import asyncio
import contextlib
import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from chassis.embedded.state import StateDirectory
from huiyin.cli.idle import until_idle
from huiyin.client.platform import Platform
from tests import servers

IDLE_LIMIT_S = 60.0
"""Only a failing test waits that long."""

CHILD = """
import asyncio, json, sys
from pathlib import Path
from chassis.stack import running_stack

async def main():
    async with running_stack(Path(sys.argv[1]), **json.loads(sys.argv[2])) as running:
        print(json.dumps({"http": running.http}), flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""
"""Runs a stack until its standard input is closed, so that it never outlives the tests."""

PETITION = {
    "channel": "web",
    "title": "路灯不亮",
    "text": "小区门口的路灯坏了三个月，晚上看不见路。",
    "petitioner": {"name": "张某", "contact": "000-0000-0000"},
}


@dataclass
class Stack:
    """A running platform. `http` has its base URL; `state` is its state directory; every test founds own units."""

    state: Path
    base_url: str
    http: httpx.Client
    client: Platform
    process: subprocess.Popen[str]
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def idle(self) -> None:
        """Wait until nothing is left to do; fails the test otherwise."""
        assert until_idle(self.client, IDLE_LIMIT_S), self.client.busy()

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """What the owner of the database is answered; in a thread, so that the tests' own loop goes on."""

        async def ask() -> list[tuple[Any, ...]]:
            connection = await asyncpg.connect(StateDirectory(self.state).read_runtime()["owner"])
            try:
                return [tuple(row) for row in await connection.fetch(statement)]
            finally:
                await connection.close()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(ask())).result()

    def found(self, name: str = "某单位", *, kind: str = "competent", **more: Any) -> str:
        """A new unit of the directory that intake and routing know; its id."""
        unit_id = f"unit-{next(self._numbers)}"
        body = {
            "unit_id": unit_id,
            "name": name,
            "kind": kind,
            "level": "county",
            "division": "990101",
            "organ_code": unit_id.replace("unit-", "T").upper(),
            **more,
        }
        answer = self.client.post("/routing/v1/units", body, actor=clerk(unit_id))
        for service in ("intake", "routing", "revisit"):
            self.wait(service, answer["position"])
        return unit_id

    def offices(self) -> tuple[str, str]:
        """A petition office and a competent unit, both new."""
        office = self.found("云岭区信访局", kind="petition_office")
        return office, self.found("云岭区住建局", parent_unit_id=office)

    def wait(self, service: str, position: str) -> None:
        """Until a service has applied a position of another."""
        answer = self.http.get(f"/{service}/v1/status", headers={"Huiyin-After": position})
        assert answer.status_code == 200, answer.text

    def receive(self, office: str, **more: Any) -> dict[str, Any]:
        """A petition handed in on the web; its receipt."""
        body = {**PETITION, "receiver_unit_id": office, **more}
        receipt: dict[str, Any] = self.client.post("/intake/v1/cases", body)
        return receipt

    def command(self, service: str, case_id: str, name: str, unit: str, **body: Any) -> dict[str, Any]:
        """A command about a case, given by a clerk of a unit; what was recorded."""
        path = f"/{service}/v1/cases/{case_id}/{name}"
        recorded: dict[str, Any] = self.client.post(path, body, actor=clerk(unit))
        return recorded

    def classified(self, office: str, competent: str) -> dict[str, Any]:
        """A case received, registered and classified; its receipt."""
        receipt = self.receive(office)
        self.command("intake", receipt["case_id"], "register-case", office)
        says = {"category": "claim", "subject": "城乡建设", "competent_unit_id": competent}
        self.command("intake", receipt["case_id"], "classify-case", office, **says)
        return receipt

    def answered(self, office: str, competent: str) -> dict[str, Any]:
        """A case whose opinion was served; its receipt."""
        receipt = self.classified(office, competent)
        case_id = receipt["case_id"]
        self.command("routing", case_id, "transfer-case", office, to_unit_id=competent)
        self.command("routing", case_id, "accept-case", competent)
        said = {"outcome": "supported", "text": "路灯已经修复。"}
        served = self.command("routing", case_id, "serve-opinion", competent, **said)
        self.wait("revisit", served["position"])
        return receipt


def clerk(unit: str) -> str:
    """The header that says that a clerk of this unit acts."""
    return f"{unit};clerk;c1"


@contextlib.contextmanager
def stack(**options: Any) -> Iterator[Stack]:
    """A platform of its own, in a new state directory; ended with the block. Options as of `running_stack`."""
    with servers.state_path() as state:
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(state), json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
        )
        try:
            assert child.stdout is not None
            said = child.stdout.readline()
            assert said, "the platform did not start"
            base_url = json.loads(said)["http"]
            with (
                httpx.Client(base_url=base_url, timeout=60, trust_env=False) as http,
                Platform(base_url) as client,
            ):
                yield Stack(state, base_url, http, client, child)
        finally:
            _end(child)


def _end(child: subprocess.Popen[str]) -> None:
    try:
        child.communicate(timeout=servers.PATIENCE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
