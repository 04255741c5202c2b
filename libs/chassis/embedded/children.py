"""One child process: started so that it cannot outlive us, watched without threads, ended by its id."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from chassis.embedded import processes
from chassis.embedded.account import Account
from chassis.embedded.errors import ServerDidNotStart
from chassis.embedded.files import PRIVATE_FILE

START_LIMIT_S = 120.0
"""Recovery after a crash replays at most one checkpoint's log; on a slow, busy disk that may take a minute.
"""

STOP_LIMIT_S = 30.0
"""How long a server may take to end in good order before it is killed; both recover from being killed."""

EXIT_POLL_S = 0.1
"""Only where the system has no pidfd (macOS): how often we look whether a child has ended."""

LOG_LIMIT_BYTES = 10 * 1024 * 1024
"""A log longer than this is set aside at the next start, replacing the one set aside before."""

LOG_TAIL_BYTES = 2_000

_TRAMPOLINE = Path(__file__).with_name("trampoline.py")

_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "GOMEMLIMIT", "GOMAXPROCS")
"""All that a server sees of our environment: variables such as PGOPTIONS or PGPORT would change what it
does.
"""


class Child:
    """A running child. ``name`` is for messages only."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self.name = name
        self.log = log
        self._process = process

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        folder: Path,
        on_parent_death: signal.Signals = signal.SIGTERM,
        account: Account | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Self:
        """Start ``command`` in ``folder`` in a session of its own, its output appended to ``log``.

        On Linux it gets ``on_parent_death`` when the *thread* that calls this ends: call it from the thread
        that lives as long as the program. With an ``account`` it gives up all rights of this user first.
        """
        _set_aside(log)
        uid, gid = (account.uid, account.gid) if account else (-1, -1)
        trampoline = [sys.executable, "-I", "-S", str(_TRAMPOLINE)]
        identity = [str(os.getpid()), str(int(on_parent_death)), str(uid), str(gid)]
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
        try:
            process = subprocess.Popen(
                [*trampoline, *identity, *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                cwd=folder,
                env=_environment(environment or {}),
                start_new_session=True,
                umask=0o077,
            )
        finally:
            os.close(descriptor)
        return cls(name, process, log)

    @property
    def pid(self) -> int:
        """The server's process id; it stays valid until ``alive`` has been False or ``exited`` has
        returned.
        """
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it lives; negative if a signal ended it."""
        return self._process.poll()

    def alive(self) -> bool:
        """Whether it still runs. Asking collects a dead child, so a zombie never counts."""
        return self.exit_code is None

    async def exited(self) -> int:
        """Wait until it has ended; returns the exit code. May be awaited by several."""
        while self.alive():
            if hasattr(os, "pidfd_open"):
                await _readable_once(self.pid)
            else:
                await asyncio.sleep(EXIT_POLL_S)
        return self._process.wait()

    async def stop(self, number: signal.Signals = signal.SIGTERM, *, limit_s: float = STOP_LIMIT_S) -> None:
        """Ask it to end, and kill it when it has not after ``limit_s`` seconds. Ending twice changes
        nothing.
        """
        if self.alive():
            self._process.send_signal(number)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.exited(), limit_s)
        self.kill()
        await self.exited()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal; nothing happens if it has ended."""
        if self.alive():
            self._process.send_signal(number)

    def kill(self) -> None:
        """End it at once, without waiting for its end."""
        if self.alive():
            self._process.kill()

    def log_tail(self) -> str:
        """The last lines it wrote."""
        return _tail(self.log)

    def did_not_start(self, why: str) -> ServerDidNotStart:
        """The error for a caller who waited for this child to be ready."""
        return ServerDidNotStart(f"{self.name} {why}. The end of {self.log}:\n{self.log_tail()}")


async def end_leftovers(
    program: str, path: Path, first: signal.Signals, *, limit_s: float = STOP_LIMIT_S
) -> None:
    """End what an earlier run left behind: processes of ``program`` that still use ``path``.

    The caller owns the state directory, so nobody else can be using it rightly.
    """
    await processes.end(processes.using(program, path), first=first, patience_s=limit_s)


async def _readable_once(pid: int) -> None:
    """Wait for a child to end, by its pidfd. It is not collected meanwhile, so the id is its own."""
    try:
        descriptor = os.pidfd_open(pid)
    except OSError:
        await asyncio.sleep(EXIT_POLL_S)
        return
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_reader(descriptor, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**passed, "LC_ALL": "C", "TZ": "UTC", **more}


def _set_aside(log: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".old.log"))


def _tail(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - LOG_TAIL_BYTES))
            return file.read().decode(errors="replace").strip()
    except FileNotFoundError:
        return ""
