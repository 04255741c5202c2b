"""The state directory: all that an installation on one machine keeps, and who may use it.

::

    lock            held by the owner with flock(2), so a killed owner frees it lock.owner      the owner's
    process id and start, for messages mode            "wall" or "simulated"; decided once ports.json
    ports by name, so that a restart answers at the same ones runtime.json    process ids, ports and
    addresses of the running stack; written by the owner, read by anyone secrets/NAME    passwords and keys,
    each created once logs/           what the servers say postgres/ nats/ the servers' own
"""

import fcntl
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias

from chassis.embedded import processes
from chassis.embedded.errors import StateInUse, StateUnusable, WrongMode
from chassis.embedded.files import PRIVATE_FILE, create_private, private_directory, read_json, write_json
from chassis.embedded.ports import Ports

Mode: TypeAlias = Literal["wall", "simulated"]

SECRET_BYTES = 32
"""256 bits: enough for a password nobody types and for a key."""


class StateDirectory:
    """One state directory. Reading needs nothing; ``own`` makes this process its only owner."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).expanduser().absolute().resolve()
        self._lock: int | None = None

    # -- owning

    def own(self, mode: Mode) -> Self:
        """Become the only owner, creating the directory if need be; released by ``release`` or by dying.

        Raises StateInUse, WrongMode or StateUnusable.
        """
        try:
            private_directory(self.path)
            self._lock = self._locked()
            self._agree_on(mode)
            write_json(
                self.path / "lock.owner", {"pid": os.getpid(), "started": processes.started_at(os.getpid())}
            )
        except OSError as error:
            self.release()
            raise StateUnusable(
                f"The state directory {self.path} cannot be used: {error.strerror}."
            ) from error
        except WrongMode:
            self.release()
            raise
        return self

    def release(self) -> None:
        """Give the directory up. Calling it twice changes nothing."""
        if self._lock is not None:
            (self.path / "lock.owner").unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        if self._lock is None:
            raise RuntimeError("a state directory is entered as `with StateDirectory(path).own(mode)`")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def owner(self) -> int | None:
        """The process id of the living owner, or None. Asking never disturbs one who is about to own it."""
        known = read_json(self.path / "lock.owner")
        pid, started = known.get("pid"), known.get("started")
        if not isinstance(pid, int) or not isinstance(started, float):
            return None
        return pid if processes.alive(pid, started) else None

    @property
    def owned(self) -> bool:
        """Whether this object owns the directory."""
        return self._lock is not None

    def mode(self) -> Mode | None:
        """What kind of time is kept here; None before anyone owned it."""
        try:
            text = (self.path / "mode").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        if text == "wall":
            return "wall"
        if text == "simulated":
            return "simulated"
        raise WrongMode(f"{self.path / 'mode'} says {text!r}; it must be 'wall' or 'simulated'.")

    def _locked(self) -> int:
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            owner = self.owner()
            by = f"process {owner}" if owner else "another process"
            raise StateInUse(
                f"The state directory {self.path} is in use by {by}. "
                "End that one first (huiyin down), or name another directory with --state."
            ) from None
        return descriptor

    def _agree_on(self, mode: Mode) -> None:
        found = self.mode()
        if found is None:
            create_private(self.path / "mode", f"{mode}\n".encode("ascii"))
        elif found != mode:
            raise WrongMode(
                f"The state directory {self.path} keeps {found} time and cannot be opened for {mode} time; "
                "name another directory with --state."
            )

    # -- what is kept

    @property
    def ports(self) -> Ports:
        """The remembered ports."""
        return Ports(self.path / "ports.json")

    def folder(self, name: str) -> Path:
        """A folder of this directory, created 0700."""
        return private_directory(self.path / name)

    def secret(self, name: str) -> str:
        """The secret ``name``: 32 random bytes in hex, created at the first call, the same for ever after."""
        if not name.replace("-", "").replace("_", "").isalnum():
            raise ValueError(f"not a name for a secret: {name!r}")
        file = self.folder("secrets") / name
        create = not file.exists()
        if create:
            create_private(file, secrets.token_hex(SECRET_BYTES).encode("ascii"))
        return file.read_text(encoding="ascii").strip()

    def write_runtime(self, content: Mapping[str, Any]) -> None:
        """Replace ``runtime.json``."""
        write_json(self.path / "runtime.json", content)

    def update_runtime(self, **parts: Any) -> None:
        """Replace the named top-level parts of ``runtime.json`` and keep the others."""
        self.write_runtime({**self.read_runtime(), **parts})

    def read_runtime(self) -> dict[str, Any]:
        """``runtime.json`` as last written, empty if there is none; it may describe a stack that has died."""
        try:
            return read_json(self.path / "runtime.json")
        except PermissionError as error:
            raise StateUnusable(f"The state directory {self.path} belongs to another user.") from error

    def clear_runtime(self) -> None:
        """Forget the running stack."""
        (self.path / "runtime.json").unlink(missing_ok=True)
