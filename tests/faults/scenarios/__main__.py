"""`python -m tests.faults.scenarios [--only NAME]`: every scenario, one after another; exit code 1 if one fails."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import sys
import time
import traceback

import pytest

from tests.faults.scenarios.scene import scene, tell

SCENARIOS = (
    "nats_wiped",
    "nats_rolled_back",
    "block_truncated",
    "messages_deleted",
    "bytes_changed",
    "foreign_message",
    "wrong_head",
    "durable_deleted",
    "postgres_restored",
    "disk_full_nats",
    "disk_full_postgres",
)


async def run(name: str) -> bool:
    """One scenario on a platform of its own; whether it held."""
    play = importlib.import_module(f"tests.faults.scenarios.{name}")
    tell(f"{name}: {play.__doc__}")
    begun = time.monotonic()
    try:
        if hasattr(play, "play_alone"):
            await play.play_alone()
        else:
            async with scene(name) as made:
                await play.play(made)
                await made.check()
    except (Exception, pytest.fail.Exception) as error:
        traceback.print_exc()
        tell(f"{name}: FAILED after {time.monotonic() - begun:.0f} s: {error}")
        return False
    tell(f"{name}: held, {time.monotonic() - begun:.0f} s")
    return True


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.scenarios", description=__doc__)
    parser.add_argument("--only", choices=SCENARIOS, action="append")
    wanted = parser.parse_args().only or SCENARIOS
    held = [asyncio.run(run(name)) for name in wanted]
    tell(f"{sum(held)} of {len(held)} scenarios held")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
