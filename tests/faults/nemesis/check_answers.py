"""I8, I10, I11: every case in one work list, nobody sees less than what was said to him, and the lag returns to 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.faults.nemesis.world import Violation, World

LAG_LIMIT_S = 60.0


def worklists(world: World) -> Iterator[Violation]:
    """I8: each case is in exactly one unit's work list; each case that was answered has one revisit task."""
    listed = Counter(case for cases in world.worklists.values() for case in cases)
    received = {event.event.case_id for event in world.events["intake"] if event.name == "CaseReceived"}
    for case in sorted(received | listed.keys()):
        if listed[case] != 1 or case not in received:
            units = [unit for unit, cases in world.worklists.items() if case in cases]
            yield Violation("I8", f"it is in the work lists of {units}", case, ("intake", "routing"))
    tasks = Counter(row.strip("()").partition(",")[0] for row in world.views.get("revisit.tasks", ()))
    answered = {event.event.case_id for event in world.events["routing"] if event.name == "OpinionServed"}
    for case in sorted(answered | tasks.keys()):
        if tasks[case] != 1 or case not in answered:
            yield Violation("I8", f"{tasks[case]} revisit tasks", case, ("routing", "revisit"))


def read_your_writes(world: World) -> Iterator[Violation]:
    """I10: whoever names what he has seen is never shown less, and never refused for what he has done himself."""
    for note in world.notes("read"):
        if missing := set(note["seen"]) - set(note["shown"]):
            services = tuple({each.partition(":")[0] for each in missing})
            yield Violation(
                "I10", f"had seen {sorted(missing)}, and it was not shown", note["case"], services
            )
    for note in world.notes("fail"):
        what = f"{note['path']} was refused: {note['trouble']}"
        services = (note["path"].split("/")[1], "intake") if note["path"].startswith("/") else ()
        yield Violation("I10", what, note.get("case") or "", services)


def liveness(world: World) -> Iterator[Violation]:
    """I11: with faults off, everything is applied within 60 s, and every act that is still asked for is answered."""
    if world.lag_s > LAG_LIMIT_S:
        yield Violation("I11", f"faults off, everything was applied after {world.lag_s:.0f} s only")
    for note in world.notes("given-up"):
        what = f"{note['act']} {note['path']} was never answered"
        yield Violation("I11", what, note.get("case") or "")
