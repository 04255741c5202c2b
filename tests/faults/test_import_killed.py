"""Something is killed in the middle of an import; the same command again ends it as if nothing had happened.

Moments are seeded shares of the events that an undisturbed import records. HUIYIN_FAULT_MOMENTS sets how many there
are; they take turns over the four victims. All but two use one platform and a file of their own each.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from huiyin.cli.running import read_runtime
from huiyin.client.platform import Platform, PlatformError
from tests.importing import MAPPING, about_the_file, row, write
from tests.platforms import RunningPlatform, platform
from tests.servers import state_path

MOMENTS = int(os.environ.get("HUIYIN_FAULT_MOMENTS", "10")) - 2  # Two more have a platform of their own.
VICTIMS = ("command", "services", "nats", "postgres")
ROWS = 150
LAST_SHARE = 0.8
"""Later the command may have ended before anything is killed."""

COMMAND_LIMIT_S = 180.0
LOOK_S = 0.05


def rows(name: str) -> list[dict[str, str]]:
    """Rows that differ from those of another name in nothing that a report shows."""
    random_ = random.Random(20190301)
    found = []
    for number in range(ROWS):
        received = f"2019-{random_.randint(1, 3):02}-{random_.randint(1, 28):02} 09:00:00"
        replied = f"2019-{random_.randint(4, 9):02}-{random_.randint(1, 28):02} 10:00:00"
        signed = random_.choice(("", "2019-03-30", replied[:10], "2018-01-01"))
        answer = {"reply_time": replied, "reply_sign_date": signed}
        if random_.random() < 0.1:
            answer = {"reply": "", "reply_time": ""}
        found.append(row(f"{name}-{number}", time=received, region=f"区{number % 7}", **answer))
    return found


@dataclass
class Import:
    """The command on one file, into a platform that runs or into one of its own."""

    file: Path
    state: Path

    def start(self) -> subprocess.Popen[str]:
        """Begin it."""
        words = ["import", str(self.file), "--mapping", MAPPING, "--state", str(self.state)]
        return subprocess.Popen(
            [sys.executable, "-m", "huiyin.cli.main", *words, "--report", str(self._report)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
        )

    def report(self) -> dict[str, Any]:
        """Run it to its end; what it reports about the file."""
        command = self.start()
        _, said = command.communicate(timeout=COMMAND_LIMIT_S)
        assert command.returncode == 0, said
        return about_the_file(json.loads(self._report.read_text(encoding="utf-8")))

    @property
    def _report(self) -> Path:
        return self.file.with_suffix(".json")


def recorded(state: Path) -> int:
    """How many events all services have recorded; 0 while nothing answers."""
    found = read_runtime(state)
    if not found.get("ready"):
        return 0
    try:
        with Platform(found["http"]) as client:
            return sum(service["head"] for service in client.status())
    except PlatformError:
        return 0


def until(command: subprocess.Popen[str], state: Path, events: int) -> None:
    """Wait until so many events are recorded; the command must still be running then."""
    while recorded(state) < events:
        assert command.poll() is None, command.communicate()[1]
        time.sleep(LOOK_S)


@dataclass
class Bench:
    """A platform for all moments, and what an undisturbed import reports and records."""

    running: RunningPlatform
    folder: Path
    reference: dict[str, Any]
    events: int

    def file(self, name: str) -> Path:
        """A file like the undisturbed one, with other ids."""
        return write(self.folder / f"{name}.csv", rows(name))


@pytest.fixture(scope="module")
async def bench(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    folder = tmp_path_factory.mktemp("killed")
    with platform("--allow-import") as running:
        await running.start()
        undisturbed = Import(write(folder / "undisturbed.csv", rows("undisturbed")), running.state)
        reference = undisturbed.report()
        yield Bench(running, folder, reference, recorded(running.state))


@pytest.mark.parametrize("moment", range(MOMENTS))
async def test_a_killed_import_is_ended_by_the_same_command(bench: Bench, moment: int) -> None:
    share = random.Random(moment).uniform(0, LAST_SHARE)
    victim = VICTIMS[moment % len(VICTIMS)]
    state = bench.running.state
    import_ = Import(bench.file(f"moment-{moment}"), state)
    before = recorded(state)
    command = import_.start()
    until(command, state, before + int(share * bench.events) + 1)
    if victim == "command":
        command.kill()
    elif victim == "services":
        bench.running.kill()
        await bench.running.start()
    else:
        os.kill(bench.running.runtime["pids"][victim], signal.SIGKILL)
    command.communicate(timeout=COMMAND_LIMIT_S)
    assert import_.report() == bench.reference, (victim, share)


@pytest.mark.parametrize("victim", ["command", "services"])
def test_a_command_with_a_platform_of_its_own_leaves_nothing_running_and_goes_on(
    bench: Bench, victim: str
) -> None:
    share = random.Random(victim).uniform(0, LAST_SHARE)
    with state_path() as state:
        import_ = Import(bench.file(f"own-{victim}"), state)
        command = import_.start()
        until(command, state, int(share * bench.events) + 1)
        pids = read_runtime(state)["pids"]
        if victim == "command":
            command.kill()
        else:
            os.kill(pids["services"], signal.SIGKILL)
        _, said = command.communicate(timeout=COMMAND_LIMIT_S)
        assert len(said.strip().splitlines()) <= 1, said
        assert import_.report() == bench.reference
        assert not [pid for pid in pids.values() if Path(f"/proc/{pid}").exists()]
        assert read_runtime(state) == {}


def test_the_undisturbed_import_is_what_the_file_says(bench: Bench) -> None:
    reference = bench.reference
    assert reference["cases"] == ROWS
    assert reference["rejected"] == []
    assert reference["by_state"]["replied"] + reference["by_state"]["transferred"] == ROWS
    assert reference["notes"]["sign_date_outside"] > 0
    assert reference["clocks"]["K5"]["missed"] > 0
