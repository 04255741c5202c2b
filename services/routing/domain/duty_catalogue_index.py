"""Who is competent: the duties of all units by subject and area, in memory, asked many times for each change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from huiyin.routing.v1.events import DutyAssigned, DutyEnded, DutyEvent
from huiyin.units import Units
from routing.domain.duty_catalogue import rule_id

Broader: TypeAlias = Callable[[str], str | None]
"""The subject above a subject; None at the top."""

EVERYWHERE = "000000"


@dataclass(frozen=True, slots=True)
class Competent:
    """A unit that may be sent a case, and why."""

    unit_id: str
    """The living unit; where the duty's own unit is no more, its successor."""
    rule: str
    """id@version, as it is kept on the transfer."""
    concludes: bool
    zh: str
    en: str


def broader_in_path(subject: str) -> str | None:
    """Subjects as paths: 城乡建设/物业管理 lies below 城乡建设."""
    above, slash, _ = subject.rpartition("/")
    return above if slash else None


def areas(division: str) -> list[str]:
    """A division and all that hold it, the nearest first: 110101, 110100, 110000, 000000."""
    found = [division, f"{division[:4]}00", f"{division[:2]}0000", EVERYWHERE]
    return list(dict.fromkeys(found))


class DutyIndex:
    """All duties. A question looks at a few cells: four areas by the subjects above the one asked for."""

    def __init__(self, broader: Broader = broader_in_path) -> None:
        self._broader = broader
        self._cells: dict[tuple[str, str], list[DutyAssigned]] = {}

    def apply(self, events: Iterable[DutyEvent]) -> None:
        """Take in what was recorded, in its order. Versions that were replaced stay: they have their days."""
        for event in events:
            cell = self._cells.setdefault((event.subject, event.division), [])
            match event:
                case DutyAssigned():
                    cell[:] = [_closed_by(event, each) for each in cell] + [event]
                case DutyEnded():
                    cell[:] = [_ended_by(event, each) for each in cell]

    def __len__(self) -> int:
        return sum(map(len, self._cells.values()))

    def competent(
        self, subject: str, division: str, on: date, units: Units, sender: str | None = None
    ) -> Sequence[Competent]:
        """The units that are competent on a day, best first: the nearest area 属地, in it the closest subject, duties
        for cases of this very sender before general ones, then by rank. [] if nobody is: the joint conference decides.
        """
        found: dict[str, Competent] = {}
        for area in areas(division):
            for duty in self._of_area(area, subject, on, sender):
                unit = units.current(duty.unit_id)
                if unit is not None and unit.unit_id not in found:
                    found[unit.unit_id] = _because(duty, unit.unit_id, subject, division)
        return list(found.values())

    def _of_area(self, area: str, subject: str, on: date, sender: str | None) -> Iterator[DutyAssigned]:
        each: str | None = subject
        while each is not None:
            valid = [
                duty
                for duty in self._cells.get((each, area), ())
                if duty.from_on <= on
                and (duty.until_on is None or on <= duty.until_on)
                and duty.sender_unit_id in (None, sender)
            ]
            yield from sorted(valid, key=_order)
            each = self._broader(each)


def _order(duty: DutyAssigned) -> tuple[bool, int, str]:
    return duty.sender_unit_id is None, duty.rank, duty.unit_id


def _same_duty(one: DutyAssigned | DutyEnded, other: DutyAssigned) -> bool:
    return one.unit_id == other.unit_id and one.sender_unit_id == other.sender_unit_id


def _closed_by(new: DutyAssigned, old: DutyAssigned) -> DutyAssigned:
    """An older version holds for the days before the newer one begins."""
    if not _same_duty(new, old):
        return old
    last = date.fromordinal(new.from_on.toordinal() - 1)
    return replace(old, until_on=last if old.until_on is None else min(last, old.until_on))


def _ended_by(end: DutyEnded, duty: DutyAssigned) -> DutyAssigned:
    ended = _same_duty(end, duty) and end.version == duty.version
    return replace(duty, until_on=end.until_on) if ended else duty


def _because(duty: DutyAssigned, unit_id: str, subject: str, division: str) -> Competent:
    zh = [f"负责“{duty.subject}”（{duty.division}）"]
    en = [f"competent for {duty.subject} in {duty.division}"]
    if duty.subject != subject:
        zh.append(f"“{subject}”属于该类")
        en.append(f"which includes {subject}")
    if duty.division != division:
        zh.append(f"辖区包括 {division}")
        en.append(f"whose area includes {division}")
    if duty.sender_unit_id:
        zh.append(f"承接 {duty.sender_unit_id} 转来事项")
        en.append(f"for cases of {duty.sender_unit_id}")
    if unit_id != duty.unit_id:
        zh.append(f"承接 {duty.unit_id} 的职责")
        en.append(f"as successor of {duty.unit_id}")
    return Competent(unit_id, rule_id(duty), duty.concludes, "，".join(zh), ", ".join(en))
