"""A bad command, file or port: one clear line, an exit code that is not 0, no traceback, nothing started."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chassis.embedded.ports import any_free
from tests.platforms import huiyin, using
from tests.servers import listening

if TYPE_CHECKING:
    from tests.e2e.conftest import Traced


def expect_refusal(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line for a person, on standard error."""
    assert done.returncode not in (0, None), done.stdout
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("huiyin: ")
    assert "Traceback" not in done.stdout + done.stderr
    assert "Error:" not in line, "the name of a class tells a person nothing"
    for word in words:
        assert word in line


@pytest.mark.parametrize("flags", [[], ["--detach"]], ids=["up", "up --detach"])
def test_a_port_in_use(state_path: Path, flags: list[str]) -> None:
    port = any_free()
    with listening(port):
        done = huiyin("up", "--port", str(port), "--state", str(state_path), *flags)
    expect_refusal(done, str(port), "--port")
    assert using(state_path) == []


@pytest.mark.parametrize("flags", [[], ["--detach"]], ids=["up", "up --detach"])
def test_a_state_directory_that_cannot_be_one(state_path: Path, flags: list[str]) -> None:
    file = state_path / "file"
    file.write_text("not a directory")
    for place in (file, file / "below", Path("/proc/nowhere")):
        expect_refusal(huiyin("up", "--state", str(place), *flags), str(place))


def test_the_other_kind_of_time(state_path: Path) -> None:
    (state_path / "mode").write_text("simulated\n")
    expect_refusal(huiyin("up", "--state", str(state_path)), "simulated", "wall")


def test_a_second_platform_in_the_same_directory(together: Traced) -> None:
    state = str(together.running.state)
    expect_refusal(huiyin("up", "--state", state), state, "huiyin down")
    expect_refusal(huiyin("up", "--detach", "--state", state), state, "huiyin down")
    expect_refusal(huiyin("up", "--simulated", "--state", state), state)
    assert together.running.status()["http"] == together.http


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "nosuch"),
        ("case", "show", "nosuch", "--as-of", "yesterday"),
        ("ledger", "verify", "--service", "nosuch"),
        ("projections", "rebuild", "nosuch"),
        ("import", "--mapping", "teddy-replies", "/no/such/file.csv"),
        ("nosuch",),
    ],
    ids=" ".join,
)
def test_something_unknown(together: Traced, words: tuple[str, ...]) -> None:
    state = [] if words == ("nosuch",) else ["--state", str(together.running.state)]
    expect_refusal(huiyin(*words, *state), words[-1])


def test_a_case_that_nobody_knows(together: Traced) -> None:
    done = huiyin("case", "show", "nosuch", "--state", str(together.running.state))
    expect_refusal(done, "没有这件信访事项")


@pytest.mark.parametrize(
    "words",
    [("status",), ("case", "list"), ("ledger", "verify"), ("bus", "status"), ("serve", "intake")],
    ids=" ".join,
)
def test_where_nothing_runs(state_path: Path, words: tuple[str, ...]) -> None:
    expect_refusal(huiyin(*words, "--state", str(state_path)), "nothing runs in")
