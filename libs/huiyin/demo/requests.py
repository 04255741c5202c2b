"""A planned step as the request that a clerk's screen would send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from huiyin.demo.model import OfficeAnswer, Petition, PlannedCase, PlannedStep, StepKind, Unit

_KEYED_IN = frozenset({"letter", "visit", "phone"})
"""Channels behind a counter: a clerk enters them, and says when they arrived."""

_OUTCOMES = {"partly": "partly_supported"}
"""Where the shipped texts say it shorter than the events."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted, and who posts it (`unit;role;pseudonym`; None: the petitioner)."""

    path: str
    body: dict[str, Any]
    actor: str | None = None


def founding(unit: Unit, founder: str) -> Request:
    """Enter a unit in the directory."""
    body = {
        "unit_id": unit.key,
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.level,
        "division": unit.division,
        "organ_code": unit.organ_code,
        "parent_unit_id": unit.parent,
    }
    return Request("/routing/v1/units", body, _actor(founder, "administrator"))


def receiving(case: PlannedCase, petition: Petition) -> Request:
    """Hand the petition in: the petitioner does, or a clerk for what came in by letter, visit or phone."""
    body: dict[str, Any] = {
        "channel": case.channel,
        "receiver_unit_id": case.first_receiver,
        "title": petition.title,
        "text": petition.body,
    }
    if case.petitioner:
        who = case.petitioner
        body["petitioner"] = {"name": who.name, "contact": who.phone, "address": who.address}
    if case.channel not in _KEYED_IN:
        return Request("/intake/v1/cases", body)
    body["received_at"] = case.received_at.isoformat()
    return Request("/intake/v1/cases", body, _actor(case.first_receiver, "clerk"))


def acting(
    case: PlannedCase, petition: Petition, step: PlannedStep, case_id: str, caller_unit: str
) -> Request:
    """Any act after receipt. `caller_unit` calls back and closes."""
    service, command, role, unit = _ACTS[step.kind]
    who = {"first": case.first_receiver, "competent": case.competent_unit, "caller": caller_unit}[unit]
    write = _BODIES.get(step.kind)
    body = write(case, petition, step) if write else {}
    return Request(f"/{service}/v1/cases/{case_id}/{command}", body, _actor(who, role))


_ACTS: Mapping[StepKind, tuple[str, str, str, str]] = {
    StepKind.REGISTERED: ("intake", "register-case", "clerk", "first"),
    StepKind.CLASSIFIED: ("intake", "classify-case", "clerk", "first"),
    StepKind.TRANSFERRED: ("routing", "transfer-case", "clerk", "first"),
    StepKind.ACCEPTED: ("routing", "accept-case", "handler", "competent"),
    StepKind.OPINION_SERVED: ("routing", "serve-opinion", "handler", "competent"),
    StepKind.CALLED_BACK: ("revisit", "record-call-back", "clerk", "caller"),
    StepKind.CLOSED: ("revisit", "close-case", "clerk", "caller"),
}
"""Service, command, role, and whose act it is."""


def _classification(case: PlannedCase, petition: Petition, _: PlannedStep) -> dict[str, Any]:
    return {
        "category": petition.category,
        "subject": petition.subject,
        "competent_unit_id": case.competent_unit,
    }


def _transfer(case: PlannedCase, _petition: Petition, _: PlannedStep) -> dict[str, Any]:
    return {"to_unit_id": case.competent_unit}


def _opinion(_: PlannedCase, petition: Petition, _step: PlannedStep) -> dict[str, Any]:
    answer: OfficeAnswer = petition.answer
    return {"outcome": _OUTCOMES.get(answer.outcome, answer.outcome), "text": answer.body}


def _call(_: PlannedCase, _petition: Petition, step: PlannedStep) -> dict[str, Any]:
    assert step.call is not None, "a call-back is planned with what it finds"
    return asdict(step.call)


_BODIES: Mapping[StepKind, Callable[[PlannedCase, Petition, PlannedStep], dict[str, Any]]] = {
    StepKind.CLASSIFIED: _classification,
    StepKind.TRANSFERRED: _transfer,
    StepKind.OPINION_SERVED: _opinion,
    StepKind.CALLED_BACK: _call,
}


def _actor(unit: str, role: str) -> str:
    return f"{unit};{role};{role}-1"
