"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_NOT_OURS = {
    ".venv",
    ".git",
    ".huiyin",
    ".hypothesis",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".import_linter_cache",
}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, relative to its root: what git tracks or would track, or all where there is no git."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listing.returncode == 0 and listing.stdout:
        names = listing.stdout.decode().split("\0")
        return tuple(Path(name) for name in sorted(names) if name and (ROOT / name).is_file())
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return tuple(sorted(path for path in found if not _NOT_OURS & set(path.parts)))


def modules(*folders: str) -> Iterator[Path]:
    """Hand-written Python modules below these folders, tests left out."""
    for path in files():
        below = not folders or path.parts[0] in folders
        if path.suffix == ".py" and below and "tests" not in path.parts and not is_generated(path):
            yield path


def is_generated(path: Path) -> bool:
    """Whether a generator wrote it."""
    if "_pb2" in path.name:
        return True
    return "Generated from" in (ROOT / path).read_text().partition("\n")[0]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse((ROOT / path).read_text(), str(path))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a module."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """What is called, as far as it is written with dots: datetime.now, print."""
    return ast.unparse(call.func)
