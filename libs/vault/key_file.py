"""The key file: key-encryption keys (KEKs) in one 0600 file of the state directory.

JSON: {"format", "current", "keks": [{"id", "algorithm", "created_at", "key" (base64)}]}. Written whole and
renamed into place under a lock, so a reader sees the file before or after, never half. KEKs are added,
never taken away: a backup of the key rows may still need an old one.
"""

import base64
import fcntl
import json
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from vault.algorithms import WRAP_AES_256_GCM
from vault.cipher import KEY_BYTES, Kek
from vault.errors import KekUnknown, KeyFileDamaged, KeyFileExposed, KeyFileMissing

FORMAT: Final = "huiyin-key-file-v1"
MODE: Final = 0o600
_ID_BYTES: Final = 8  # Random, so that a file made anew can never pass for the one that was lost.


class Keks(Protocol):
    """Where the vault finds key-encryption keys."""

    def current(self) -> Kek:
        """The one that wraps new keys."""

    def kek(self, kek_id: str) -> Kek:
        """The one with this id; `KekUnknown` if there is none."""

    def refresh(self) -> None:
        """Look again: another process may have added one."""


@dataclass(frozen=True)
class _Entry:
    kek: Kek
    created_at: str


@dataclass(frozen=True)
class _Contents:
    current: str
    entries: tuple[_Entry, ...] = field(repr=False)


class KeyFile:
    """The KEKs of one installation. `repr` shows the path alone."""

    def __init__(self, path: Path) -> None:
        """Read the file: `KeyFileMissing`, `KeyFileExposed` or `KeyFileDamaged` if that cannot be."""
        self._path = path
        self.refresh()

    @classmethod
    def create(cls, path: Path, *, at: datetime) -> "KeyFile":
        """The file as it is, or, where there is none, a new one with one fresh KEK.

        Not for a place where sealed content exists: see `postgres.open_vault`, which looks first.
        """
        with _locked(path):
            if not path.exists():
                _replace(path, _with_new_kek((), at))
        return cls(path)

    def __repr__(self) -> str:
        return f"KeyFile({str(self._path)!r})"

    @property
    def kek_ids(self) -> tuple[str, ...]:
        """All ids in the file, oldest first."""
        return tuple(entry.kek.kek_id for entry in self._contents.entries)

    def refresh(self) -> None:
        self._contents = _read(self._path)

    def current(self) -> Kek:
        return self._find(self._contents.current)

    def kek(self, kek_id: str) -> Kek:
        if kek_id not in self.kek_ids:
            self.refresh()
        return self._find(kek_id)

    def rotate(self, *, at: datetime) -> Kek:
        """Add a fresh KEK and make it the current one; `Vault.rewrap` then moves the case keys to it."""
        with _locked(self._path):
            _replace(self._path, _with_new_kek(_read(self._path).entries, at))
        self.refresh()
        return self.current()

    def _find(self, kek_id: str) -> Kek:
        for entry in self._contents.entries:
            if entry.kek.kek_id == kek_id:
                return entry.kek
        raise KekUnknown(f"the key file {self._path} does not hold {kek_id}: put back the file that does")


def _with_new_kek(entries: tuple[_Entry, ...], at: datetime) -> _Contents:
    kek = Kek(f"kek-{secrets.token_hex(_ID_BYTES)}", os.urandom(KEY_BYTES))
    return _Contents(kek.kek_id, (*entries, _Entry(kek, at.isoformat())))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time; the kernel drops the lock with the process that holds it."""
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, MODE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _replace(path: Path, contents: _Contents) -> None:
    """On disk, file and directory, before it returns: keys must outlast what they seal."""
    text = json.dumps(
        {
            "format": FORMAT,
            "current": contents.current,
            "keks": [
                {
                    "id": entry.kek.kek_id,
                    "algorithm": WRAP_AES_256_GCM,
                    "created_at": entry.created_at,
                    "key": base64.b64encode(entry.kek.key).decode(),
                }
                for entry in contents.entries
            ],
        },
        indent=1,
    )
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, MODE), "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _read(path: Path) -> _Contents:
    try:
        with path.open("rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise KeyFileExposed(f"the key file {path} may be read by others: chmod 600 it")
            text = file.read()
    except FileNotFoundError:
        raise KeyFileMissing(f"there is no key file at {path}: put it back from its backup") from None
    except OSError as error:
        raise KeyFileDamaged(f"the key file {path} cannot be read: {error.strerror}") from None
    contents = _parsed(text)
    if contents is None:
        raise KeyFileDamaged(f"the key file {path} is damaged: put it back from its backup")
    return contents


def _parsed(text: bytes) -> _Contents | None:
    """None instead of an error: the errors of a parser carry what they could not parse."""
    try:
        raw = json.loads(text)
        entries = tuple(
            _Entry(Kek(str(k["id"]), base64.b64decode(k["key"], validate=True)), str(k["created_at"]))
            for k in raw["keks"]
            if k["algorithm"] == WRAP_AES_256_GCM
        )
        contents = _Contents(str(raw["current"]), entries)
        known = raw["format"] == FORMAT and all(len(entry.kek.key) == KEY_BYTES for entry in entries)
    except (ValueError, KeyError, TypeError):
        return None
    return contents if known and contents.current in {entry.kek.kek_id for entry in entries} else None
