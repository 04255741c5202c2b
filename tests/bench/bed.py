"""What every measurement stands on, started once: a PostgreSQL with fsync on, a NATS that syncs always."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from chassis.embedded.nats import EmbeddedNats
from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.state import StateDirectory
from ledger.migrations import apply, ledger_set
from ledger.roles import SETTINGS, Role

INSTALLATION = "bench"
SERVICE, PASSWORD = "bench", "bench"
RUNS = 3
"""Of ours and of each baseline, in turns; the median is what is said."""


def _anything(_row: str) -> bool:
    return True


def _silence(_text: str) -> None:
    return


@dataclass(frozen=True, kw_only=True)
class Bed:
    """Servers, and how much to measure on them. Every durable write of a measurement goes to these two."""

    state: Path
    """The state directory; a measurement keeps files of its own in a folder of its own below it."""
    owner_dsn: str
    """PostgreSQL's superuser: for baselines that make their own tables, never for ours."""
    service_dsn: str
    """The role of `service`, whose ledger is there and empty at first."""
    service: str = SERVICE
    nats_url: str
    nats_user: str | None = None
    nats_password: str | None = None
    """None: the server has no users."""
    runs: int = RUNS
    share: float = 1.0
    """Of the full sizes; a smoke test takes a hundredth."""
    wants: Callable[[str], bool] = field(default=_anything)
    """Whether the row of this id was asked for. A module may skip what was not; it need not."""
    say: Callable[[str], None] = field(default=_silence)
    """Shows how far a measurement is."""

    def size(self, full: int) -> int:
        """So many, or the share of them that this bed measures; at least one."""
        return max(1, int(full * self.share))

    async def declare(self, service: str) -> str:
        """An empty ledger for one more service; the answer is the DSN of its role."""
        await apply(self.owner_dsn, [ledger_set(service, INSTALLATION)], [Role(service, PASSWORD, SETTINGS)])
        return dsn_of(self.owner_dsn, service)


def dsn_of(owner_dsn: str, service: str) -> str:
    """The same database for another role."""
    parts = urlsplit(owner_dsn)
    address = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{service}:{PASSWORD}@{address}"))


@asynccontextmanager
async def made_up(
    *,
    runs: int = RUNS,
    share: float = 1.0,
    wants: Callable[[str], bool] = _anything,
    say: Callable[[str], None] = _silence,
) -> AsyncIterator[Bed]:
    """A bed in a folder of its own, gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder,
        StateDirectory(Path(folder) / "state").own("wall") as state,
    ):
        postgres, nats = EmbeddedPostgres(state), EmbeddedNats(state)
        try:
            owner = await postgres.start()
            bed = Bed(
                state=state.path,
                owner_dsn=owner,
                service_dsn=dsn_of(owner, SERVICE),
                nats_url=await nats.start(),
                runs=runs,
                share=share,
                wants=wants,
                say=say,
            )
            await bed.declare(SERVICE)
            yield bed
        finally:
            await nats.stop()
            await postgres.stop()
