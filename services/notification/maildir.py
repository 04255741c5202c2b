"""A maildir: where notices are handed over to whatever sends mail or prints.

Promise: under one name exactly one complete file appears in `new`, whoever is killed between any two steps and
however many writers try at once. A reader may move it to `cur`, as maildir readers do; it is not written again.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex
from threading import Lock

WRITERS = 8
"""Files that are made durable at the same time: their fsyncs share commits of the file system's journal."""

FOLDERS = ("tmp", "new", "cur")
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600  # Names and answers are inside.


class Maildir:
    """One maildir. Its calls block on the disk: use them from a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._taken: dict[str, Path] = {}
        self._cur_seen = -1
        self._looking = Lock()
        self._writers = ThreadPoolExecutor(WRITERS, "maildir")

    def deliver(self, name: str, document: bytes) -> bytes:
        """Hand the document over under this name, and return what stands there: the document, or, if the name
        was delivered before, what was delivered then. Durable when it returns.
        """
        stands = self.deliver_many({name: document})[name]
        if isinstance(stands, OSError):
            raise stands
        return stands

    def deliver_many(self, documents: Mapping[str, bytes]) -> dict[str, bytes | OSError]:
        """As `deliver`, for each name; an error is of its name alone.

        Written side by side, because the disk makes many files durable in hardly more time than one.
        """
        self._make_folders()
        side_by_side = self._writers.map if len(documents) > 1 else map
        written = list(side_by_side(self._written, documents.items()))
        stand = {
            name: self._delivered(name, document, each)
            for (name, document), each in zip(documents.items(), written, strict=True)
        }
        # Also for what was there already: its writer may have been killed before this.
        _sync_folder(self._path / "new")
        self._remove_attempts(stand)
        return stand

    def _written(self, item: tuple[str, bytes]) -> bytes | Path | OSError:
        """What stands under the name already; else the file that may stand there."""
        try:
            standing = self._standing(item[0])
            return self._write(*item) if standing is None else standing
        except OSError as error:
            return error

    def _delivered(self, name: str, document: bytes, written: bytes | Path | OSError) -> bytes | OSError:
        if not isinstance(written, Path):
            return written
        try:
            standing = document if self._link(written, name) else self._standing(name)
        except OSError as error:
            return error
        return document if standing is None else standing

    def _make_folders(self) -> None:
        for folder in (self._path, *(self._path / each for each in FOLDERS)):
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
                _sync_folder(folder.parent)

    def _standing(self, name: str) -> bytes | None:
        """What was delivered under this name, in `new` or, where a reader has moved it, in `cur`."""
        for path in (self._path / "new" / name, self._moved(name)):
            try:
                if path is not None:
                    return path.read_bytes()
            except FileNotFoundError:
                continue
        return None

    def _moved(self, name: str) -> Path | None:
        """The file in `cur`, whose name ends in flags then. The folder is listed only when it changed."""
        cur = self._path / "cur"
        with self._looking:
            changed = cur.stat().st_mtime_ns
            if changed != self._cur_seen:
                self._taken = {path.name.partition(":")[0]: path for path in cur.iterdir()}
                self._cur_seen = changed
            return self._taken.get(name)

    def _write(self, name: str, document: bytes) -> Path:
        path = self._path / "tmp" / f"{name}.{token_hex(8)}"  # Two writers never share a file.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
        with os.fdopen(handle, "wb") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())
        return path

    def _link(self, written: Path, name: str) -> bool:
        """Whether our file is the one: the link is made by one writer only."""
        try:
            os.link(written, self._path / "new" / name)
        except FileExistsError:
            return False
        except FileNotFoundError:
            if self._standing(name) is None:
                raise
            return False  # Another writer finished, and cleaned up after us both.
        return True

    def _remove_attempts(self, names: Collection[str]) -> None:
        for path in (self._path / "tmp").iterdir():
            if path.name.rpartition(".")[0] in names:
                path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
