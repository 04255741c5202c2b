"""What the processes of a running platform cost: CPU time and memory, each with its children."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

import psutil

MEBI = 1024 * 1024


def cpu_s(pids: Mapping[str, int]) -> dict[str, float]:
    """User and system time so far, in seconds; children that live, and those that have ended, included."""
    named = set(pids.values())
    return {name: sum(_cpu(each) for each in _family(pid, named)) for name, pid in pids.items()}


def memory_mb(pids: Mapping[str, int]) -> dict[str, float]:
    """Proportional set size in MiB: what is shared is divided among those who share it."""
    named = set(pids.values())
    return {name: sum(_pss(each) for each in _family(pid, named)) / MEBI for name, pid in pids.items()}


def _family(pid: int, named: set[int]) -> Sequence[psutil.Process]:
    """A process and its children, without those that have a name (and a row) of their own."""
    try:
        parent = psutil.Process(pid)
    except psutil.NoSuchProcess:
        return []
    if any(child.pid in named for child in parent.children()):
        return [parent]
    return [parent, *parent.children(recursive=True)]


def _cpu(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


def _pss(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.NoSuchProcess):
        full = process.memory_full_info()
        return float(getattr(full, "pss", full.rss))
    return 0.0
