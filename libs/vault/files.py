"""Where files too large for the vault lie: a port, and the directory that the embedded installation uses.

What is stored is ciphertext (vault.file_cipher); the key to it is an item of the case in the vault, so that erasing
the case's key makes its files unreadable wherever copies of them are. An S3-compatible store fits behind the same
port and is not built yet.
"""

import asyncio
import os
import re
import secrets
from pathlib import Path
from typing import Final, Protocol

from vault.errors import ContentRefused, ItemMissing

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}/[0-9a-f]{64}")
"""<case id>/<SHA-256 of the ciphertext>: a file never changes under its name."""


class FileStore(Protocol):
    """Files by name, written once."""

    async def put(self, name: str, content: bytes) -> None:
        """Store a file; durable when it returns. Again under the same name: already so."""

    async def get(self, name: str) -> bytes:
        """The file. Raises ItemMissing."""

    async def delete(self, name: str) -> None:
        """Remove the file; quiet if there is none."""


class DirectoryFiles:
    """Files in one directory, a folder a case. Readable by their owner only."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def put(self, name: str, content: bytes) -> None:
        """As the port says: written beside, flushed, then renamed, so that no name ever shows half a file."""
        await asyncio.to_thread(_write, self._place(name), content)

    async def get(self, name: str) -> bytes:
        """As the port says."""
        place = self._place(name)
        try:
            return await asyncio.to_thread(place.read_bytes)
        except FileNotFoundError:
            raise ItemMissing(f"there is no file {name}") from None

    async def delete(self, name: str) -> None:
        """As the port says."""
        await asyncio.to_thread(self._place(name).unlink, missing_ok=True)

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or ".." in name:
            raise ContentRefused("a file's name is <case id>/<64 hexadecimal digits>")
        return self._path / name


def _write(place: Path, content: bytes) -> None:
    if place.exists():
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place.with_name(f".{secrets.token_hex(8)}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    for folder in (place.parent, place.parent.parent):
        _flush(folder)


def _flush(folder: Path) -> None:
    """A new name is durable only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
