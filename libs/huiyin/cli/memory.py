"""How much memory a platform really takes: proportional set sizes, sampled while something else runs."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil

from huiyin.cli.stacks import read_runtime

INTERVAL_S = 0.5
"""A sample walks the page tables of some twenty processes, a few milliseconds of work."""

MEBIBYTE = 1024 * 1024


class Peak:
    """The largest sum seen. 0 where the system tells no proportional sizes (macOS)."""

    def __init__(self) -> None:
        self.bytes = 0

    @property
    def mebibytes(self) -> float:
        """The peak in MiB."""
        return round(self.bytes / MEBIBYTE, 1)


@contextlib.contextmanager
def peak_of(state: Path) -> Iterator[Peak]:
    """Samples the platform that runs in a state directory until the block ends."""
    peak, done = Peak(), threading.Event()

    def sample() -> None:
        while True:
            with contextlib.suppress(Exception):  # Processes come and go; the next sample sees the rest.
                peak.bytes = max(peak.bytes, pss_of(read_runtime(state).get("pids", {}).values()))
            if done.wait(INTERVAL_S):
                return

    thread = threading.Thread(target=sample, name="memory", daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def pss_of(pids: Iterable[int]) -> int:
    """Bytes of these processes and all their children, each page divided by the number of its users."""
    family: set[int] = set()
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            family |= {pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))}
    return sum(map(_pss, family))


def _pss(pid: int) -> int:
    """From the kernel's own sum (Linux 4.14); 0 for a process that is gone or another user's."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
