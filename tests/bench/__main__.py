"""`make bench`: measures, prints a table, writes bench.json. Later issues add rows; these are the first."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import subprocess
import tempfile
from pathlib import Path

import uvloop
from rich.console import Console
from rich.table import Table

from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.state import StateDirectory
from ledger.migrations import apply, ledger_set
from ledger.roles import SETTINGS, Role
from tests.bench import append
from tests.bench.rows import Row

OUTPUT = Path("bench.json")
SERVICE, PASSWORD = "bench", "bench"


async def main() -> None:
    """Measure on a PostgreSQL of our own, with fsync on."""
    with tempfile.TemporaryDirectory() as folder, StateDirectory(Path(folder) / "state").own("wall") as state:
        server = EmbeddedPostgres(state)
        owner = await server.start()
        try:
            await apply(owner, [ledger_set(SERVICE, "bench")], [Role(SERVICE, PASSWORD, SETTINGS)])
            service_dsn = owner.replace(owner.split("//")[1].split("@")[0], f"{SERVICE}:{PASSWORD}")
            rows = await append.measure(owner, service_dsn, SERVICE)
        finally:
            await server.stop()
    show(rows)
    OUTPUT.write_text(json.dumps(_document(rows), indent=2) + "\n")


def _document(rows: list[Row]) -> dict[str, object]:
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "machine": platform.machine()}
    return {"machine": machine, "commit": commit, "rows": [row.as_json() for row in rows]}


def show(rows: list[Row]) -> None:
    """The table on screen."""
    table = Table("id", "ours", "unit", "p50 ms", "p99 ms", "ratios")
    for row in rows:
        said = row.as_json()
        ratios = ", ".join(f"{name} ×{value}" for name, value in said["ratios"].items())
        table.add_row(row.id, f"{row.ours:,.0f}", row.unit, str(said["p50_ms"]), str(said["p99_ms"]), ratios)
    Console().print(table)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
