"""The rungs of a clock: what follows by itself, and when, if nobody acts (domain.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from huiyin.common.v1.types import Deadline
from huiyin.oversight.v1.events import Rung, RungKind
from statute.in_force import Statute
from statute.instants import civil_date, end_instant
from statute.rungs import urge_dates, warn_dates, warn_instants

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

DAYS_KEPT = 1024
"""Days whose first instant is kept: those on which the rungs of running clocks fall lie in a few months."""


def rungs_of(deadline: Deadline, statute: Statute) -> tuple[Rung, ...]:
    """All rungs of a deadline in order of time.

    Where days are counted, each falls on 00:00 Asia/Shanghai of its day, and a due date is missed from the day after
    it. An exact duration is warned of at instants, and missed at the instant at which it ends. A provisional due date
    is only warned of: it may yet move, and is never a recorded breach (architecture.md §5). The ladder counts working
    days by the calendar in force; it is fixed when the clock starts, so that everybody can read beforehand what will
    happen and when.
    """
    rungs = [*_warnings(deadline, statute)]
    if not deadline.provisional:
        rungs.append(_missed(deadline))
        if deadline.clock not in NEVER_URGED:
            urges = urge_dates(deadline, calendar=statute.calendar, rules=statute.rules)
            rungs += [Rung(name=name, kind=RungKind.URGE, falls_on=on) for name, on in urges]
    return tuple(
        sorted(rungs, key=falls_at)
    )  # Stable: a warning stays before missed, and missed before an urge.


def falls_at(rung: Rung) -> datetime:
    """The instant (UTC) at which a rung falls."""
    return rung.falls_at or day_begins_at(rung.falls_on)


@lru_cache(maxsize=DAYS_KEPT)
def day_begins_at(day: date) -> datetime:
    """00:00 Asia/Shanghai of a day, in UTC."""
    return end_instant(day - timedelta(days=1))


def _warnings(deadline: Deadline, statute: Statute) -> list[Rung]:
    if deadline.start_at is None:
        return [
            Rung(name=name, kind=RungKind.WARNING, falls_on=on)
            for name, on in warn_dates(deadline, statute.rules)
        ]
    return [
        Rung(name=name, kind=RungKind.WARNING, falls_on=civil_date(at), falls_at=at)
        for name, at in warn_instants(deadline, statute.rules)
    ]


def _missed(deadline: Deadline) -> Rung:
    if deadline.due_at is None:
        on = deadline.due_on + timedelta(days=1)
        return Rung(name=MISSED, kind=RungKind.MISSED, falls_on=on)
    return Rung(name=MISSED, kind=RungKind.MISSED, falls_on=deadline.due_on, falls_at=deadline.due_at)
