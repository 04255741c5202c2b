"""What is added to a petition after its receipt: the petitioner's own words, and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.common.v1.types import Sealed
from huiyin.intake.v1.events import AttachmentAdded, CaseReceived, MaterialAdded, Scan
from intake.domain import refusals
from intake.domain import refusals_reception as own

MAX_MATERIALS = 200
MAX_ATTACHMENTS = 100
"""Of one case: no file on paper is as thick; a stream must stay short enough to be folded at each request."""

MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024
"""A page photographed by a telephone; as base64 it fits into a request (8 MiB)."""

SIGNATURES = {
    "application/pdf": b"%PDF-",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"PK\x03\x04",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "text/plain": b"",
}
"""Media types that are taken -> how such a file begins. Nothing here runs when it is opened: no macros, no scripts."""

ALLOWED_TYPES = tuple(sorted(SIGNATURES))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMaterial:
    """The petitioner adds a text, through the own channel."""

    at: datetime
    material: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAttachment:
    """Add a file. `by_unit_id` is empty when the petitioner adds it through the own channel."""

    at: datetime
    by_unit_id: str
    attachment: Sealed
    media_type: str
    size_bytes: int
    scan: Scan


def check_file(media_type: str, content: bytes) -> None:
    """Refuses a file that cannot be taken, before anything of it is stored."""
    _check_size(media_type, len(content))
    if not content.startswith(SIGNATURES[media_type]):
        raise own.AttachmentMismatch(media_type)


def add_material(
    received: CaseReceived, before: tuple[Sealed, ...], command: AddMaterial
) -> Sequence[MaterialAdded]:
    """The same text again is the same material."""
    if command.material in before:
        return []
    if len(before) >= MAX_MATERIALS:
        raise own.TooMuchMaterial(MAX_MATERIALS)
    return [MaterialAdded(case_id=received.case_id, material=command.material)]


def add_attachment(
    received: CaseReceived, before: tuple[AttachmentAdded, ...], command: AddAttachment
) -> Sequence[AttachmentAdded]:
    """The petitioner and the first receiver add files; the same file again is the same attachment."""
    if command.by_unit_id not in ("", received.first_receiver_unit_id):
        raise refusals.NotFirstReceiver(received.first_receiver_unit_id, command.by_unit_id)
    _check_size(command.media_type, command.size_bytes)
    if command.attachment in (each.attachment for each in before):
        return []
    if len(before) >= MAX_ATTACHMENTS:
        raise own.TooManyAttachments(MAX_ATTACHMENTS)
    return [
        AttachmentAdded(
            case_id=received.case_id,
            unit_id=command.by_unit_id,
            attachment=command.attachment,
            media_type=command.media_type,
            size_bytes=command.size_bytes,
            scan=command.scan,
        )
    ]


def _check_size(media_type: str, size: int) -> None:
    if media_type not in SIGNATURES:
        raise own.AttachmentTypeUnknown(ALLOWED_TYPES)
    if size <= 0:
        raise own.AttachmentEmpty()
    if size > MAX_ATTACHMENT_BYTES:
        raise own.AttachmentTooLarge(MAX_ATTACHMENT_BYTES, size)
