"""docs/tutorials/add-an-event.md is true: its blocks are applied to a copy of the project, exactly as printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorials" / "add-an-event.md"
COPIED = ("proto", "libs", "services", "tools", "docs", "tests/contract/golden", "pyproject.toml")
PROTO = "proto/huiyin/routing/v1/events.proto"
CASE = "services/routing/domain/case.py"
TEST = "services/routing/tests/test_routing_site_check.py"
GENERATED = {
    "libs/huiyin/routing/v1/events.py",
    "libs/huiyin/routing/v1/events_wire.py",
    "libs/huiyin/routing/v1/events_pb2.py",
    "libs/huiyin/routing/v1/events_pb2.pyi",
    "libs/huiyin/registry.py",
    "docs/events.md",
    "tests/contract/golden/events.json",
}
ROUTE = """
from fastapi import APIRouter
from chassis.http.commands import CaseStream, add_commands
from routing.domain.case import PERSON_COMMANDS, case_decider
routes = APIRouter()
add_commands(routes, CaseStream("routing", case_decider), PERSON_COMMANDS, None)
print([route.path for route in routes.routes])
"""
LIMIT_S = 120
"""Of one command; only a failing test waits that long."""


class Copy:
    """A copy of the project in which the tutorial is followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in COPIED:
            _copy(ROOT / name, root / name)
        (root / ".venv").symlink_to(sys.prefix)  # The generator starts protoc's plugin with .venv/bin/python.

    def files(self) -> dict[str, str]:
        """Path -> SHA-256, of everything that is not a cache."""
        paths = (path for name in COPIED for path in _files(self.root / name))
        return {str(path.relative_to(self.root)): sha256(path.read_bytes()).hexdigest() for path in paths}

    def run(self, *arguments: str) -> str:
        """What a Python program of the copy says; fails the test if it fails."""
        done = self.attempt(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def attempt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(str(self.root / name) for name in ("libs", "services", "."))
        return subprocess.run(
            [sys.executable, "-B", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )

    def write(self, path: str, text: str) -> None:
        """As by hand."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*", "tests"))
    else:
        shutil.copy2(source, target)


def _files(place: Path) -> Iterator[Path]:
    found = place.rglob("*") if place.is_dir() else [place]
    return (path for path in found if path.is_file() and "__pycache__" not in path.parts)


def blocks(language: str) -> list[str]:
    """The code blocks of one language, in the order in which they are printed."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TUTORIAL.read_text(), flags=re.MULTILINE | re.DOTALL)


def apply(copy: Copy, diff: str) -> str:
    """Apply a printed change; each of its parts must fit at exactly one place. Answers with the file's path."""
    name, *parts = re.split(r"^@@ .* @@\n", diff, flags=re.MULTILINE)
    path = name.removeprefix("--- ").strip()
    text = (copy.root / path).read_text()
    for part in parts:
        lines = part.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if not line.startswith("+"))
        new = "".join(line[1:] for line in lines if not line.startswith("-"))
        assert text.count(old) == 1, f"{path} has {text.count(old)} places for:\n{old}"
        text = text.replace(old, new)
    copy.write(path, text)
    return path


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("tutorial"))


def test_following_the_tutorial_adds_an_event_with_three_hand_written_files(copy: Copy) -> None:
    before = copy.files()
    contract, decision = blocks("diff")
    (test,) = blocks("python")

    assert apply(copy, contract) == PROTO
    copy.run("-m", "tools.generate_contracts")
    forgotten = copy.attempt("-m", "mypy", "services/routing/domain")
    assert forgotten.returncode == 1
    assert 'Argument 1 to "assert_never" has incompatible type "SiteChecked"' in forgotten.stdout

    assert apply(copy, decision) == CASE
    assert test.splitlines()[0] == f"# {TEST}"
    copy.write(TEST, test)
    assert "Success" in copy.run("-m", "mypy", "services/routing")
    copy.run("-m", "ruff", "format", "--check", CASE, TEST)
    copy.run("-m", "ruff", "check", CASE, TEST)
    assert "4 passed" in copy.run("-m", "pytest", TEST)
    assert "/cases/{case_id}/note-site-check" in copy.run("-c", ROUTE)

    copy.run("-m", "tools.event_catalogue")
    copy.run("-m", "tools.golden")
    after = copy.files()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed - GENERATED == {PROTO, CASE, TEST}
    assert changed & GENERATED == GENERATED


def test_the_tutorial_begins_with_the_files_it_touches() -> None:
    text = TUTORIAL.read_text()
    listed = re.findall(r"^\d\. `([^`]+)`", text, flags=re.MULTILINE)
    assert listed == [PROTO, CASE, TEST]
    assert text.index(f"`{PROTO}`") < text.index("## 1.")
    assert all(path.rpartition("/")[2] in text for path in GENERATED)
