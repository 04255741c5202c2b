"""Suggestions 人民建议: studied, decided about, answered with reasons (domain.md §2, row 24; Art 29 [K])."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import (
    CaseClassified,
    Category,
    IntakeCaseEvent,
    SuggestionDecided,
    SuggestionOutcome,
    SuggestionStudied,
)
from intake.domain import refusals_corrections as rules
from intake.domain.refusals_sorting import NotClassified
from intake.domain.standing import received, still_open
from intake.domain.state import Case
from statute.in_force import Statute

CLOCK = "K5:suggestion"
"""60 days from receipt [D]: the law names no days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudySuggestion:
    """Take a suggestion up."""

    at: datetime
    by_unit_id: str
    statute: Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideSuggestion:
    """Adopt it, in part or not, and reply with reasons."""

    at: datetime
    by_unit_id: str
    outcome: SuggestionOutcome
    reply: Sealed


def study(case: Case, command: StudySuggestion) -> Sequence[IntakeCaseEvent]:
    """By the competent unit; the petitioner's clock runs from receipt."""
    classified = _suggestion(case, command.by_unit_id)
    if case.sorting.studied is not None:
        return []
    still_open(case)
    return [
        SuggestionStudied(
            case_id=classified.case_id,
            unit_id=command.by_unit_id,
            reply_deadline=command.statute.compute(CLOCK, classified.received_on),
        )
    ]


def decide(case: Case, command: DecideSuggestion) -> Sequence[IntakeCaseEvent]:
    """Once, after it was studied."""
    classified = _suggestion(case, command.by_unit_id)
    decided = SuggestionDecided(
        case_id=classified.case_id,
        unit_id=command.by_unit_id,
        outcome=command.outcome,
        reply=command.reply,
    )
    if case.sorting.ended == decided:
        return []
    still_open(case)
    if case.sorting.studied is None:
        raise rules.NotStudied()
    return [decided]


def _suggestion(case: Case, unit_id: str) -> CaseClassified:
    received(case)
    if case.classified is None:
        raise NotClassified()
    if case.classified.category is not Category.SUGGESTION:
        raise rules.NotASuggestion()
    if case.classified.competent_unit_id != unit_id:
        raise rules.NotTheStudyingUnit(case.classified.competent_unit_id)
    return case.classified
