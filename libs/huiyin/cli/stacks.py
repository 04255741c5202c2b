"""Starting a platform for a command, finding the one that runs, and waiting for one that is just ending."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huiyin.cli.errors import Failure

START_LIMIT_S = 120.0
"""As long as PostgreSQL may need to recover on a slow disk."""

STOP_LIMIT_S = 60.0
"""Both servers may take 30 s to end in good order; then the supervisor kills them."""

STEP_S = 0.05

HELD = "held-by.json"
"""Which command a running stack belongs to, so that nobody relies on a stack that ends with its command."""


def start_detached(state: Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start `huiyin up` in the background and return when it answers. Raises Failure with its last words."""
    child = _launch(state, options)
    _until_ready(child, state)
    return child


@contextlib.contextmanager
def own_stack(state: Path, **options: Any) -> Iterator[dict[str, Any]]:
    """A platform of this command: started here, ended with the block, and with the command however it ends.

    `options` as those of `huiyin up` (allow_import, simulated, processes, port). Yields what `runtime` tells.
    Use it in the main thread. Raises Failure.
    """
    from chassis.embedded.files import write_json
    from chassis.embedded.processes import started_at

    if settled_runtime(state):
        raise Failure(f"a platform runs in {state} already: end it (huiyin down), or name another --state")
    child = _launch(state, options, tied=True)
    try:
        command = os.getpid()
        write_json(state / HELD, {"stack": child.pid, "pid": command, "started": started_at(command)})
        _until_ready(child, state)
        yield runtime(state)
    finally:
        _end(child)
        (state / HELD).unlink(missing_ok=True)


def read_runtime(state: Path) -> dict[str, Any]:
    """What a state directory says about its running stack; empty if nothing runs."""
    return _read(state)[1]


def runtime(state: Path) -> dict[str, Any]:
    """As read_runtime; raises Failure if nothing runs there."""
    found = read_runtime(state)
    if not found.get("ready"):
        raise Failure(f"nothing runs in {state}: start it with `huiyin up --state {state}`")
    return found


def settled_runtime(state: Path) -> dict[str, Any]:
    """As read_runtime, after waiting for a stack that is just starting, or ending with its killed command."""
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        owner, found = _read(state)
        if owner is None:
            return {}
        holder = _holder(state, owner)
        if holder is None and found.get("ready"):
            return found
        if holder:
            raise Failure(f"{state} is in use by another command (process {holder})")
        if holder == 0:  # Where the system has no parent-death signal, the orphan is still to be told.
            with contextlib.suppress(ProcessLookupError):
                os.kill(owner, signal.SIGTERM)
        time.sleep(STEP_S)
    raise Failure(f"process {owner} in {state} neither answers nor ends")


def _read(state: Path) -> tuple[int | None, dict[str, Any]]:
    from chassis.embedded.errors import EmbeddedError
    from chassis.embedded.state import StateDirectory

    try:
        directory = StateDirectory(state)
        owner = directory.owner() if state.exists() else None
        return owner, directory.read_runtime() if owner is not None else {}
    except EmbeddedError as error:
        raise Failure(str(error)) from error


def _holder(state: Path, owner: int) -> int | None:
    """The command a stack belongs to: its process id, 0 if it has died, None if the stack is its own."""
    from chassis.embedded.files import read_json
    from chassis.embedded.processes import alive

    held = read_json(state / HELD)
    if held.get("stack") != owner:
        return None
    pid: int = held["pid"]
    return pid if alive(pid, held.get("started")) else 0


def _launch(state: Path, options: dict[str, Any], *, tied: bool = False) -> subprocess.Popen[bytes]:
    """`huiyin up`, detached from the terminal; tied: it gets SIGTERM when this thread's process ends."""
    from chassis.embedded import trampoline

    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"the state directory {state} cannot be used: {error.strerror}") from error
    command = [sys.executable, "-m", "huiyin.cli.main", "up", "--state", str(state)]
    for name, value in options.items():
        flag = f"--{name.replace('_', '-')}"
        command += [flag] if value is True else [] if value is False else [flag, str(value)]
    if tied:
        tie = [str(os.getpid()), str(int(signal.SIGTERM)), "-1", "-1"]
        command = [sys.executable, "-I", "-S", trampoline.__file__, *tie, *command]
    with (state / "up.log").open("wb") as output:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )


def _until_ready(child: subprocess.Popen[bytes], state: Path) -> None:
    log = state / "up.log"
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        if child.poll() is not None:
            words = log.read_text(errors="replace").strip().splitlines()
            raise Failure((words[-1] if words else "the platform did not start").removeprefix("huiyin: "))
        found = read_runtime(state)
        if found.get("ready") and found.get("pids", {}).get("services") == child.pid:
            return
        time.sleep(STEP_S)
    _end(child)
    raise Failure(f"the platform did not start within {START_LIMIT_S:.0f} s; see {log}")


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
