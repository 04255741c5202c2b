"""The state directory: one owner, one kind of time, secrets that stay, and files that are whole."""

import os
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chassis.embedded import processes
from chassis.embedded.errors import StateInUse, StateUnusable, WrongMode
from chassis.embedded.state import StateDirectory
from tests.servers import eventually

OWN_AND_WAIT = """
import sys
from chassis.embedded.state import StateDirectory
with StateDirectory(sys.argv[1]).own("wall"):
    print("owned", flush=True)
    sys.stdin.read()
"""


def test_a_second_owner_is_told_who_the_first_is(state_path: Path) -> None:
    with StateDirectory(state_path).own("wall"), pytest.raises(StateInUse, match=rf"process {os.getpid()}\b"):
        StateDirectory(state_path).own("wall")


def test_a_directory_can_be_owned_again_after_its_release(state_path: Path) -> None:
    with StateDirectory(state_path).own("wall"):
        assert StateDirectory(state_path).owner() == os.getpid()
    assert StateDirectory(state_path).owner() is None
    with StateDirectory(state_path).own("wall") as again:
        assert again.owned


def test_a_killed_owner_frees_the_directory(state_path: Path) -> None:
    command = [sys.executable, "-c", OWN_AND_WAIT, str(state_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "owned\n"
        with pytest.raises(StateInUse, match=rf"process {other.pid}\b"):
            StateDirectory(state_path).own("wall")
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert StateDirectory(state_path).owner() is None
        with StateDirectory(state_path).own("wall") as mine:
            assert mine.owner() == os.getpid()


@pytest.mark.parametrize(("first", "second"), [("wall", "simulated"), ("simulated", "wall")])
def test_a_directory_refuses_the_other_kind_of_time(state_path: Path, first: str, second: str) -> None:
    with StateDirectory(state_path).own(first):  # type: ignore[arg-type]
        pass
    with pytest.raises(WrongMode, match=f"keeps {first} time and cannot be opened for {second} time"):
        StateDirectory(state_path).own(second)  # type: ignore[arg-type]
    with StateDirectory(state_path).own(first) as again:  # type: ignore[arg-type]
        assert again.mode() == first


def test_a_path_that_cannot_be_a_directory_is_refused_in_one_line(state_path: Path) -> None:
    file = state_path / "file"
    file.write_text("not a directory")
    with pytest.raises(StateUnusable, match="cannot be used") as refusal:
        StateDirectory(file / "state").own("wall")
    assert "\n" not in str(refusal.value)


def test_a_secret_is_created_once_even_by_racing_readers(state_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        seen = set(pool.map(lambda _: StateDirectory(state_path).secret("vault"), range(64)))
    assert len(seen) == 1
    assert len(bytes.fromhex(seen.pop())) == 32
    assert StateDirectory(state_path).secret("vault") != StateDirectory(state_path).secret("receipts")


def test_nothing_in_the_directory_can_be_read_by_others(state_path: Path) -> None:
    new = state_path / "new"
    with StateDirectory(new).own("wall") as state:
        state.secret("vault")
        state.write_runtime({"pids": [1]})
        state.ports.remember("http", 8080)
        for path in (new, *new.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_an_existing_directory_keeps_its_mode(state_path: Path) -> None:
    state_path.chmod(0o755)
    with StateDirectory(state_path).own("wall"):
        assert stat.S_IMODE(state_path.stat().st_mode) == 0o755


def test_runtime_is_read_while_it_is_written(state_path: Path) -> None:
    state = StateDirectory(state_path)
    state.write_runtime({"kept": True})
    writes = 200

    def write() -> None:
        for length in range(writes):
            state.update_runtime(pad="x" * length)

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(write)
        while not writer.done():
            assert StateDirectory(state_path).read_runtime()["kept"] is True
        writer.result()
    assert len(state.read_runtime()["pad"]) == writes - 1


async def test_a_zombie_is_not_alive() -> None:
    child = started("/bin/sh", "-c", "exit 0")
    try:
        await eventually(lambda: not processes.alive(child.pid))
        os.kill(child.pid, 0)  # It still has its id: a check by signal would call it alive.
    finally:
        child.wait()


def test_a_reused_process_id_is_another_process() -> None:
    started = processes.started_at(os.getpid())
    assert started is not None
    assert processes.alive(os.getpid(), started)
    assert not processes.alive(os.getpid(), started - 3600)


def started(*command: str) -> subprocess.Popen[bytes]:
    """A child that nobody waits for."""
    return subprocess.Popen(command)
