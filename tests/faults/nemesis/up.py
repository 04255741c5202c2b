"""`python -m tests.faults.nemesis.up up --state DIR`: `huiyin up --processes`, its services run by `child`."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from chassis.stack import running_stack

CHILD = (sys.executable, "-m", "tests.faults.nemesis.child")


async def main(state: Path) -> None:
    """Until SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running_stack(state, processes=True, entry=CHILD):
        await stop.wait()


if __name__ == "__main__":
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(Path(sys.argv[sys.argv.index("--state") + 1])))
