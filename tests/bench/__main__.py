"""`make bench`: measures, prints a table, writes bench.json.

`python -m tests.bench append load.50` measures only the rows whose ids begin so.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import uvloop
from rich.console import Console

from tests.bench.bed import Bed, made_up
from tests.bench.report import show, write
from tests.bench.rows import Row

OUTPUT = Path("bench.json")
MODULES = (
    "append",
    "load",
    "codec",
    "relay",
    "consume",
    "verify",
    "rebuild",
    "pipeline",
    "lifecycles",
    "memory",
)
"""tests.bench.<name>, each with `async def measure(bed: Bed) -> list[Row]`; its rows are called <name>[.…]."""


async def main(chosen: Sequence[str], console: Console) -> int:
    """The exit code: 1 if a module failed (the others were measured all the same), 2 for rows nobody has."""
    wanted = [name for name in MODULES if any(name.startswith(_module(row)) for row in chosen or ("",))]
    if unknown := [row for row in chosen if not any(name.startswith(_module(row)) for name in MODULES)]:
        console.print(f"no such rows: {', '.join(unknown)}; there are {', '.join(MODULES)}")
        return 2

    def wants(row: str) -> bool:
        return not chosen or row.startswith(tuple(chosen))

    def say(text: str) -> None:
        console.print(f"  {text}", style="dim", highlight=False)

    rows: list[Row] = []
    failed: list[str] = []
    async with made_up(wants=wants, say=say) as bed:
        for name in wanted:
            begin = time.perf_counter()
            console.print(f"{name} …", highlight=False)
            try:
                measured = [row for row in await _measure(name, bed) if wants(row.id)]
            except Exception as error:
                failed.append(f"{name}: {type(error).__name__}: {error}")
                console.print(f"  failed: {failed[-1]}", style="red", highlight=False, markup=False)
                continue
            rows += measured
            for row in measured:
                say(f"{row.id}: {row.as_json()['ours']:,} {row.unit}")
            say(f"took {time.perf_counter() - begin:.1f} s")
    show(rows, console)
    write(rows, OUTPUT, part=bool(chosen))
    for line in failed:
        console.print(f"failed: {line}", style="red", highlight=False, markup=False)
    return 1 if failed else 0


def _module(row: str) -> str:
    return row.partition(".")[0]


async def _measure(name: str, bed: Bed) -> list[Row]:
    module = importlib.import_module(f"tests.bench.{name}")
    return list(await module.measure(bed))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.exit(runner.run(main(sys.argv[1:], Console())))
