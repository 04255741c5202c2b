"""What counts as a working day and how long each duty lasts, as published facts: one stream a jurisdiction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias, assert_never

from huiyin.oversight.v1.events import (
    CalendarEvent,
    CalendarPublished,
    PublicationProposed,
    PublicationRejected,
    RulePublished,
)
from ledger.decider import Decider
from oversight.domain.publication import Approve, Propose, Publish, Reject, approve, propose, publish, reject
from oversight.domain.published import Published

CalendarCommand: TypeAlias = Publish | Propose | Approve | Reject


def decide(published: Published, command: CalendarCommand) -> Sequence[CalendarEvent]:
    """The events that a command leads to; [] if it is already so; a Refusal if a rule forbids it."""
    match command:
        case Publish():
            return publish(published, command)
        case Propose():
            return propose(published, command)
        case Approve():
            return approve(published, command)
        case Reject():
            return reject(published, command)
        case _:
            assert_never(command)


def evolve(published: Published, event: CalendarEvent) -> Published:
    """What is in force after an event."""
    match event:
        case CalendarPublished():
            known = {**published.years, event.year: event}
            return replace(_without(published, event.version), years=known)
        case RulePublished():
            return replace(_without(published, event.rule), rules={**published.rules, event.rule: event})
        case PublicationProposed():
            waiting = {**published.proposals, event.version: event}
            return replace(published, proposals=waiting, rejected=published.rejected - {event.version})
        case PublicationRejected():
            return replace(_without(published, event.version), rejected=published.rejected | {event.version})
        case _:
            assert_never(event)


def _without(published: Published, version: str) -> Published:
    """Without the open proposal of a version."""
    waiting = {key: each for key, each in published.proposals.items() if key != version}
    return replace(published, proposals=waiting)


calendar_decider: Decider[Published, CalendarCommand, CalendarEvent] = Decider(
    initial=Published(), decide=decide, evolve=evolve
)


def stream(jurisdiction: str) -> str:
    """The stream of a jurisdiction's calendars and rules."""
    return f"oversight-calendar-{jurisdiction}"
