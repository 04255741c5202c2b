"""Running a layer of tests on a copy of the sources, with or without a mutant in it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.mutants.mutant import ROOT, Layer, Mutant

CAUGHT_WITHIN_S = 300.0
"""The promise: each planted bug is caught within five minutes."""

EXAMPLES = 60
"""Histories of one run of the simulation: under a minute without a mutant."""

PARTS = ("libs", "services", "tests", "tools", "proto", "pyproject.toml")
PACKAGES = ("bus", "ledger", "chassis", "huiyin", "notification", "tests.simulation")
"""What must come from the copy, or the mutant is not there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run ended: `caught` is what failed; without it, `passed` tells whether it came to its end."""

    caught: str | None
    seconds: float
    passed: bool = False


@contextmanager
def copy(mutant: Mutant | None) -> Iterator[Path]:
    """The sources in a folder of their own, with the bug planted. Raises Stale."""
    with tempfile.TemporaryDirectory(prefix="huiyin-mutant-") as folder:
        sources = Path(folder)
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, sources / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / part, sources / part)
        if mutant is not None:
            mutant.apply(sources)
        sources.chmod(0o755)  # Servers that tests start may run as another user.
        _expect_the_copy_is_imported(sources)
        yield sources


def run(sources: Path, layer: Layer, seed: int, *, limit_s: float = CAUGHT_WITHIN_S) -> Verdict:
    """Run it until something fails, everything passed, or the time is up (which counts as nothing caught)."""
    command = [sys.executable, "-m", "pytest", "-x", "--show-capture=no", *layer.tests]
    if layer.seeded:
        command.append(f"--hypothesis-seed={seed}")
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=sources,
        env=_environment(sources),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        _end(process)
        return Verdict(None, time.monotonic() - began)
    caught = _reason(said) if process.returncode else None
    return Verdict(caught, time.monotonic() - began, passed=caught is None)


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _environment(sources: Path) -> Mapping[str, str]:
    path = os.pathsep.join(str(sources / part) for part in ("libs", "services", "."))
    settings = {"HUIYIN_SIMULATE_EXAMPLES": str(EXAMPLES), "HUIYIN_SIMULATE_SHRINK": "0"}
    return {**os.environ, **settings, "PYTHONPATH": path}


def _expect_the_copy_is_imported(sources: Path) -> None:
    code = f"import importlib\nfor name in {PACKAGES!r}: print(importlib.import_module(name).__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=sources,
        env=_environment(sources),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    strangers = [path for path in found if not Path(path).is_relative_to(sources)]
    if strangers or len(found) != len(PACKAGES):
        raise AssertionError(f"not imported from the copy: {strangers or found}")


def _reason(said: str) -> str:
    """The sentence of the first error that pytest shows."""
    errors = re.findall(r"^E +(\S*(?:Error|Violation|NotAtRest|Exception)\b.*|assert .*)", said, re.MULTILINE)
    failed = re.findall(r"^(?:FAILED|ERROR) \S*?::(\S+)", said, re.MULTILINE)
    what = errors[0] if errors else said.strip().splitlines()[-1]
    return f"{failed[0] if failed else '?'}: {what}"[:300]
