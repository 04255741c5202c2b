"""Where everything of an installation is found: addresses, passwords, keys. Built once, at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bus.subjects import OBSERVER
from chassis.clock import Clock, SimulatedClock, WallClock
from chassis.embedded.state import StateDirectory
from chassis.service import Service
from ledger.roles import AUDITOR

SERVICES = ("intake", "routing", "oversight", "revisit", "notification", "audit")
"""Every service, in the order in which a case meets them."""

VAULT_ROLE = "vault"
CLOCK_FILE = "clock"


def service_named(name: str) -> Service:
    """The declaration of a service: `SERVICE` of its `main` module. Raises KeyError for an unknown name."""
    if name not in SERVICES:
        raise KeyError(f"there is no service {name!r}; there are {', '.join(SERVICES)}")
    service: Service = import_module(f"{name}.main").SERVICE
    return service


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One installation as its processes see it. `postgres` is the owner's DSN, `nats` a URL without a user."""

    state: StateDirectory
    postgres: str
    nats: str
    feeds: Mapping[str, str] = field(default_factory=dict)
    """Service -> base URL of its HTTP API."""
    allow_import: bool = False
    _passwords: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """The installation's own id: part of every ledger's first hash."""
        return f"huiyin-{self.state.secret('installation')[:16]}"

    @property
    def clock(self) -> Clock:
        """The clock of this state directory: wall or simulated."""
        if self.state.mode() == "simulated":
            return SimulatedClock(self.state.path / CLOCK_FILE)
        return WallClock()

    @property
    def key_file(self) -> Path:
        """The vault's key-encryption keys."""
        return self.state.folder("secrets") / "vault-keys.json"

    def dsn(self, role: str) -> str:
        """The DSN of a role that is not the owner."""
        parts = urlsplit(self.postgres)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{role}:{self.password(role)}@{host}"))

    def password(self, user: str) -> str:
        """The password of a database role or bus user, made once."""
        if user not in self._passwords:
            self._passwords[user] = self.state.secret(f"password-{user}")
        return self._passwords[user]

    def nats_url(self, user: str) -> str:
        """A URL with credentials, for clients that take nothing else."""
        parts = urlsplit(self.nats)
        return urlunsplit(parts._replace(netloc=f"{user}:{self.password(user)}@{parts.netloc}"))

    def key(self, name: str) -> bytes:
        """A secret key, made once: 32 bytes."""
        return bytes.fromhex(self.state.secret(f"key-{name}"))

    @property
    def auditor_dsn(self) -> str:
        """A DSN that can read every ledger and write nothing."""
        return self.dsn(AUDITOR)

    @property
    def observer_url(self) -> str:
        """A bus URL that can read every stream and change nothing."""
        return self.nats_url(OBSERVER)
