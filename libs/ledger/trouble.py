"""What an exception of the driver means for a ledger: come back later, bad value, or of no use."""

from __future__ import annotations

import asyncpg

from ledger.store import Lost, Rejected, Unusable

_ROLLED_BACK = (
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.QueryCanceledError,
    asyncpg.InsufficientResourcesError,  # Disk full, too many connections, out of memory.
    asyncpg.CannotConnectNowError,
    asyncpg.ReadOnlySQLTransactionError,  # A standby that is being promoted.
    asyncpg.IdleInTransactionSessionTimeoutError,
)
"""The server itself said that the transaction did not happen; it may work in a moment."""

_CUT_OFF = (
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.PostgresConnectionError,
    asyncpg.InternalClientError,
    OSError,  # With it TimeoutError and every ConnectionError.
)
"""The connection ended while the call was under way: nobody knows."""

_NOT_FOR_US = (
    asyncpg.InsufficientPrivilegeError,
    asyncpg.UndefinedObjectError,
    asyncpg.UndefinedFunctionError,
    asyncpg.UndefinedTableError,
    asyncpg.InvalidSchemaNameError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidAuthorizationSpecificationError,
)


def judged(error: Exception, *, sent: bool) -> Lost | Rejected | Unusable:
    """The meaning of an error. `sent`: the call was on its way when it came."""
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, _ROLLED_BACK):
        return Lost(text, sent=False)
    if isinstance(error, _CUT_OFF):
        return Lost(text, sent=sent)
    if isinstance(error, _NOT_FOR_US):
        return Unusable(text)
    if isinstance(error, asyncpg.InterfaceError) and not isinstance(error, ValueError):
        return Lost(text, sent=sent)  # The connection, or the pool, is being closed.
    return Rejected(text)
