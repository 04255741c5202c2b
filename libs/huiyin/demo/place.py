"""The demonstration's own state directory: simulated time, wiped before each run, and never anybody else's."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from chassis.clock import SimulatedClock
from chassis.embedded.errors import EmbeddedError
from chassis.embedded.files import private_directory, write_json
from chassis.embedded.state import StateDirectory
from chassis.installation import CLOCK_FILE

MARK = "demo.json"
"""Says that a directory was made for a demonstration, and may be wiped by the next one."""

NOTICES = Path("notices") / "maildir"


class NotOurs(Exception):
    """The directory holds something that no demonstration has put there. The message is one line for a person."""


def prepare(path: Path, starts_at: datetime, *, cases: int) -> SimulatedClock:
    """An empty directory whose clock stands at `starts_at`, before any service looks at it.

    Raises NotOurs, and leaves everything as it was, unless the directory is new, empty or an earlier
    demonstration's that nobody uses now.
    """
    _clear(path)
    private_directory(path)
    write_json(path / MARK, {"starts_at": starts_at.isoformat(), "cases": cases})
    clock = SimulatedClock(path / CLOCK_FILE)
    clock.set(starts_at)
    return clock


def _clear(path: Path) -> None:
    if path.is_file():
        raise NotOurs(f"{path} is a file; name a directory with --state")
    if not path.exists() or not any(path.iterdir()):
        return
    if not (path / MARK).is_file():
        raise NotOurs(
            f"{path} is not an earlier demonstration's and stays as it is; name another with --state"
        )
    try:
        # Nobody else may use it while it goes, and it has to keep simulated time.
        with StateDirectory(path).own("simulated"):
            for each in path.iterdir():
                # The mark goes last: whatever moment this is killed at, the next run may go on.
                if each.name not in (MARK, "lock", "lock.owner"):
                    _remove(each)
    except EmbeddedError as error:
        raise NotOurs(str(error)) from error


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
