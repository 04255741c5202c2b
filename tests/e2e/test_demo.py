"""The main job, as a stranger runs it: `huiyin demo` ends well, says the same every time, and leaves nothing running."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from huiyin.cli.stacks import read_runtime
from huiyin.demo.show import MACHINE
from tests.platforms import huiyin, using
from tests.servers import eventually, state_path

CASES = 24
LIMIT_S = 240.0
"""Only a failing test waits that long."""

STATE = "demo"


@dataclass(frozen=True)
class Run:
    """A demonstration that has ended."""

    folder: Path
    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The figures that it wrote."""
        content: dict[str, Any] = json.loads((self.folder / "report.json").read_text())
        return content

    @property
    def lasting(self) -> list[str]:
        """What it printed, but for the lines about this machine."""
        return [line for line in self.out.splitlines() if not line.startswith(MACHINE)]


AT_A_TERMINAL = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, "-m", "huiyin.cli.main", *sys.argv[1:]])
"""
"""Ctrl-C counts, also where the tests run in the background of a script, whose children ignore it."""


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    """`huiyin demo` in a folder, with a state directory in it."""
    return subprocess.Popen(
        [sys.executable, "-c", AT_A_TERMINAL, "demo", "--cases", str(CASES), "--state", STATE, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def left_in(folder: Path) -> list[int]:
    """Living processes that name the folder, or that were started in it."""
    return [*using(folder), *(pid for pid in map(_number, Path("/proc").iterdir()) if _works_in(pid, folder))]


def _number(entry: Path) -> int:
    return int(entry.name) if entry.name.isdigit() else 0


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return pid != 0 and Path(os.readlink(f"/proc/{pid}/cwd")).is_relative_to(folder)
    except OSError:
        return False


@pytest.fixture(scope="module")
def runs() -> Iterator[list[Run]]:
    """Two runs side by side, each in a folder of its own."""
    with ExitStack() as closing:
        folders = [closing.enter_context(state_path()) for _ in range(2)]
        started = [start(folder, "--report", "report.json") for folder in folders]
        for process in started:
            closing.callback(process.kill)
        said = [process.communicate(timeout=LIMIT_S) for process in started]
        yield [
            Run(folder, process.returncode, *words)
            for folder, process, words in zip(folders, started, said, strict=True)
        ]


def test_the_demo_ends_well_and_leaves_nothing_running(runs: list[Run]) -> None:
    for run in runs:
        assert run.code == 0, run.err
        assert left_in(run.folder) == []


def test_the_demo_prints_the_same_every_time(runs: list[Run]) -> None:
    first, second = runs
    assert first.lasting == second.lasting
    assert len(first.lasting) > CASES
    ours = first.report
    theirs = second.report
    assert {**ours, "seconds": 0} == {**theirs, "seconds": 0}


def test_late_and_deemed_cases_are_among_those_of_the_demo(runs: list[Run]) -> None:
    report = runs[0].report
    assert report["cases"] == CASES
    assert sum(report["by_state"].values()) == CASES
    assert report["deemed"] == report["clocks"]["K3"]["missed"] > 0
    assert report["clocks"]["K5"]["missed"] > 0
    assert report["clocks"]["K1"]["missed"] > 0
    shown = "\n".join(runs[0].lasting)
    assert "视为受理 AcceptanceDeemed" in shown
    assert "逾期 DeadlineMissed" in shown


def test_every_ledger_of_the_demo_is_verified(runs: list[Run]) -> None:
    ledgers = {each["service"]: each for each in runs[0].report["ledgers"]}
    assert all(each["finding"] is None for each in ledgers.values())
    assert all(
        ledgers[name]["lines"] for name in ("intake", "routing", "oversight", "revisit", "notification")
    )
    assert runs[0].out.count("完整 intact") == len(ledgers)


def test_every_notice_of_the_demo_is_a_file(runs: list[Run]) -> None:
    written = list((runs[0].folder / STATE / "notices" / "maildir" / "new").iterdir())
    assert len(written) == runs[0].report["notices"] >= CASES


async def test_a_killed_demo_leaves_no_process_and_the_next_may_begin() -> None:
    with state_path() as folder:
        process = start(folder)
        try:
            await eventually(lambda: bool(read_runtime(folder / STATE).get("ready")))
            pids = read_runtime(folder / STATE)["pids"].values()
            process.send_signal(signal.SIGKILL)
            await asyncio.to_thread(process.communicate)
            await eventually(lambda: not any(_lives(pid) for pid in pids))
            process = start(folder)
            await eventually(lambda: bool(read_runtime(folder / STATE).get("ready")))
            said = await _interrupted(process)
            assert process.returncode == 130, said
            assert left_in(folder) == []
        finally:
            process.kill()


async def _interrupted(process: subprocess.Popen[str]) -> str:
    """Ctrl-C, once; what the process said on standard error."""
    process.send_signal(signal.SIGINT)
    return (await asyncio.to_thread(process.communicate))[1]


def test_a_directory_that_is_not_a_demos_stays_as_it_is() -> None:
    with state_path() as folder:
        (folder / "mine.txt").write_text("do not touch")
        done = huiyin("demo", "--cases", "1", "--state", str(folder))
        assert done.returncode == 1
        assert "stays as it is" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert [each.name for each in folder.iterdir()] == ["mine.txt"]


def _lives(pid: int) -> bool:
    from chassis.embedded.processes import alive

    return alive(pid)
