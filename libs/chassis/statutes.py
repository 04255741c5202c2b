"""Calendars and rules in force, as a read model that every service keeps which computes a period.

What came with the program is where everybody begins; what was published since, heard from oversight, goes on top.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bus.incoming import Incoming
from chassis.service import Projection
from huiyin.oversight.v1.events import CalendarPublished, Publication, RulePublished
from statute.definitions import read_calendar_definition, read_rule_definition
from statute.in_force import Statute, shipped_statute

KINDS: frozenset[type] = frozenset({CalendarPublished, RulePublished})

_INSERT = """
INSERT INTO statute (version, kind, jurisdiction, definition)
SELECT * FROM unnest($1::text[], $2::smallint[], $3::text[], $4::text[])
ON CONFLICT (version) DO NOTHING
"""
_SELECT = "SELECT version, kind, definition FROM statute WHERE kind = $1 OR jurisdiction = $2"


async def project(connection: Any, events: Sequence[Incoming]) -> None:
    """Write what was published."""
    rows = [_row(each.event) for each in events if isinstance(each.event, CalendarPublished | RulePublished)]
    if rows:
        await connection.execute(_INSERT, *map(list, zip(*rows, strict=True)))


def _row(event: CalendarPublished | RulePublished) -> tuple[str, int, str, str]:
    if isinstance(event, CalendarPublished):
        return event.version, int(Publication.CALENDAR), event.jurisdiction, event.definition
    return event.rule, int(Publication.RULE), "", event.definition


STATUTE = Projection(
    name="statute",
    sources=frozenset({"oversight"}),
    tables=("statute",),
    project=project,
    kinds=KINDS,
    schema=Path(__file__).parent / "schema" / "statute",
)


class StatuteBook:
    """What is in force in a jurisdiction, as far as this process has read."""

    def __init__(self, jurisdiction: str) -> None:
        self._jurisdiction = jurisdiction
        self._read: frozenset[str] = frozenset()
        self.in_force = shipped_statute(jurisdiction)

    async def refresh(self, connection: Any) -> int:
        """Read what was published since; how many versions were new."""
        rows = await connection.fetch(_SELECT, int(Publication.RULE), self._jurisdiction)
        new = [row for row in rows if row["version"] not in self._read]
        self.in_force = _with(self.in_force, new)
        self._read |= {row["version"] for row in new}
        return len(new)

    async def heard(self, begin: Callable[[], Awaitable[Any]], events: Iterable[Incoming]) -> None:
        """Read at once what these events have just put into force, inside their transaction, which `begin` joins.

        Should it be rolled back, the same events come again.
        """
        if any(isinstance(each.event, CalendarPublished | RulePublished) for each in events):
            await self.refresh(await begin())


def _with(statute: Statute, rows: Iterable[Any]) -> Statute:
    rules = []
    for row in rows:
        if row["kind"] == Publication.CALENDAR:
            statute = statute.with_year(read_calendar_definition(row["definition"]))
        else:
            rules.append(read_rule_definition(row["definition"]))
    for rule in sorted(rules, key=lambda rule: rule.effective_from):
        statute = statute.with_rule(rule)
    return statute
