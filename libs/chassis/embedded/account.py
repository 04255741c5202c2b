"""Which user PostgreSQL runs as, since it refuses to be root.

An ordinary user runs it as himself. Root hands it to an account without rights: a dedicated one named
``huiyin`` if the administrator made it, else ``nobody`` or ``daemon``, which every system has. A data
directory that already belongs to an ordinary user is left to that user.
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from chassis.embedded.errors import NoUnprivilegedAccount

CANDIDATES = ("huiyin", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """A user and its group, as numbers."""

    uid: int
    gid: int


def for_postgres(data: Path) -> Account | None:
    """Whom to become for the server of ``data``; None to stay who we are."""
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in CANDIDATES:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        if found.pw_uid != 0:
            return Account(found.pw_uid, found.pw_gid)
    raise NoUnprivilegedAccount(
        "PostgreSQL must not run as root, and none of the accounts "
        f"{', '.join(CANDIDATES)} exists; run as another user or set HUIYIN_POSTGRES."
    )
