"""The duties of one unit 权责清单: for which subjects, in which areas, from when to when. One stream a unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TypeAlias, assert_never

from huiyin.routing.v1.events import DutyAssigned, DutyEnded, DutyEvent
from ledger.decider import Decider
from ledger.refusal import Refusal
from statute.instants import civil_date

Key: TypeAlias = tuple[str, str, str | None]
"""Subject, division, and whose cases only."""

_DIVISION = re.compile(r"[0-9]{6}")
MAX_SUBJECT = 200
MAX_RANK = 99
MAX_DUTIES = 2_000
"""Subjects times areas of one unit: the largest of a national catalogue has some 300."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignDuty:
    """确定职责 Make a unit competent for a subject in an area."""

    at: datetime
    unit_id: str
    subject: str
    division: str
    from_on: date
    basis: str
    until_on: date | None = None
    sender_unit_id: str | None = None
    rank: int = 1
    concludes: bool = True
    unit_lives: bool
    sender_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDuty:
    """终止职责 Give a duty its last day."""

    at: datetime
    unit_id: str
    subject: str
    division: str
    until_on: date
    sender_unit_id: str | None = None


DutyCommand: TypeAlias = AssignDuty | EndDuty


@dataclass(frozen=True, slots=True)
class Duties:
    """The newest version of each duty of a unit."""

    by_key: Mapping[Key, DutyAssigned] = field(default_factory=lambda: MappingProxyType({}))


class DutyOfNoUnit(Refusal):
    """Duties belong to living units, and name senders of the directory."""

    def __init__(self) -> None:
        super().__init__(
            "C21",
            "单位目录中没有该单位，或者该单位已不存在。",
            "The unit or the sender is not in the directory, or is no more: duties pass to its successor.",
        )


class DutyMalformed(Refusal):
    """A duty names a subject, an area of six digits, a rank from 1 to 99, and on what it rests."""

    def __init__(self) -> None:
        super().__init__(
            "duty-catalogue",
            "职责须写明事项类别、六位区划代码、1 至 99 的顺位和依据，且终止日不早于起始日。",
            "A duty names subject, area (six digits), rank (1-99) and basis, and ends no earlier than it begins.",
        )


class NoSuchDuty(Refusal):
    """Only a duty that is in the catalogue ends."""

    def __init__(self) -> None:
        super().__init__(
            "duty-catalogue", "该单位没有这项职责。", "The unit has no such duty: look at its catalogue."
        )


class DutyEndsInThePast(Refusal):
    """What was decided under a duty stays so: a last day is never earlier than yesterday."""

    def __init__(self) -> None:
        super().__init__(
            "time-honest",
            "职责的终止日不得早于昨天：过去依此作出的转送不受影响。",
            "A duty cannot end earlier than yesterday: what was sent under it was sent rightly.",
        )


class TooManyDuties(Refusal):
    """A catalogue is read by people."""

    def __init__(self) -> None:
        super().__init__(
            "duty-catalogue",
            f"一个单位至多 {MAX_DUTIES} 项职责。",
            f"A unit has at most {MAX_DUTIES} duties: use broader subjects or areas.",
        )


def rule_id(duty: DutyAssigned) -> str:
    """How a transfer names the rule that it rests on: unit:subject:area[:sender]@version."""
    sender = f":{duty.sender_unit_id}" if duty.sender_unit_id else ""
    return f"{duty.unit_id}:{duty.subject}:{duty.division}{sender}@{duty.version}"


def decide(duties: Duties, command: DutyCommand) -> Sequence[DutyEvent]:
    """The events that a command leads to; [] if it is already so."""
    match command:
        case AssignDuty():
            return _assign(duties, command)
        case EndDuty():
            return _end(duties, command)
        case _:
            assert_never(command)


def _assign(duties: Duties, command: AssignDuty) -> Sequence[DutyEvent]:
    if _malformed(command):
        raise DutyMalformed()
    before = duties.by_key.get((command.subject, command.division, command.sender_unit_id))
    duty = DutyAssigned(
        unit_id=command.unit_id,
        subject=command.subject,
        division=command.division,
        sender_unit_id=command.sender_unit_id,
        version=before.version if before else 1,
        rank=command.rank,
        concludes=command.concludes,
        from_on=command.from_on,
        until_on=command.until_on,
        basis=command.basis,
    )
    if duty == before:
        return []
    if not (command.unit_lives and command.sender_known):
        raise DutyOfNoUnit()
    if before is None and len(duties.by_key) >= MAX_DUTIES:
        raise TooManyDuties()
    return [replace(duty, version=duty.version + 1) if before else duty]


def _malformed(command: AssignDuty) -> bool:
    return not (
        0 < len(command.subject.strip()) <= MAX_SUBJECT
        and _DIVISION.fullmatch(command.division)
        and 1 <= command.rank <= MAX_RANK
        and command.basis.strip()
        and (command.until_on is None or command.until_on >= command.from_on)
    )


def _end(duties: Duties, command: EndDuty) -> Sequence[DutyEvent]:
    duty = duties.by_key.get((command.subject, command.division, command.sender_unit_id))
    if duty is None:
        raise NoSuchDuty()
    if duty.until_on == command.until_on:
        return []
    if command.until_on < civil_date(command.at) - timedelta(days=1):
        raise DutyEndsInThePast()
    return [
        DutyEnded(
            unit_id=duty.unit_id,
            subject=duty.subject,
            division=duty.division,
            sender_unit_id=duty.sender_unit_id,
            version=duty.version,
            until_on=command.until_on,
        )
    ]


def evolve(duties: Duties, event: DutyEvent) -> Duties:
    """The duties after an event."""
    key = (event.subject, event.division, event.sender_unit_id)
    match event:
        case DutyAssigned():
            return Duties({**duties.by_key, key: event})
        case DutyEnded():
            return Duties({**duties.by_key, key: replace(duties.by_key[key], until_on=event.until_on)})
        case _:
            assert_never(event)


duty_decider: Decider[Duties, DutyCommand, DutyEvent] = Decider(
    initial=Duties(), decide=decide, evolve=evolve
)


def stream(unit_id: str) -> str:
    """The stream of a unit's duties."""
    return f"routing-duties-{unit_id}"
