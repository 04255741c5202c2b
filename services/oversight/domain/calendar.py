"""What counts as a working day and how long each duty lasts, as published facts: one stream a jurisdiction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from huiyin.oversight.v1.events import CalendarEvent, CalendarPublished, RulePublished
from ledger.decider import Decider
from oversight.domain import refusals
from statute.calendar_year import CalendarYear
from statute.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCalendar:
    """Put the calendar of a year into force."""

    at: datetime
    year: CalendarYear


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRule:
    """Put a version of a rule into force."""

    at: datetime
    rule: Rule


CalendarCommand: TypeAlias = PublishCalendar | PublishRule


@dataclass(frozen=True, slots=True)
class Published:
    """What is in force: the newest calendar of each year, and every rule version by its id."""

    years: Mapping[int, CalendarPublished] = field(default_factory=dict)
    rules: Mapping[str, RulePublished] = field(default_factory=dict)


def decide(published: Published, command: CalendarCommand) -> Sequence[CalendarEvent]:
    """The events that a command leads to; [] if it is already so; a Refusal if a rule forbids it."""
    match command:
        case PublishCalendar():
            return _publish_calendar(published, command.year)
        case PublishRule():
            return _publish_rule(published, command.rule)
        case _:
            assert_never(command)


def _publish_calendar(published: Published, year: CalendarYear) -> Sequence[CalendarEvent]:
    event = CalendarPublished(
        jurisdiction=year.jurisdiction,
        year=year.year,
        version=year.id,
        holidays_on=tuple(sorted(year.holidays)),
        makeup_workdays_on=tuple(sorted(year.makeup_workdays)),
        verified_by=year.verified_by,
    )
    known = published.years.get(year.year)
    if known == event:
        return []
    if known is not None and _number(known.version) >= year.version:
        raise refusals.CalendarNotNewer(known.version, year.id)
    return [event]


def _number(version: str) -> int:
    """cn@2026.3 -> 3."""
    return int(version.rpartition(".")[2])


def _publish_rule(published: Published, rule: Rule) -> Sequence[CalendarEvent]:
    event = RulePublished(
        rule=rule.id,
        clock=rule.clock,
        law=rule.law,
        article=rule.article,
        effective_from_on=rule.effective_from,
        days=rule.days or 0,
        working_days=rule.working_days,
        roll_last_day=rule.roll_last_day,
        verified_by=rule.verified_by,
    )
    known = published.rules.get(rule.id)
    if known == event:
        return []
    if known is not None:
        raise refusals.RuleRewritten(rule.id)
    return [event]


def evolve(published: Published, event: CalendarEvent) -> Published:
    """What is in force after an event."""
    match event:
        case CalendarPublished():
            return replace(published, years={**published.years, event.year: event})
        case RulePublished():
            return replace(published, rules={**published.rules, event.rule: event})
        case _:
            assert_never(event)


calendar_decider: Decider[Published, CalendarCommand, CalendarEvent] = Decider(
    initial=Published(), decide=decide, evolve=evolve
)


def stream(jurisdiction: str) -> str:
    """The stream of a jurisdiction's calendars and rules."""
    return f"oversight-calendar-{jurisdiction}"
