"""All invariants over one world, and for each violation the shortest history that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.faults.nemesis import check_answers, check_effects, check_records
from tests.faults.nemesis.world import Event, Violation, World

Check = Callable[[World], Iterator[Violation]]

INVARIANTS: Mapping[str, Sequence[Check]] = {
    "I1": (check_records.receipts, check_records.acts),
    "I2": (check_records.versions,),
    "I3": (check_records.streams,),
    "I4": (check_effects.positions, check_effects.timeline, check_effects.reactions),
    "I5": (check_effects.views,),
    "I6": (check_effects.notices,),
    "I7": (check_effects.deadlines,),
    "I8": (check_answers.worklists,),
    "I9": (check_records.chains,),
    "I10": (check_answers.read_your_writes,),
    "I11": (check_answers.liveness,),
}
"""reliability.md §3.4. I12 (canaries) is tests/e2e/test_canaries.py."""

MOST = 60
"""Lines of a history: what is longer is not read."""


def check(world: World) -> list[Violation]:
    """Every violation; none means that every promise was kept."""
    return [found for checks in INVARIANTS.values() for each in checks for found in each(world)]


def shortest_history(world: World, violation: Violation) -> list[str]:
    """The acts on the case, the faults that lasted meanwhile, and the lines that show it; nothing else."""
    lines = [_shown(event) for event in _lines(world, violation)]
    notes = [note for note in world.history if _concerns(note, violation)]
    if notes:
        begin, end = notes[0]["t"], notes[-1]["t"]
        notes += [n for n in world.notes("fault", "healed") if begin - 5 <= n["t"] <= end + 1]
        notes.sort(key=lambda note: note["t"])
    return [*map(_told, notes[:MOST]), *lines[:MOST]]


def _lines(world: World, violation: Violation) -> list[Event]:
    if violation.case:
        wanted = violation.services or tuple(world.events)
        return [e for e in world.by_case.get(violation.case, ()) if e.line.service in wanted]
    return [
        event
        for service, position in violation.positions
        for event in world.events.get(service, ())
        if abs(event.line.position - position) <= 1
    ]


def _concerns(note: dict[str, Any], violation: Violation) -> bool:
    if not violation.case or note["type"] in ("fault", "healed"):
        return False
    value = note.get("value")
    return violation.case in (note.get("case"), value.get("case_id") if isinstance(value, dict) else None)


def _told(note: dict[str, Any]) -> str:
    more = {name: value for name, value in note.items() if name not in ("t", "type", "clerk", "case")}
    if isinstance(value := more.get("value"), dict):
        more["value"] = value.get("position")
    return f"{note['t']:9.3f} {note['type']:7} " + " ".join(f"{k}={v}" for k, v in more.items())


def _shown(event: Event) -> str:
    line, cause = event.line, event.recorded.caused_by
    because = f" <- {cause.service} {cause.position}" if cause else ""
    key = f" key={event.recorded.idempotency_key}" if event.recorded.idempotency_key else ""
    at = line.recorded_at.isoformat(timespec="milliseconds")
    return (
        f"{at} {line.service} {line.position} {line.stream[-12:]} v{line.version} {event.name}{because}{key}"
    )
