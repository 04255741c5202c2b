"""Opening a petition: the disclosure is recorded before anything is shown (architecture.md §8)."""

from __future__ import annotations

import json
from typing import Any

from chassis.http.caller import Caller
from chassis.http.problems import Problem
from chassis.service import Intention
from chassis.workplace import Workplace
from intake.domain.case import DiscloseContent, case_decider
from intake.use_cases.contents import contents
from intake.use_cases.supplement import ATTACHMENT, Cabinet, opened_attachment


async def disclose(
    workplace: Workplace, kept: Cabinet, caller: Caller, case_id: str, *, items: tuple[str, ...], purpose: str
) -> dict[str, Any]:
    """The petition and, if asked for, who wrote it. Raises Problem, Refusal or LedgerError."""
    stream = f"intake-case-{case_id}"
    loaded = await workplace.repository.load(case_decider, stream)
    sealed = contents(loaded.state)
    refs = {item: known.ref for item in items if (known := sealed.get(item)) is not None}
    if sealed and set(items) - set(sealed):
        raise Problem(422, "unknown-item", "没有此项内容。", f"Items are {', '.join(sealed)}.")
    await workplace.record(
        Intention(
            decider=case_decider,
            stream=stream,
            command=lambda at: DiscloseContent(
                at=at, by_unit_id=caller.actor.unit_id, items=tuple(refs), purpose=purpose
            ),
            legal_basis="P14",
        ),
        case_id=case_id,
        caller=caller,
    )
    content = await workplace.vault.open_(case_id, list(refs.values()))
    shown = {item: json.loads(content[ref]) for item, ref in refs.items()}
    return {
        item: await opened_attachment(kept.files, case_id, said) if item.startswith(ATTACHMENT) else said
        for item, said in shown.items()
    }
