"""The contract huiyin.intake.v1. Generated from huiyin/intake/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TypeAlias

from huiyin.common.v1.types import Channel, Deadline, Sealed
from huiyin.quick import quick

__all__ = [
    "CaseClassified",
    "CaseReceived",
    "CaseRegistered",
    "Category",
    "ContentDisclosed",
    "IntakeCaseEvent",
]


class Category(IntEnum):
    """The nature of a petition (first cut)."""

    UNSPECIFIED = 0
    # 申诉求决
    CLAIM = 1
    # 建议意见
    SUGGESTION = 2
    # 检举控告
    ACCUSATION = 3
    # 未甄别
    UNCLASSIFIED = 4

    @classmethod
    def _missing_(cls, value: object) -> Category:
        return cls.UNSPECIFIED  # A newer service may know values that this one does not.


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReceived:
    """A petition came in and has its receipt. Recorded before any officer acts."""

    case_id: str
    # Organ code, year, serial without gaps for that organ and year, check digit.
    receipt_number: str
    channel: Channel
    # The unit that received it first and answers for it until a competent unit has taken over (首接首办).
    first_receiver_unit_id: str
    anonymous: bool
    # Name, contact and address, as far as given.
    petitioner: Sealed | None = None
    # Title and text.
    petition: Sealed
    # K1: until when it must be registered, sorted and transferred.
    transfer_deadline: Deadline


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRegistered:
    """The first receiver entered the petition in the register."""

    case_id: str
    unit_id: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClassified:
    """The petition was screened: its nature, its subject, and who is competent."""

    case_id: str
    unit_id: str
    category: Category
    # A subject of the taxonomy; "unclassified" where nobody has looked.
    subject: str
    competent_unit_id: str
    urgent: bool
    # Carried on, so that the transferring service knows the whole clock.
    receipt_number: str
    first_receiver_unit_id: str
    received_on: date
    transfer_deadline: Deadline


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ContentDisclosed:
    """Someone was shown the petition or who wrote it. Recorded before it is shown."""

    case_id: str
    items: tuple[str, ...] = ()
    to_unit_id: str
    purpose: str


IntakeCaseEvent: TypeAlias = CaseReceived | CaseRegistered | CaseClassified | ContentDisclosed
"""Every event of a case as intake sees it."""
