"""A platform of a test's own: started as a child, to be killed, paused, wiped and started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from huiyin.cli.idle import until_idle
from huiyin.cli.stacks import read_runtime
from huiyin.client.platform import Platform
from tests.servers import PATIENCE_S, eventually, state_path

STOP_LIMIT_S = 30.0
COMMAND_LIMIT_S = 90.0
OFFICE = ("po1", "clerk", "c1")
UNIT = ("b1", "handler", "h1")
UNITS = (
    {
        "unit_id": "po1",
        "name": "云岭区信访局",
        "kind": "petition_office",
        "level": "county",
        "division": "990101",
        "organ_code": "YL01",
    },
    {
        "unit_id": "b1",
        "name": "云岭区住建局",
        "kind": "competent",
        "level": "county",
        "division": "990101",
        "organ_code": "YL02",
        "parent_unit_id": "po1",
    },
)


def huiyin(*words: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, as a stranger's shell would."""
    return subprocess.run(
        [sys.executable, "-m", "huiyin.cli.main", *words],
        capture_output=True,
        text=True,
        timeout=COMMAND_LIMIT_S,
        env={**os.environ, **(environment or {})},
        check=False,
        cwd="/",
    )


PROGRAM: Sequence[str] = (sys.executable, "-m", "huiyin.cli.main")
"""The command line of the product; a test may run its own, which wraps it."""


@dataclass
class RunningPlatform:
    """`huiyin up` on a state directory. It may be ended and started again with the same options."""

    state: Path
    options: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    program: Sequence[str] = PROGRAM

    async def start(self) -> None:
        """Start it and wait until it says that it is ready. Starting a running one changes nothing."""
        if self.process is not None:
            self._expect_alive()
            return
        command = [*self.program, "up", "--state", str(self.state), *self.options]
        with (self.state / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                start_new_session=True,
                cwd="/",
            )
        await eventually(self._started)

    def _started(self) -> bool:
        self._expect_alive()
        assert self.process is not None
        found = read_runtime(self.state)
        return bool(found.get("ready")) and found["pids"]["services"] == self.process.pid

    def _expect_alive(self) -> None:
        assert self.process is not None
        code = self.process.poll()
        if code is not None:
            self.process = None
            pytest.fail(f"the platform ended with code {code}: {(self.state / 'up.log').read_text()[-2000:]}")

    def stop(self) -> int:
        """Ask it to end; returns its exit code."""
        return self.end(signal.SIGTERM)

    def down(self) -> None:
        """`huiyin down`; whoever says that it has stopped has stopped."""
        done = self.command("down")
        assert done.returncode == 0, done.stderr
        process, self.process = self.process, None
        assert process is not None
        assert process.wait(STOP_LIMIT_S) == 0

    def kill(self) -> None:
        """End it as a crash would; its children are left to themselves."""
        self.end(signal.SIGKILL)

    def end(self, number: signal.Signals) -> int:
        """Send the signal and collect the process; one that does not end in time fails the test."""
        process, self.process = self.process, None
        if process is None:
            return 0
        process.send_signal(number)
        try:
            return process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            pytest.fail(f"the platform did not end within {STOP_LIMIT_S:.0f} s of {number.name}")

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`huiyin WORDS --state …`."""
        return huiyin(*words, "--state", str(self.state))

    def status(self) -> dict[str, Any]:
        """What `huiyin status --json` prints."""
        done = self.command("status", "--json")
        assert done.returncode == 0, done.stderr
        shown: dict[str, Any] = json.loads(done.stdout)
        return shown

    @property
    def runtime(self) -> dict[str, Any]:
        """What the platform itself has written down: with the owner's DSN and every process id."""
        return read_runtime(self.state)

    def secret(self, name: str) -> str:
        """One of the installation's secrets, as whoever broke into it would read it."""
        return (self.state / "secrets" / name).read_text().strip()

    def services(self) -> dict[str, dict[str, Any]]:
        """The status of every service, by name."""
        with Platform(self.runtime["http"]) as platform:
            return {each["service"]: each for each in platform.status()}

    async def until_idle(self) -> None:
        """Wait until nothing is left to do, without holding up the test's own event loop."""
        with Platform(self.runtime["http"]) as client:
            assert await asyncio.to_thread(until_idle, client, PATIENCE_S), client.busy()

    def notices(self) -> list[Path]:
        """Every notice that was handed over."""
        return sorted((self.state / "notices" / "maildir" / "new").glob("*"))

    def logs(self) -> dict[str, str]:
        """Everything that was written for operators."""
        files = [self.state / "up.log", *(self.state / "logs").glob("*")]
        return {file.name: file.read_text(errors="replace") for file in files}


@contextmanager
def platform(*options: str, environment: Mapping[str, str] | None = None) -> Iterator[RunningPlatform]:
    """A platform not yet started, in a directory of its own; ended, with all that it left, when the block ends."""
    with state_path() as path:
        running = RunningPlatform(path, options, environment or {})
        try:
            yield running
        finally:
            running.stop()
            for pid in using(path):
                os.kill(pid, signal.SIGKILL)


def using(state: Path) -> list[int]:
    """Living processes whose command line names the state directory."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        words = " ".join(process.info["cmdline"] or ())
        if str(state) in words and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process.pid)
    return found


async def found_units(base: str) -> str:
    """A petition office and a competent unit; returns the position at which both are known."""
    position = ""
    async with httpx.AsyncClient(base_url=base, trust_env=False) as http:
        for unit in UNITS:
            answer = await http.post("/routing/v1/units", json=unit, headers=actor(OFFICE))
            assert answer.is_success, answer.text
            position = answer.json()["position"]
    return position


def actor(who: tuple[str, str, str]) -> dict[str, str]:
    """The header that says who acts."""
    return {"Huiyin-Actor": ";".join(who)}
