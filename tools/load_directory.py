"""Load a nation's divisions and a national catalogue of transfer rules: `make load-directory DATA=folder`.

`divisions/provinces.csv`, `cities.csv` and `areas.csv` become units of the territorial tree, through the same checks
as `huiyin unit import`. `cpgrams_movement.csv` becomes offices and duties, through the decider of duties: a row says
that an office, for cases of a category that another one sends on, is competent. Nothing of the data is kept.

Printed: how many of each were read; every fault; the memory they take; how long finding the competent unit takes,
asked for every duty in turn and for random subjects in random areas. Exit code 1 if the 99th percentile is over 1 ms.
"""

from __future__ import annotations

import csv
import gc
import random
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import psutil

from huiyin.routing.v1.events import DutyAssigned, DutyEnded, DutyEvent
from huiyin.units import Units
from ledger.refusal import Refusal
from routing.domain.directory_import import COLUMNS, OPTIONAL, plan
from routing.domain.duty_catalogue import AssignDuty, Duties, EndDuty, duty_decider
from routing.domain.duty_catalogue_index import EVERYWHERE, DutyIndex

AT = datetime(2025, 8, 18, 1, tzinfo=UTC)
TODAY = date(2025, 8, 18)
BEGAN = date(2020, 1, 1)
"""The files say nothing of days; any day before today serves."""

NATION = "cn"
BASIS = "transfer rule of the file"
LIMIT_MS = 1.0
QUERIES = 20_000
SEED = 7
BAD_INPUT = 2
"""Exit code for a folder without the files."""


@dataclass(slots=True)
class Loaded:
    """What was read, and every fault as a sentence."""

    units: Units
    index: DutyIndex = field(default_factory=DutyIndex)
    duties: list[DutyAssigned] = field(default_factory=list)
    inactive: int = 0
    faults: list[str] = field(default_factory=list)


def rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The lines of a CSV file with their numbers."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for values in reader:
            yield reader.line_num, {name: (value or "").strip() for name, value in values.items() if name}


def as_csv(units: Iterable[Sequence[str]]) -> str:
    """Units as a file for the import: id, name, kind, level, division, organ code, parent."""
    lines = [",".join((*COLUMNS, *OPTIONAL))]
    lines += [",".join((*map(_quoted, unit), "", "")) for unit in units]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def divisions(folder: Path) -> Iterator[Sequence[str]]:
    """The government of each division."""
    yield (NATION, "全国", "government", "nation", EVERYWHERE, "CN", "")
    for _, row in rows(folder / "provinces.csv"):
        yield _government(row, "province", NATION)
    for _, row in rows(folder / "cities.csv"):
        yield _government(row, "city", row["provinceCode"])
    for _, row in rows(folder / "areas.csv"):
        yield _government(row, "county", row["cityCode"])


def _government(row: Mapping[str, str], level: str, parent: str) -> Sequence[str]:
    code = row["code"]
    return (code, row["name"], "government", level, code.ljust(6, "0"), code, parent)


def offices(movement: Path) -> Iterator[Sequence[str]]:
    """Every office that sends or receives."""
    found = dict.fromkeys(row[end] for _, row in rows(movement) for end in ("fromOrg", "toOrg"))
    for office in found:
        yield (f"o.{office}", office, "competent", "nation", EVERYWHERE, "OFFICE", NATION)


def load(folder: Path) -> Loaded:
    """Everything of a folder. Raises OSError or KeyError for files that are not there or are others."""
    movement = folder / "cpgrams_movement.csv"
    planned = plan(as_csv([*divisions(folder / "divisions"), *offices(movement)]), Units())
    loaded = Loaded(Units().after(planned.found))
    loaded.faults += [f"units, line {each.line} {each.column}: {each.text}" for each in planned.faults]
    _load_duties(movement, loaded)
    return loaded


def _load_duties(movement: Path, loaded: Loaded) -> None:
    states: dict[str, Duties] = {}
    first: dict[tuple[str, str, str | None], int] = {}
    for line, row in rows(movement):
        command = _assign(row, loaded.units)
        before = states.get(command.unit_id, duty_decider.initial)
        seen = first.setdefault((command.unit_id, command.subject, command.sender_unit_id), line)
        try:
            events: list[DutyEvent] = list(duty_decider.decide(before, command))
            if row["isActive"] != "Y":
                events += _ended(duty_decider.fold(events, before), command)
                loaded.inactive += 1
        except Refusal as refused:
            loaded.faults.append(f"{movement.name}, line {line}: {refused.message}")
            continue
        if seen != line:
            loaded.faults.append(f"{movement.name}, line {line}: the same rule as in line {seen}")
        states[command.unit_id] = duty_decider.fold(events, before)
        loaded.index.apply(events)
        loaded.duties += [event for event in events if isinstance(event, DutyAssigned)]


