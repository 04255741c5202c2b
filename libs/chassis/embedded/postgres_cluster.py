"""Making a cluster: initdb beside the final place, then a rename, so that a cluster is whole or not there."""

import asyncio
import os
import shutil
import signal
from pathlib import Path

from chassis.embedded.account import Account
from chassis.embedded.children import START_LIMIT_S, Child, end_leftovers
from chassis.embedded.files import PRIVATE_FILE
from chassis.embedded.postgres_settings import initdb_arguments
from chassis.embedded.programs import postgres_program


async def make_cluster(data: Path, password: str, *, log: Path, account: Account | None, sync: bool) -> None:
    """Make the cluster ``data``; what an interrupted attempt left beside it is thrown away.

    ``sync`` False is for tests alone. Raises ServerDidNotStart.
    """
    fresh, password_file = data.with_name("data.new"), data.with_name("password")
    await end_leftovers("postgres", fresh, signal.SIGKILL)
    shutil.rmtree(fresh, ignore_errors=True)
    _write_for(account, password_file, password)
    child = Child.start(
        "initdb",
        [postgres_program("initdb"), *initdb_arguments(fresh, password_file, sync=sync)],
        log=log,
        folder=data.parent,
        on_parent_death=signal.SIGKILL,
        account=account,
    )
    try:
        code = await asyncio.wait_for(child.exited(), START_LIMIT_S)
    except TimeoutError:
        raise child.did_not_start(f"was not done within {START_LIMIT_S:.0f} s") from None
    finally:
        await child.stop(signal.SIGKILL)
        # A killed initdb leaves the server it was talking to; a finished one has none.
        await end_leftovers("postgres", fresh, signal.SIGKILL)
        password_file.unlink(missing_ok=True)
    if code != 0:
        raise child.did_not_start(f"ended with code {code}")
    fresh.rename(data)


def _write_for(account: Account | None, file: Path, password: str) -> None:
    """A file that only initdb's user can read, for as long as initdb runs."""
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(password + "\n")
        if account is not None:
            os.fchown(opened.fileno(), account.uid, account.gid)
