"""Receipt: every channel leads to one event, with the clock of the transfer and that of the key-in (K1, K0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.common.v1.types import Channel, Deadline, Sealed
from huiyin.intake.v1.events import CaseReceived
from intake.domain import refusals
from intake.domain.filing import filing
from statute.in_force import Statute
from statute.instants import civil_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveCase:
    """Take a petition in. `received_at` is when it arrived: not earlier than `at` for the web, which keys in itself."""

    at: datetime
    case_id: str
    receipt_number: str
    received_at: datetime
    channel: Channel
    first_receiver_unit_id: str
    petitioner: Sealed | None
    petition: Sealed
    statute: Statute
    imported: bool = False
    confidential: bool = False
    external_number: str = ""
    petitioners: int = 1
    representatives: Sealed | None = None
    representative_count: int = 0


def receive(received: CaseReceived | None, command: ReceiveCase) -> Sequence[CaseReceived]:
    """Once; it needs no name, and no number of petitioners is too large."""
    if received is not None:
        return []
    if command.received_at > command.at:
        raise refusals.ReceiptInTheFuture(command.received_at)
    if command.received_at < command.at and command.channel is Channel.WEB and not command.imported:
        raise refusals.ReceiptBackdated(command.channel.name)
    return [
        CaseReceived(
            case_id=command.case_id,
            receipt_number=command.receipt_number,
            channel=command.channel,
            first_receiver_unit_id=command.first_receiver_unit_id,
            anonymous=command.petitioner is None and command.representatives is None,
            petitioner=command.petitioner,
            petition=command.petition,
            transfer_deadline=command.statute.compute("K1", civil_date(command.received_at)),
            key_in_deadline=_key_in(command),
            filing=filing(
                channel=command.channel,
                confidential=command.confidential,
                external_number=command.external_number,
                petitioners=command.petitioners,
                representatives=command.representative_count,
            ),
            representatives=command.representatives,
        )
    ]


def _key_in(command: ReceiveCase) -> Deadline | None:
    """K0 from physical receipt. The web has nobody to key in; an imported case was keyed in elsewhere."""
    if command.channel is Channel.WEB or command.imported:
        return None
    return command.statute.compute("K0", civil_date(command.received_at))
