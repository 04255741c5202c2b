"""What a row says, in the platform's terms: the same row always leads to the same facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from huiyin.importing.reasons import Reason


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that the import founds."""

    unit_id: str
    name: str
    organ_code: str


@dataclass(frozen=True, slots=True)
class Facts:
    """One case. `notes` name the doubtful steps that were left out."""

    number: int
    id: str
    case_id: str
    received_at: datetime
    unit: Unit
    title: str = field(repr=False)
    text: str = field(repr=False)
    petitioner_name: str = field(repr=False)
    signed_on: date | None
    served_at: datetime | None
    opinion: str = field(repr=False)
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken."""

    number: int
    id: str
    reason: str


class FileMapping(Protocol):
    """How the rows of one kind of file are read."""

    name: str
    columns: Sequence[str]
    """Those needed; the first is the id."""

    office: Unit
    """The petition office that stands for the one which received the cases."""

    notes: Mapping[str, Reason]
    """What each note means."""

    def facts(self, number: int, values: Mapping[str, str], now: datetime) -> Facts | Rejected:
        """What a row says. `now`: no event is later."""


def case_id(mapping: str, row_id: str) -> str:
    """The case's id: a UUID (version 8, RFC 9562) that depends on nothing but the mapping and the row's id."""
    digest = bytearray(_digest(mapping, "case", row_id)[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(digest)))


def unit(mapping: str, name: str) -> Unit:
    """A unit named in a file; the same name is always the same unit."""
    digest = _digest(mapping, "unit", name).hex()
    return Unit(f"{mapping}.{digest[:16]}", name, f"I{digest[:9].upper()}")


def _digest(*parts: str) -> bytes:
    return sha256("\0".join(("huiyin-import-v1", *parts)).encode()).digest()
