"""Routing out: the matter belongs to another procedure, and the petitioner is told which (domain.md §2, 4c; C08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import CaseRoutedOut, IntakeCaseEvent
from intake.domain import refusals_sorting as rules
from intake.domain.branches import BRANCHES, OUTSIDE
from intake.domain.standing import another_person, by_first_receiver, classified_by
from intake.domain.state import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOut:
    """Tell the petitioner, with reasons, which organ decides, on what basis and until when it can be turned to."""

    at: datetime
    by_unit_id: str
    by_ref: str
    organ_name: str
    legal_basis: str
    organ_limit: str
    notice: Sealed


def route_out(case: Case, command: RouteOut) -> Sequence[IntakeCaseEvent]:
    """Only a claim of the routes ① to ⑤, by another person than classified it; the text is in the vault."""
    receipt = by_first_receiver(case, command.by_unit_id)
    said = (command.organ_name, command.legal_basis, command.organ_limit, command.notice)
    if isinstance(ended := case.sorting.ended, CaseRoutedOut) and said == (
        ended.organ_name,
        ended.legal_basis,
        ended.organ_limit,
        ended.notice,
    ):
        return []
    classified = classified_by(case, command.by_unit_id)
    if classified.route not in OUTSIDE:
        raise rules.WithinPetitionProcedure()
    codes = list(BRANCHES[classified.route.name.lower()].codes)
    if command.legal_basis not in codes:
        raise rules.BasisOfAnotherBranch(codes)
    if not command.organ_name.strip() or not command.organ_limit.strip():
        raise rules.OrganMissing()
    another_person(classified.by_ref, command.by_ref)
    return [
        CaseRoutedOut(
            case_id=receipt.case_id,
            unit_id=command.by_unit_id,
            by_ref=command.by_ref,
            route=classified.route,
            organ_name=command.organ_name,
            legal_basis=command.legal_basis,
            organ_limit=command.organ_limit,
            notice=command.notice,
            outside_evaluation=True,
        )
    ]
