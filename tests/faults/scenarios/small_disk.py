"""A disk that can be filled: a small tmpfs of its own, or, where mounting is not permitted, a file-size limit."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

FILLER = "filler"
NO_TMPFS = "FAULTS_NO_TMPFS"
"""Set, nothing is mounted: to try what stands in for it."""

STEP = 64 * 1024
LEFT = 160 * 1024
"""What is left free: a server that still begins its small files fails in the middle of a big one, which is worse."""

NO_FURTHER = 64 * 1024
"""The limit that stands in for a full disk: no file of these servers stays that small."""


@dataclass
class SmallDisk:
    """Mounted on a folder, or pretended for a server's processes."""

    folder: Path
    mounted: bool
    _starter: int = 0

    @property
    def kind(self) -> str:
        """For the report."""
        return "tmpfs" if self.mounted else "file-size limit (tmpfs is not permitted here)"

    def fill(self, server: int, starter: int) -> None:
        """Nothing more can be written by the server with this process id, nor by another that `starter` starts."""
        if self.mounted:
            self._take_all()
            return
        self._starter = starter
        _limit(psutil.Process(starter), NO_FURTHER)
        family = psutil.Process(server).children(recursive=True)
        limited = [_limit(process, NO_FURTHER) for process in (psutil.Process(server), *family)]
        if not all(limited):
            # It runs as another user: started again it inherits the limit.
            psutil.Process(server).kill()

    def free(self) -> None:
        """There is space again."""
        (self.folder / FILLER).unlink(missing_ok=True)
        with contextlib.suppress(psutil.NoSuchProcess):
            if self._starter:
                starter = psutil.Process(self._starter)
                for process in (starter, *starter.children(recursive=True)):
                    _limit(process, resource.RLIM_INFINITY)
        self._starter = 0

    def _take_all(self) -> None:
        size = STEP
        with (self.folder / FILLER).open("ab", buffering=0) as filler:
            while size:
                try:
                    if filler.write(b"\0" * size) < size:
                        raise OSError
                except OSError:
                    size //= 2
            filler.truncate(filler.tell() - LEFT)


def _limit(process: psutil.Process, size: int) -> bool:
    """Whether the process took the limit; one of another user, or one that has ended, does not."""
    try:
        process.rlimit(psutil.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    except (psutil.AccessDenied, psutil.NoSuchProcess):
        return False
    return True


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """The folder, empty, on a small disk for as long as the block lasts."""
    folder.mkdir(mode=0o700, parents=True)
    size = f"size={megabytes}m,mode=0700"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    mounted = (
        not os.environ.get(NO_TMPFS)
        and not subprocess.run(mount, capture_output=True, check=False).returncode
    )
    disk = SmallDisk(folder, mounted)
    try:
        yield disk
    finally:
        disk.free()
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
            os.sync()
