"""What is added to a case: sealed first, or encrypted and stored first, then recorded."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Any, Final

from chassis.http.caller import Caller
from chassis.service import Intention
from chassis.workplace import Workplace
from huiyin.intake.v1.events import Scan
from intake.domain import refusals
from intake.domain.case import case_decider
from intake.domain.oral_record import ConfirmOralRecord
from intake.domain.refusals_reception import MalwareFound
from intake.domain.supplements import AddAttachment, AddMaterial, check_file
from intake.use_cases.known_case import known_case
from ledger.repository import Result
from vault.file_cipher import decrypt_file, encrypt_file
from vault.files import DirectoryFiles, FileStore
from vault.scanning import NoScanner, Scanner, Verdict

MATERIAL = "material"
CORRECTIONS = "corrections"
ATTACHMENT = "attachment"

_SCANS: Final = {Verdict.NOT_SCANNED: Scan.NOT_SCANNED, Verdict.CLEAN: Scan.CLEAN}


@dataclass(frozen=True, slots=True)
class Cabinet:
    """Where attachments lie, and who looks at them before."""

    files: FileStore
    secret: bytes = field(repr=False)
    scanner: Scanner = field(default_factory=NoScanner)


def cabinet(workplace: Workplace) -> Cabinet:
    """The embedded one: a directory of the installation's state, and nobody who scans."""
    secret = hmac.new(workplace.keys["receipt"], b"huiyin-attachments-v1", hashlib.sha256).digest()
    return Cabinet(DirectoryFiles(workplace.state / "attachments"), secret)


async def confirm_record(workplace: Workplace, caller: Caller, case_id: str, corrections: str) -> Result[Any]:
    """The record was read back and confirmed; `corrections` is what the petitioner had put right, or ""."""
    await known_case(workplace, case_id)
    items = {CORRECTIONS: _json({"text": corrections})} if corrections.strip() else {}
    sealed = await workplace.vault.seal(case_id, items, at=workplace.clock.now(), known=True)
    return await workplace.record(
        Intention(
            decider=case_decider,
            stream=f"intake-case-{case_id}",
            command=lambda at: ConfirmOralRecord(
                at=at, by_unit_id=caller.actor.unit_id, corrections=sealed.get(CORRECTIONS)
            ),
        ),
        case_id=case_id,
        caller=caller,
    )


async def add_material(workplace: Workplace, caller: Caller, case_id: str, text: str) -> Result[Any]:
    """The petitioner's own words, later. Whoever calls this has proved to be the petitioner."""
    items = {MATERIAL: _json({"text": text})}
    sealed = await workplace.vault.seal(case_id, items, at=workplace.clock.now(), known=True)
    return await workplace.record(
        Intention(
            decider=case_decider,
            stream=f"intake-case-{case_id}",
            command=lambda at: AddMaterial(at=at, material=sealed[MATERIAL]),
        ),
        case_id=case_id,
        caller=caller,
    )


async def add_attachment(
    workplace: Workplace,
    kept: Cabinet,
    caller: Caller,
    case_id: str,
    *,
    name: str,
    media_type: str,
    content: bytes,
) -> Result[Any]:
    """A file, of the petitioner (a caller without a unit, who has proved it) or of the first receiver."""
    received = (await known_case(workplace, case_id)).received
    assert received is not None
    unit_id = caller.actor.unit_id
    if unit_id not in ("", received.first_receiver_unit_id):
        raise refusals.NotFirstReceiver(received.first_receiver_unit_id, unit_id)
    check_file(media_type, content)
    verdict = await kept.scanner.scan(content)
    if verdict is Verdict.MALICIOUS:
        raise MalwareFound()
    file = encrypt_file(kept.secret, case_id, content)
    await kept.files.put(file.name, file.ciphertext)
    about = {
        "name": name,
        "media_type": media_type,
        "file": file.name,
        "key": b64encode(file.key).decode(),
        "algorithm": file.algorithm,
    }
    sealed = await workplace.vault.seal(
        case_id, {ATTACHMENT: _json(about)}, at=workplace.clock.now(), known=True
    )
    return await workplace.record(
        Intention(
            decider=case_decider,
            stream=f"intake-case-{case_id}",
            command=lambda at: AddAttachment(
                at=at,
                by_unit_id=unit_id,
                attachment=sealed[ATTACHMENT],
                media_type=media_type,
                size_bytes=len(content),
                scan=_SCANS[verdict],
            ),
        ),
        case_id=case_id,
        caller=caller,
    )


async def opened_attachment(files: FileStore, case_id: str, about: dict[str, str]) -> dict[str, str]:
    """What is shown of an attachment: name, media type and content, without its key. Raises VaultError."""
    ciphertext = await files.get(about["file"])
    content = decrypt_file(b64decode(about["key"]), case_id, ciphertext)
    return {
        "name": about["name"],
        "media_type": about["media_type"],
        "content_base64": b64encode(content).decode(),
    }


def _json(value: dict[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