def _assign(row: Mapping[str, str], units: Units) -> AssignDuty:
    """A category that depends on an institution is a narrower subject below the category."""
    subject = "/".join(filter(None, (row["categoryCodeFrom"], row["dependentOn"])))
    receiver, sender = f"o.{row['toOrg']}", f"o.{row['fromOrg']}"
    return AssignDuty(
        at=AT,
        unit_id=receiver,
        subject=subject,
        division=EVERYWHERE,
        from_on=BEGAN,
        basis=BASIS,
        sender_unit_id=sender,
        concludes=row["canClose"] == "Y",
        unit_lives=units.current(receiver) is not None,
        sender_known=units.get(sender) is not None,
    )


def _ended(duties: Duties, command: AssignDuty) -> Sequence[DutyEnded]:
    end = EndDuty(
        at=AT,
        unit_id=command.unit_id,
        subject=command.subject,
        division=command.division,
        sender_unit_id=command.sender_unit_id,
        until_on=TODAY,
    )
    return [event for event in duty_decider.decide(duties, end) if isinstance(event, DutyEnded)]


@dataclass(frozen=True, slots=True)
class Timing:
    """So many questions, how many were answered with a unit, and how long they took."""

    queries: int
    answered: int
    p50_ms: float
    p99_ms: float
    longest_ms: float


def measure(loaded: Loaded, questions: Iterable[tuple[str, str, str | None]]) -> Timing:
    """Ask for the competent unit, one question (subject, division, sender) after the other."""
    took: list[float] = []
    answered = 0
    for subject, division, sender in questions:
        begin = time.perf_counter()
        found = loaded.index.competent(subject, division, TODAY, loaded.units, sender)
        took.append((time.perf_counter() - begin) * 1000)
        answered += bool(found)
    took.sort()
    return Timing(len(took), answered, took[len(took) // 2], took[len(took) * 99 // 100], took[-1])


def random_questions(loaded: Loaded) -> Iterator[tuple[str, str, str | None]]:
    """A narrower subject than any rule has, in the smallest areas: each answer is found by falling back."""
    chance = random.Random(SEED)
    areas = [unit.division for unit in loaded.units.by_id.values() if unit.division != EVERYWHERE]
    for _ in range(QUERIES):
        duty = chance.choice(loaded.duties)
        yield f"{duty.subject}/x/y", chance.choice(areas), duty.sender_unit_id


def _memory_mb() -> float:
    gc.collect()
    used: int = psutil.Process().memory_info().rss
    return used / 2**20


def report(loaded: Loaded, memory_mb: float) -> int:
    """Print what came of it; the exit code."""
    by_level: dict[str, int] = {}
    for unit in loaded.units.by_id.values():
        kind = "offices" if unit.unit_id.startswith("o.") else unit.level.name.lower()
        by_level[kind] = by_level.get(kind, 0) + 1
    say = sys.stdout.write
    say(f"units: {', '.join(f'{count:,} {kind}' for kind, count in by_level.items())}\n")
    say(f"duties: {len(loaded.index):,}, of which ended {loaded.inactive}\n")
    say(f"memory: {memory_mb:.1f} MB for directory and catalogue\n")
    say(f"faults: {len(loaded.faults)}\n")
    for fault in loaded.faults:
        say(f"  {fault}\n")
    each = [(duty.subject, "110101", duty.sender_unit_id) for duty in loaded.duties]
    worst = 0.0
    for name, questions in (("every duty", each), ("random", list(random_questions(loaded)))):
        found = measure(loaded, questions)
        worst = max(worst, found.p99_ms)
        say(
            f"{name}: {found.queries:,} questions, {found.answered:,} answered, p50 {found.p50_ms:.4f} ms, "
            f"p99 {found.p99_ms:.4f} ms, longest {found.longest_ms:.2f} ms\n"
        )
    return 1 if worst > LIMIT_MS else 0


def main() -> int:
    """Exit code 0 if the competent unit is found in time."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: make load-directory DATA=folder with divisions/ and cpgrams_movement.csv\n")
        return BAD_INPUT
    before = _memory_mb()
    try:
        loaded = load(Path(sys.argv[1]))
    except (OSError, KeyError) as error:
        sys.stderr.write(f"load-directory: {type(error).__name__}: {error}\n")
        return BAD_INPUT
    return report(loaded, _memory_mb() - before)


if __name__ == "__main__":
    sys.exit(main())
