"""Urgent and major matters are reported at once (信访工作条例 第二十五条 [K]; 2005 条例 第二十六条 [T05]; P12).

Any unit that becomes aware of one flags it and reports it: safety waits for no competence. What was known when and
told when stays side by side for ever, so that silence is a visible gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.intake.v1.events import CaseReceived, UrgentMatterFlagged, UrgentMatterReported
from intake.domain import refusals_reception as refusals
from statute.in_force import Statute
from statute.instants import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagUrgentMatter:
    """Say that the matter is urgent or major. `aware_at` is when the unit knew; None: now."""

    at: datetime
    by_unit_id: str
    aware_at: datetime | None
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUrgentMatter:
    """Say to which units it was reported. `reported_at` is when; None: now."""

    at: datetime
    by_unit_id: str
    to_unit_ids: tuple[str, ...]
    reported_at: datetime | None


def flag(
    received: CaseReceived, flagged: UrgentMatterFlagged | None, command: FlagUrgentMatter
) -> Sequence[UrgentMatterFlagged]:
    """K12 runs from awareness; whoever flags it again changes nothing."""
    if flagged is not None:
        if command.aware_at in (None, flagged.aware_at):
            return []
        raise refusals.UrgencySettled(flagged.aware_at)
    aware_at = command.aware_at or command.at
    if aware_at > command.at or civil_date(aware_at) < received.transfer_deadline.start_on:
        raise refusals.AwarenessUntrue(aware_at)
    return [
        UrgentMatterFlagged(
            case_id=received.case_id,
            unit_id=command.by_unit_id,
            aware_at=aware_at,
            report_deadline=command.statute.compute_exact("K12", aware_at),
        )
    ]


def report(
    received: CaseReceived,
    flagged: UrgentMatterFlagged | None,
    told: frozenset[str],
    command: ReportUrgentMatter,
) -> Sequence[UrgentMatterReported]:
    """Units that were told before are not told twice."""
    if flagged is None:
        raise refusals.NotUrgent()
    others = tuple(unit for unit in dict.fromkeys(command.to_unit_ids) if unit != command.by_unit_id)
    if not others:
        raise refusals.ReportNowhere()
    new = tuple(unit for unit in others if unit not in told)
    if not new:
        return []
    reported_at = command.reported_at or command.at
    if reported_at > command.at or reported_at < flagged.aware_at:
        raise refusals.ReportTimeUntrue(reported_at)
    return [
        UrgentMatterReported(
            case_id=received.case_id,
            unit_id=command.by_unit_id,
            to_unit_ids=new,
            reported_at=reported_at,
            aware_at=flagged.aware_at,
        )
    ]
