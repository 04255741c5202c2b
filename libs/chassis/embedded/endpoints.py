"""PostgreSQL and NATS, ours or the operator's: ``HUIYIN_POSTGRES`` and ``HUIYIN_NATS`` replace the embedded
ones.
"""

import asyncio
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from chassis.embedded.errors import EmbeddedError
from chassis.embedded.nats import EmbeddedNats
from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.server import Server
from chassis.embedded.state import StateDirectory

POSTGRES_VARIABLE = "HUIYIN_POSTGRES"
NATS_VARIABLE = "HUIYIN_NATS"

_POSTGRES_SCHEMES = frozenset({"postgres", "postgresql"})
_NATS_SCHEMES = frozenset({"nats", "tls", "ws", "wss"})


class ExternalServer:
    """A server that somebody else runs: starting it is knowing its address, and it never ends."""

    def __init__(self, name: str, address: str) -> None:
        self._name = name
        self._address = address

    @property
    def name(self) -> str:
        """``postgres`` or ``nats``."""
        return self._name

    @property
    def pid(self) -> int | None:
        """None: it is not ours."""
        return None

    async def start(self) -> str:
        """Its address. Whether it answers is found out by who connects."""
        return self._address

    async def stop(self) -> None:
        """Nothing: it is not ours to end."""

    def alive(self) -> bool:
        """Always; its health is its operator's business."""
        return True

    async def exited(self) -> int:
        """Wait for ever."""
        await asyncio.get_running_loop().create_future()
        return 0

    def describe(self) -> dict[str, object]:
        """Host and port; the address may hold a password."""
        return {"pid": None, "external": urlsplit(self._address).netloc.rpartition("@")[2]}


def postgres_server(
    state: StateDirectory, *, port: int | None = None, environment: Mapping[str, str] = os.environ
) -> Server:
    """The operator's PostgreSQL if ``HUIYIN_POSTGRES`` names one, else the embedded one in ``state``.

    ``start()`` returns the DSN: embedded, of the superuser; external, as given.
    """
    external = external_postgres(environment)
    return ExternalServer("postgres", external) if external else EmbeddedPostgres(state, port=port)


def nats_server(
    state: StateDirectory,
    *,
    port: int | None = None,
    authorization: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Server:
    """The operator's NATS if ``HUIYIN_NATS`` names one, else the embedded one in ``state``.

    ``authorization`` and ``settings`` are for the embedded one; an external one has its own.
    """
    external = external_nats(environment)
    if external:
        return ExternalServer("nats", external)
    return EmbeddedNats(state, port=port, authorization=authorization, settings=settings)


def external_postgres(environment: Mapping[str, str] = os.environ) -> str | None:
    """The DSN in ``HUIYIN_POSTGRES``; None if it is unset or empty. Raises EmbeddedError if it is none."""
    return _address(
        environment, POSTGRES_VARIABLE, _POSTGRES_SCHEMES, "postgresql://user:password@host:5432/database"
    )


def external_nats(environment: Mapping[str, str] = os.environ) -> str | None:
    """The URL in ``HUIYIN_NATS`` (several with commas); None if unset or empty. Raises EmbeddedError if it
    is none.
    """
    return _address(environment, NATS_VARIABLE, _NATS_SCHEMES, "nats://host:4222")


def _address(
    environment: Mapping[str, str], variable: str, schemes: frozenset[str], example: str
) -> str | None:
    value = environment.get(variable, "").strip()
    if not value:
        return None
    if any(urlsplit(part.strip()).scheme not in schemes for part in value.split(",")):
        raise EmbeddedError(f"{variable} must look like {example}.")
    return value
