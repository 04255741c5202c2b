"""Everything about a case that reception adds to its receipt: record, supplements, urgency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import (
    AttachmentAdded,
    CaseReceived,
    MaterialAdded,
    OralRecordConfirmed,
    UrgentMatterFlagged,
    UrgentMatterReported,
)
from intake.domain import oral_record, supplements, urgent
from intake.domain.oral_record import ConfirmOralRecord
from intake.domain.supplements import AddAttachment, AddMaterial
from intake.domain.urgent import FlagUrgentMatter, ReportUrgentMatter

ReceptionCommand: TypeAlias = (
    ConfirmOralRecord | AddMaterial | AddAttachment | FlagUrgentMatter | ReportUrgentMatter
)
ReceptionEvent: TypeAlias = (
    OralRecordConfirmed | MaterialAdded | AttachmentAdded | UrgentMatterFlagged | UrgentMatterReported
)


@dataclass(frozen=True, slots=True)
class Reception:
    """What was added."""

    confirmed: OralRecordConfirmed | None = None
    materials: tuple[Sealed, ...] = ()
    attachments: tuple[AttachmentAdded, ...] = ()
    flagged: UrgentMatterFlagged | None = None
    told: frozenset[str] = frozenset()
    """Units to which the urgent matter was reported."""


NOTHING_ADDED = Reception()
"""As after the receipt."""


def decide(
    received: CaseReceived, reception: Reception, command: ReceptionCommand
) -> Sequence[ReceptionEvent]:
    """The events that a command leads to."""
    match command:
        case ConfirmOralRecord():
            return oral_record.confirm(received, reception.confirmed, command)
        case AddMaterial():
            return supplements.add_material(received, reception.materials, command)
        case AddAttachment():
            return supplements.add_attachment(received, reception.attachments, command)
        case FlagUrgentMatter():
            return urgent.flag(received, reception.flagged, command)
        case ReportUrgentMatter():
            return urgent.report(received, reception.flagged, reception.told, command)
        case _:
            assert_never(command)


def evolve(reception: Reception, event: ReceptionEvent) -> Reception:
    """What was added, after an event."""
    match event:
        case OralRecordConfirmed():
            return replace(reception, confirmed=event)
        case MaterialAdded():
            return replace(reception, materials=(*reception.materials, event.material))
        case AttachmentAdded():
            return replace(reception, attachments=(*reception.attachments, event))
        case UrgentMatterFlagged():
            return replace(reception, flagged=event)
        case UrgentMatterReported():
            return replace(reception, told=reception.told | set(event.to_unit_ids))
        case _:
            assert_never(event)
