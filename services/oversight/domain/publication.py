"""How a calendar year or a version of a rule comes into force: one person proposes it, another one approves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from huiyin.oversight.v1.events import (
    CalendarPublished,
    Publication,
    PublicationProposed,
    PublicationRejected,
    RulePublished,
)
from oversight.domain import refusals
from oversight.domain.published import Published
from statute.calendar_year import CalendarYear
from statute.definitions import (
    calendar_definition,
    read_calendar_definition,
    read_rule_definition,
    rule_definition,
)
from statute.instants import civil_date
from statute.rules import Rule

RELEASE = "release"
"""The maker of what came with the program. Nobody here has approved it; `verified_by` says how far it can be trusted."""

Subject: TypeAlias = CalendarYear | Rule
"""What can be published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """Put into force what came with this release, unless it is."""

    at: datetime
    subject: Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """Lay a calendar year or a version of a rule before a second person."""

    at: datetime
    subject: Subject
    maker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """Put what was proposed into force."""

    at: datetime
    version: str
    checker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Send what was proposed back."""

    at: datetime
    version: str
    checker: str
    reason: str


PublicationEvent: TypeAlias = CalendarPublished | RulePublished | PublicationProposed | PublicationRejected


def publish(published: Published, command: Publish) -> Sequence[PublicationEvent]:
    """The event that puts the subject into force; [] if it is. Raises CalendarNotNewer, RuleRewritten."""
    if _is_in_force(published, command.subject):
        return []
    return [_published(command.subject, RELEASE, "")]


def propose(published: Published, command: Propose) -> Sequence[PublicationEvent]:
    """Raises CalendarNotNewer, CalendarGap, RuleRewritten, RuleNotForward, ProposalOpen."""
    subject = command.subject
    if _is_in_force(published, subject):
        return []
    _check_order(published, subject, command.at)
    proposed = PublicationProposed(
        version=subject.id,
        kind=Publication.CALENDAR if isinstance(subject, CalendarYear) else Publication.RULE,
        definition=_definition(subject),
        maker=command.maker,
    )
    waiting = published.proposals.get(subject.id)
    if waiting is not None and waiting != proposed:
        raise refusals.ProposalOpen(subject.id)
    return [] if waiting else [proposed]


def approve(published: Published, command: Approve) -> Sequence[PublicationEvent]:
    """Raises ProposalUnknown, SecondPersonNeeded, and what `propose` raises."""
    if command.version in published.in_force and command.version not in published.proposals:
        return []
    proposed = _decided_by_another(published, command.version, command.checker)
    subject = _subject(proposed)
    if _is_in_force(published, subject):
        return []
    _check_order(published, subject, command.at)
    return [_published(subject, proposed.maker, command.checker)]


def reject(published: Published, command: Reject) -> Sequence[PublicationEvent]:
    """Raises ProposalUnknown, SecondPersonNeeded."""
    if command.version in published.rejected:
        return []
    _decided_by_another(published, command.version, command.checker)
    return [PublicationRejected(version=command.version, reason=command.reason, checker=command.checker)]


def _decided_by_another(published: Published, version: str, checker: str) -> PublicationProposed:
    proposed = published.proposals.get(version)
    if proposed is None:
        raise refusals.ProposalUnknown(version, sorted(published.proposals))
    if proposed.maker == checker:
        raise refusals.SecondPersonNeeded(version)
    return proposed


def _is_in_force(published: Published, subject: Subject) -> bool:
    """Whether exactly this is in force. Raises if something else stands under the same version, or a newer one."""
    definition = _definition(subject)
    if isinstance(subject, CalendarYear):
        year = published.years.get(subject.year)
        if year is None or version_number(year.version) < subject.version:
            return False
        if year.definition != definition:
            raise refusals.CalendarNotNewer(year.version, subject.id)
        return True
    rule = published.rules.get(subject.id)
    if rule is not None and rule.definition != definition:
        raise refusals.RuleRewritten(subject.id)
    return rule is not None


def _check_order(published: Published, subject: Subject, at: datetime) -> None:
    """What two people publish leaves no year out, and changes no period that has begun."""
    if isinstance(subject, CalendarYear):
        last = max(published.years, default=subject.year - 1)
        if subject.year > last + 1:
            raise refusals.CalendarGap(subject.id, last)
    elif subject.effective_from <= civil_date(at):
        raise refusals.RuleNotForward(subject.id, subject.effective_from)


def _published(subject: Subject, maker: str, checker: str) -> CalendarPublished | RulePublished:
    if isinstance(subject, CalendarYear):
        return CalendarPublished(
            jurisdiction=subject.jurisdiction,
            year=subject.year,
            version=subject.id,
            holidays_on=tuple(sorted(subject.holidays)),
            makeup_workdays_on=tuple(sorted(subject.makeup_workdays)),
            verified_by=subject.verified_by,
            definition=_definition(subject),
            maker=maker,
            checker=checker,
        )
    return RulePublished(
        rule=subject.id,
        clock=subject.clock,
        law=subject.law,
        article=subject.article,
        effective_from_on=subject.effective_from,
        days=subject.days or 0,
        working_days=subject.working_days,
        roll_last_day=subject.roll_last_day,
        verified_by=subject.verified_by,
        definition=_definition(subject),
        maker=maker,
        checker=checker,
    )


def _definition(subject: Subject) -> str:
    return calendar_definition(subject) if isinstance(subject, CalendarYear) else rule_definition(subject)


def _subject(proposed: PublicationProposed) -> Subject:
    if proposed.kind is Publication.CALENDAR:
        return read_calendar_definition(proposed.definition)
    return read_rule_definition(proposed.definition)


def version_number(version: str) -> int:
    """cn@2026.3 -> 3."""
    return int(version.rpartition(".")[2])
