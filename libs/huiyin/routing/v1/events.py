"""The contract huiyin.routing.v1. Generated from huiyin/routing/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TypeAlias

from huiyin.common.v1.types import Deadline, Sealed
from huiyin.quick import quick

__all__ = [
    "AcceptanceDeemed",
    "CaseAccepted",
    "CaseDequeued",
    "CaseQueued",
    "CaseTransferred",
    "DutyAssigned",
    "DutyEnded",
    "DutyEvent",
    "HeadAppointed",
    "OpinionServed",
    "OpinionSigned",
    "Outcome",
    "RoutingCaseEvent",
    "SuccessorDesignated",
    "UnitAbolished",
    "UnitEvent",
    "UnitFounded",
    "UnitKind",
    "UnitLevel",
    "UnitMerged",
    "UnitMoved",
    "UnitRenamed",
    "UnitSplit",
]


class UnitKind(IntEnum):
    """What a unit is for."""

    UNSPECIFIED = 0
    # 信访部门
    PETITION_OFFICE = 1
    # 有权处理机关
    COMPETENT = 2
    # 党委、政府
    GOVERNMENT = 3

    @classmethod
    def _missing_(cls, value: object) -> UnitKind:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class UnitLevel(IntEnum):
    """Where a unit stands in the territory."""

    UNSPECIFIED = 0
    NATION = 1
    PROVINCE = 2
    CITY = 3
    COUNTY = 4
    TOWNSHIP = 5

    @classmethod
    def _missing_(cls, value: object) -> UnitLevel:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


class Outcome(IntEnum):
    """What became of the claim."""

    UNSPECIFIED = 0
    SUPPORTED = 1
    # Reasonable, without a legal basis: explained.
    EXPLAINED = 2
    NOT_SUPPORTED = 3
    PARTLY_SUPPORTED = 4
    # Imported: nobody has coded it.
    NOT_CODED = 5

    @classmethod
    def _missing_(cls, value: object) -> Outcome:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFounded:
    """A unit entered the directory."""

    unit_id: str
    name: str
    kind: UnitKind
    level: UnitLevel
    # Six digits, as in the statistics code; 000000 where unknown.
    division: str
    parent_unit_id: str | None = None
    # Short code of the organ in receipt numbers.
    organ_code: str
    # The unit above it in its line of work 条, beside the territorial one 块.
    system_parent_unit_id: str | None = None
    # What it can do, in the words of the directory: hearing, mediation, review.
    capabilities: tuple[str, ...] = ()
    # The how many-th change of the tree this is: whoever decided had seen all before it.
    revision: int | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class HeadAppointed:
    """Somebody became head of the unit; who was before is so no longer."""

    unit_id: str
    # Pseudonym of the head, as in the header of those who act.
    head: str
    # The first day.
    from_on: date


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRenamed:
    """The unit has another name; it is the same unit."""

    unit_id: str
    name: str
    # The day from which it is so.
    effective_on: date


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMoved:
    """The unit stands under other units than before. Absent: it stands under none."""

    unit_id: str
    parent_unit_id: str | None = None
    # The unit above it in its line of work 条.
    system_parent_unit_id: str | None = None
    # The day from which it is so.
    effective_on: date
    # The how-many-th change of the trees this is.
    revision: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSplit:
    """The unit was split into several and is no more."""

    unit_id: str
    # The units it was split into.
    into_unit_ids: tuple[str, ...] = ()
    # Who takes over what is under way; absent: to be designated.
    successor_unit_id: str | None = None
    # The day from which it is so.
    effective_on: date
    # The how-many-th change of the trees this is.
    revision: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMerged:
    """The unit was merged into another one and is no more."""

    unit_id: str
    # Who takes over.
    successor_unit_id: str
    # The day from which it is so.
    effective_on: date
    # The how-many-th change of the trees this is.
    revision: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAbolished:
    """The unit was abolished."""

    unit_id: str
    # Who takes over what is under way; absent: to be designated.
    successor_unit_id: str | None = None
    # The day from which it is so.
    effective_on: date
    # The how-many-th change of the trees this is.
    revision: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessorDesignated:
    """It was decided who takes over from a unit that is no more."""

    unit_id: str
    # Who takes over.
    successor_unit_id: str
    # The day from which it is so.
    effective_on: date
    # The how-many-th change of the trees this is.
    revision: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAssigned:
    """A unit is competent for a subject in an area. The same duty assigned anew is its next version."""

    unit_id: str
    # A subject of the taxonomy; of a path a/b, b lies below a.
    subject: str
    # The area by its division code, with all below it; 000000: everywhere.
    division: str
    # Only for what this unit sends on; absent: whoever sends it.
    sender_unit_id: str | None = None
    # Of this duty, counted from 1.
    version: int
    # Among several competent units the lowest comes first; 1 is the lead.
    rank: int
    # Whether it may conclude the matter itself, or only send it further.
    concludes: bool
    # Its first day.
    from_on: date
    # Its last day, where that is known.
    until_on: date | None = None
    # The list of powers and responsibilities 权责清单, or the decision, that says so.
    basis: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEnded:
    """A duty has a last day."""

    unit_id: str
    # Its subject.
    subject: str
    # Its area.
    division: str
    # Whose cases alone it was for, if so.
    sender_unit_id: str | None = None
    # The version that ends.
    version: int
    # Its last day.
    until_on: date


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQueued:
    """A classified case arrived at routing and waits to be transferred."""

    case_id: str
    first_receiver_unit_id: str
    competent_unit_id: str
    receipt_number: str
    received_on: date


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDequeued:
    """Intake ended the case before it was transferred: it waits no more."""

    case_id: str
    # The event by which intake ended it: CaseWithdrawn, RegistrationVoided ...
    reason: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTransferred:
    """The case was sent to the unit with power to handle it. The sender's act starts the receiver's clocks."""

    case_id: str
    from_unit_id: str
    to_unit_id: str
    # K3: until when the receiver must tell the petitioner how it will be handled.
    acceptance_deadline: Deadline
    # K4: until when the receiver may object, with reasons; absent where no rule gave that right yet.
    objection_deadline: Deadline | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccepted:
    """The unit accepted the case and told the petitioner so."""

    case_id: str
    unit_id: str
    # K5: until when the opinion must be served.
    handling_deadline: Deadline


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceDeemed:
    """The unit let K3 pass in silence; the case counts as accepted from K3's due date."""

    case_id: str
    unit_id: str
    deemed_on: date
    handling_deadline: Deadline


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionSigned:
    """The head of the unit signed the opinion."""

    case_id: str
    unit_id: str
    signed_on: date


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionServed:
    """The opinion reached the petitioner."""

    case_id: str
    unit_id: str
    outcome: Outcome
    opinion: Sealed
    # The unit that transferred the case, for whom calls back.
    from_unit_id: str


UnitEvent: TypeAlias = (
    UnitFounded
    | HeadAppointed
    | UnitRenamed
    | UnitMoved
    | UnitSplit
    | UnitMerged
    | UnitAbolished
    | SuccessorDesignated
)
"""Every event of a unit."""


DutyEvent: TypeAlias = DutyAssigned | DutyEnded
"""Every event of a unit's duties."""


RoutingCaseEvent: TypeAlias = (
    CaseQueued
    | CaseTransferred
    | CaseAccepted
    | AcceptanceDeemed
    | OpinionSigned
    | OpinionServed
    | CaseDequeued
)
"""Every event of a case as routing sees it."""
