"""Connections as the ledger wants them: nothing to reset between uses, and limits on every wait."""

from __future__ import annotations

from typing import Any

import asyncpg

from ledger.limits import CALL_TIMEOUT_S

CONNECT_TIMEOUT_S = 5.0
"""A local or neighbouring server answers in milliseconds."""

IDLE_S = 300.0
"""An idle connection is closed after this time; the embedded server counts its connections."""


async def open_pool(
    dsn: str,
    *,
    size: int = 2,
    least: int = 1,
    application: str = "huiyin",
    command_timeout_s: float = CALL_TIMEOUT_S,
) -> asyncpg.Pool[Any]:
    """A pool of at most `size` connections for one service.

    The usual reset of asyncpg costs a round trip after every use. Nobody here changes a session (the limits
    belong to the role), and asyncpg still rolls back what somebody left open, so there is nothing to reset.
    """
    return await asyncpg.create_pool(
        dsn,
        min_size=least,
        max_size=size,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=command_timeout_s,
        max_inactive_connection_lifetime=IDLE_S,
        reset=_nothing_to_reset,
        server_settings={"application_name": application},
    )


async def _nothing_to_reset(_: asyncpg.Connection[Any]) -> None:
    return
