"""The table on the screen, and bench.json."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.rows import Row


def show(rows: Sequence[Row], console: Console) -> None:
    """One line a row."""
    table = Table("id", "ours", "unit", "p50 ms", "p99 ms", "baselines", "ours ÷ baseline")
    for row in rows:
        said = row.as_json()
        others = ", ".join(f"{name} {value:,}" for name, value in said["baselines"].items())
        ratios = ", ".join(f"{name} ×{value}" for name, value in said["ratios"].items())
        p50, p99 = ("" if said[key] is None else str(said[key]) for key in ("p50_ms", "p99_ms"))
        table.add_row(row.id, f"{said['ours']:,}", row.unit, p50, p99, others, ratios)
    console.print(table)


def write(rows: Sequence[Row], output: Path, *, part: bool) -> None:
    """Write the rows. Of a `part` of them: an earlier run's stay beside them if it measured the same commit."""
    commit = _commit()
    new = [row.as_json() for row in rows]
    taken = {row["id"] for row in new}
    kept = [row for row in _earlier(output, commit) if row["id"] not in taken] if part else []
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "machine": platform.machine()}
    document = {"machine": machine, "commit": commit, "rows": [*kept, *new]}
    output.write_text(json.dumps(document, indent=2) + "\n")


def _earlier(output: Path, commit: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(output.read_text())
    except (FileNotFoundError, ValueError):
        return []
    return found["rows"] if commit and found.get("commit") == commit else []


def _commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return asked.stdout.strip()
