"""Of what nature a case is, on what that rests, and what the matter is about (domain.md §4, transition 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.intake.v1.events import CaseClassified, CaseReceived, Category, IntakeCaseEvent, Route
from intake.domain import refusals
from intake.domain import refusals_sorting as rules
from intake.domain.branches import branch_of, outside_evaluation
from intake.domain.standing import by_first_receiver, received, still_open
from intake.domain.state import Case
from intake.domain.taxonomy import CURRENT, UNCLASSIFIED, Subject

_DOCUMENT_NUMBER = re.compile(r"(?=.*\d)[\w〔〕\[\]（）().·-]{1,60}")
"""An organ's code, year and number: 云建发〔2024〕12号."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifyCase:
    """Say of what nature the case is and who is competent. `subject`: a code of the taxonomy or its label."""

    at: datetime
    by_unit_id: str
    category: Category
    subject: str
    competent_unit_id: str
    urgent: bool = False
    route: Route = Route.UNSPECIFIED
    legal_basis: str = ""
    secondary_subjects: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    campaign_tags: tuple[str, ...] = ()
    cause_act_id: str = ""
    by_ref: str = ""


def classify(case: Case, command: ClassifyCase) -> Sequence[IntakeCaseEvent]:
    """The classification, once; saying something else is a correction."""
    receipt = received(case)
    if not case.registered:
        raise refusals.NotRegistered(receipt.case_id)
    by_first_receiver(case, command.by_unit_id)
    if case.classified is not None:
        if _same(case.classified, command):
            return []
        raise refusals.AlreadyClassified(receipt.case_id)
    still_open(case)
    return [classification(receipt, command)]


def classification(receipt: CaseReceived, command: ClassifyCase) -> CaseClassified:
    """What is recorded of a classification; a refusal if it contradicts itself or the taxonomy."""
    route = _route(command)
    _check_tags(command)
    sealed = command.category is Category.ACCUSATION
    subject = CURRENT.subjects[UNCLASSIFIED] if sealed else _subject(command.subject)
    return CaseClassified(
        case_id=receipt.case_id,
        unit_id=command.by_unit_id,
        category=command.category,
        subject=_label(subject, command.subject),
        competent_unit_id=command.competent_unit_id,
        urgent=command.urgent,
        receipt_number=receipt.receipt_number,
        first_receiver_unit_id=receipt.first_receiver_unit_id,
        received_on=receipt.transfer_deadline.start_on,
        transfer_deadline=receipt.transfer_deadline,
        route=route,
        legal_basis=_basis(command, route),
        subject_code=subject.code,
        taxonomy=CURRENT.id,
        secondary_codes=tuple(_subject(said).code for said in command.secondary_subjects),
        facets=command.facets,
        campaign_tags=command.campaign_tags,
        cause_act_id=command.cause_act_id,
        outside_evaluation=outside_evaluation(command.category, route),
        by_ref=command.by_ref,
    )


def _route(command: ClassifyCase) -> Route:
    if command.category is Category.CLAIM:
        return command.route or Route.PETITION
    if command.route:
        raise rules.RouteOfAClaimOnly()
    return Route.UNSPECIFIED


def _basis(command: ClassifyCase, route: Route) -> str:
    branch = branch_of(command.category, route)
    if branch is None:
        return ""
    if not command.legal_basis:
        if branch.usual is None:
            raise rules.LegalBasisMissing(list(branch.codes))
        return branch.usual
    if command.legal_basis not in branch.codes:
        raise rules.BasisOfAnotherBranch(list(branch.codes))
    return command.legal_basis


def _subject(said: str) -> Subject:
    found = CURRENT.subject(said)
    if found is None:
        raise rules.UnknownSubject(CURRENT.id)
    return found


def _label(subject: Subject, said: str) -> str:
    """The word that was used, where it was one of the subject's; the label where its code was."""
    return subject.label if said.strip() == subject.code or subject.code == UNCLASSIFIED else said.strip()


def _check_tags(command: ClassifyCase) -> None:
    tags = (command.secondary_subjects, command.facets, command.campaign_tags, command.cause_act_id)
    if command.category is Category.ACCUSATION and any(tags):
        raise rules.AccusationBeyondClass()
    if CURRENT.unknown_facets(command.facets) or set(command.campaign_tags) - CURRENT.campaign_tags.keys():
        raise rules.UnknownTag(CURRENT.id)
    if (group := CURRENT.contradicting(command.facets)) is not None:
        raise rules.FacetsContradict(group.name)
    if command.cause_act_id and not _DOCUMENT_NUMBER.fullmatch(command.cause_act_id):
        raise rules.CauseActNotAnId()


def _same(event: CaseClassified, command: ClassifyCase) -> bool:
    """Whether that was said before; what was recorded without legal basis is compared in what it does say."""
    said = (event.category, event.competent_unit_id, event.urgent)
    if said != (command.category, command.competent_unit_id, command.urgent):
        return False
    if not event.taxonomy:
        return event.subject == command.subject
    sealed = event.category is Category.ACCUSATION
    again = (
        UNCLASSIFIED if sealed else _code(command.subject),
        command.route or (Route.PETITION if event.category is Category.CLAIM else Route.UNSPECIFIED),
        command.legal_basis or event.legal_basis,
        tuple(map(_code, command.secondary_subjects)),
        command.facets,
        command.campaign_tags,
        command.cause_act_id,
    )
    return again == (
        event.subject_code,
        event.route,
        event.legal_basis,
        event.secondary_codes,
        event.facets,
        event.campaign_tags,
        event.cause_act_id,
    )


def _code(said: str) -> str | None:
    found = CURRENT.subject(said)
    return None if found is None else found.code
