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
    "CaseQueued",
    "CaseTransferred",
    "OpinionServed",
    "OpinionSigned",
    "Outcome",
    "RoutingCaseEvent",
    "UnitEvent",
    "UnitFounded",
    "UnitKind",
    "UnitLevel",
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


UnitEvent: TypeAlias = UnitFounded
"""Every event of a unit."""


RoutingCaseEvent: TypeAlias = (
    CaseQueued | CaseTransferred | CaseAccepted | AcceptanceDeemed | OpinionSigned | OpinionServed
)
"""Every event of a case as routing sees it."""
