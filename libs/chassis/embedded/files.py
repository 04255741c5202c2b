"""Small files that are either wholly there or not there at all, whatever moment the writer is killed."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PRIVATE_FILE = 0o600
PRIVATE_DIRECTORY = 0o700


def private_directory(path: Path) -> Path:
    """The directory, created for its owner alone if it was missing; an existing one keeps its mode."""
    path.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Replace ``path`` in one step (0600, on disk before it gets its name): a reader sees the old or the
    new.
    """
    written = _beside(path, content)
    try:
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    _sync_directory(path.parent)


def create_private(path: Path, content: bytes) -> bool:
    """Create ``path`` unless it exists; False if another was first. Nobody ever sees it half written."""
    written = _beside(path, content)
    try:
        os.link(written, path)
    except FileExistsError:
        return False
    finally:
        written.unlink(missing_ok=True)
    _sync_directory(path.parent)
    return True


def read_json(path: Path) -> dict[str, Any]:
    """The object in ``path``; empty if the file is missing or holds anything else."""
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Replace ``path`` by this object, as ``write_private`` does."""
    write_private(path, json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n")


def _beside(path: Path, content: bytes) -> Path:
    """A finished, synced file next to ``path`` under a name nobody else uses."""
    written = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    return written


def _sync_directory(path: Path) -> None:
    """Make a rename or link in ``path`` survive a power failure."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
