"""The rungs of a clock: what follows by itself, and on which day, if nobody acts (domain.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from huiyin.common.v1.types import Deadline
from huiyin.oversight.v1.events import Rung, RungKind
from statute.in_force import Statute
from statute.rungs import urge_dates, warn_dates

MISSED = "missed"
"""The name of the one rung that is a breach."""

NEVER_URGED: Mapping[str, str] = {
    "K3": "the law ends the duty at its due date (acceptance is deemed); from then on K5 is urged",
    "K7": "the petitioner's own period; the opinion stands when it has passed (domain.md K7)",
    "K9": "the petitioner's own period; the review stands when it has passed (domain.md K9)",
    "K19": "the petitioner's own period; no rating is no rating (domain.md K19)",
    "K18": "an internal target: its queue is shown, nobody is urged for it (domain.md C27, K18)",
}
"""Clocks that are warned of and missed, but have no steps after the due date, and why."""


def rungs_of(deadline: Deadline, statute: Statute) -> tuple[Rung, ...]:
    """All rungs of a deadline in order of time, each falling on 00:00 Asia/Shanghai of its day.

    A due date is missed from the day after it. A provisional one is only warned of: it may yet move, and is
    never a recorded breach (architecture.md §5). The ladder counts working days by the calendar in force; it is fixed
    when the clock starts, so that everybody can read beforehand what will happen and when.
    """
    rungs = [
        Rung(name=name, kind=RungKind.WARNING, falls_on=on)
        for name, on in warn_dates(deadline, statute.rules)
    ]
    if not deadline.provisional:
        missed_on = first_day_late(deadline.due_on)
        rungs.append(Rung(name=MISSED, kind=RungKind.MISSED, falls_on=missed_on))
        if deadline.clock not in NEVER_URGED:
            urges = urge_dates(deadline, calendar=statute.calendar, rules=statute.rules)
            rungs += [Rung(name=name, kind=RungKind.URGE, falls_on=on) for name, on in urges]
    return tuple(sorted(rungs, key=lambda rung: rung.falls_on))  # Stable: missed stays before the first urge.


def first_day_late(due_on: date) -> date:
    """The day from whose 00:00 a due date is missed."""
    return due_on + timedelta(days=1)
