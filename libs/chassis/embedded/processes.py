"""Whether a process lives, whether it is still the same one, and how to end it by its id.

A process id alone proves nothing: it is reused, and a zombie still answers to signal 0. So a process is
named by its id and its start, and "alive" means that it can still do something.
"""

import asyncio
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil

STOP_POLL_S = 0.02
"""How often we look whether a process that is not our child has ended; there is no event for that."""

START_TOLERANCE_S = 2.0
"""Start times are derived from the boot time, which moves when the wall clock is set by NTP."""

_DEAD = frozenset({psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD})


def alive(pid: int, started: float | None = None) -> bool:
    """Whether ``pid`` runs (a zombie does not) and, if ``started`` is given, is the process that started
    then.
    """
    try:
        process = psutil.Process(pid)
        if process.status() in _DEAD:
            return False
        return started is None or abs(process.create_time() - started) <= START_TOLERANCE_S
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def started_at(pid: int) -> float | None:
    """When ``pid`` started, in seconds since 1970; None if it is gone."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return None


def using(program: str, path: Path) -> list[int]:
    """Living processes of ``program`` that were started with ``path`` as an argument or work in it."""
    return [process.pid for process in _named(program) if _uses(process, str(path))]


def _named(program: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter(["name", "status"]):
        if process.info["name"] == program and process.info["status"] not in _DEAD:
            yield process


def _uses(process: psutil.Process, path: str) -> bool:
    try:
        if path in process.cmdline():
            return True
        # A server process rewrites its command line, but never leaves its data directory.
        return process.cwd() == path
    except psutil.Error:
        return False


async def end(pids: Iterable[int], *, first: signal.Signals, patience_s: float) -> None:
    """End processes by id: ``first`` to each, SIGKILL to those still there after ``patience_s`` seconds.

    Returns when all are gone. Each is remembered by its start, so a reused id is never signalled.
    """
    targets = [(pid, started) for pid in pids if (started := started_at(pid)) is not None]
    _signal(targets, first)
    if not await _gone(targets, patience_s):
        _signal(targets, signal.SIGKILL)
        await _gone(targets, patience_s)


def _signal(targets: list[tuple[int, float]], number: signal.Signals) -> None:
    for pid, started in targets:
        if alive(pid, started):
            try:
                psutil.Process(pid).send_signal(number)
            except psutil.Error:
                continue


async def _gone(targets: list[tuple[int, float]], within_s: float) -> bool:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_s
    while any(alive(pid, started) for pid, started in targets):
        if loop.time() > deadline:
            return False
        await asyncio.sleep(STOP_POLL_S)
    return True
