"""Each notice exactly once in the maildir, whoever is killed, whoever races, whoever reads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from notification.maildir import Maildir

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = "收件回执\n".encode() * 1000
NAME = "receipt-intake-7.huiyin"

# Every system call through which a delivery changes the disk. The child kills itself at the n-th of them.
CHILD = """
import os, pathlib, signal, sys
from notification.maildir import Maildir

path, fatal, after = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "after"
steps = 0

def deadly(real):
    def step(*args, **kwargs):
        global steps
        steps += 1
        if steps == fatal and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if steps == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return step

for name in ("mkdir", "open", "fsync", "link", "unlink"):
    setattr(os, name, deadly(getattr(os, name)))
Maildir(path).deliver(sys.argv[4], sys.stdin.buffer.read())
"""
STEPS = 18
"""What a first delivery takes, folders included. Another number means that the steps changed: look at them."""


def killed_at(path: Path, step: int, moment: str) -> bool:
    """Deliver in a child that dies at this step; whether it did."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(step), moment, NAME],
        input=DOCUMENT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'libs'}:{ROOT / 'services'}"},
        check=False,
    )
    assert child.returncode in (0, -signal.SIGKILL)
    return child.returncode != 0


def delivered(path: Path) -> list[str]:
    return sorted(str(file.relative_to(path)) for file in path.rglob("*") if file.is_file())


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_step_the_next_try_leaves_exactly_one_complete_file(
    tmp_path: Path, moment: str
) -> None:
    def die_and_recover(step: int) -> bool:
        (tmp_path / str(step)).mkdir()
        path = tmp_path / str(step) / "maildir"
        died = killed_at(path, step, moment)
        for file in path.glob("new/*"):  # Nobody ever sees half a notice.
            assert file.read_bytes() == DOCUMENT
        assert Maildir(path).deliver(NAME, DOCUMENT) == DOCUMENT
        assert delivered(path) == [f"new/{NAME}"]
        assert (path / "new" / NAME).read_bytes() == DOCUMENT
        return died

    with ThreadPoolExecutor(2) as pool:
        died = list(pool.map(die_and_recover, range(1, STEPS + 2)))
    assert died == [True] * STEPS + [False]


def test_what_was_delivered_stays_whatever_is_delivered_under_its_name_later(tmp_path: Path) -> None:
    maildir = Maildir(tmp_path)
    assert maildir.deliver(NAME, DOCUMENT) == DOCUMENT
    assert maildir.deliver(NAME, b"other") == DOCUMENT
    assert Maildir(tmp_path).deliver(NAME, b"other") == DOCUMENT
    assert delivered(tmp_path) == [f"new/{NAME}"]


@pytest.mark.parametrize("fresh", [True, False])
def test_what_a_reader_has_taken_is_not_delivered_again(tmp_path: Path, fresh: bool) -> None:
    maildir = Maildir(tmp_path)
    maildir.deliver("closing-revisit-1.huiyin", b"first")  # So that the folder was looked at before.
    maildir.deliver(NAME, DOCUMENT)
    (tmp_path / "new" / NAME).rename(tmp_path / "cur" / f"{NAME}:2,S")
    again = Maildir(tmp_path) if fresh else maildir
    assert again.deliver(NAME, DOCUMENT) == DOCUMENT
    assert delivered(tmp_path) == [f"cur/{NAME}:2,S", "new/closing-revisit-1.huiyin"]


def test_of_many_writers_one_delivers_and_all_report_what_stands(tmp_path: Path) -> None:
    documents = [f"document {n}".encode() * 500 for n in range(8)]
    for attempt in range(10):
        path = tmp_path / str(attempt)
        with ThreadPoolExecutor(8) as pool:
            seen = set(pool.map(partial(Maildir(path).deliver, NAME), documents))
        assert seen == {(path / "new" / NAME).read_bytes()}
        assert delivered(path) == [f"new/{NAME}"]


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    Maildir(tmp_path / "maildir").deliver(NAME, DOCUMENT)
    assert (tmp_path / "maildir").stat().st_mode & 0o077 == 0
    assert (tmp_path / "maildir" / "new" / NAME).stat().st_mode & 0o077 == 0
