"""Sealing an accusation and splitting a mixed letter: what is in the vault, and what the ledger may know of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from chassis.clock import SHANGHAI
from chassis.http.caller import Caller
from chassis.http.problems import Problem
from chassis.service import Intention
from chassis.workplace import Workplace
from huiyin.codec import decode_envelope
from huiyin.intake.v1.events import CaseReceived
from intake.domain.accusation import SealAccusation
from intake.domain.case import case_decider
from intake.domain.receipt import receipt_number, register
from intake.domain.splitting import ReceivePart, SplitCase, split
from intake.use_cases.known_case import known_case
from intake.use_cases.petition import PETITION, PETITIONER, REPRESENTATIVES, Petition
from intake.use_cases.receive import known_unit
from intake.use_cases.sorting import is_above, sealed_item
from ledger.repository import Result


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mixed letter, as it was received."""

    case_id: str
    receipt_number: str


async def seal_accusation(
    workplace: Workplace, caller: Caller, case_id: str, *, accused_unit_id: str, to_unit_id: str, upper: bool
) -> Result[Any]:
    """Who is accused and who gets it is sealed; nothing of it is in the event. Raises Problem or Refusal."""
    case = await known_case(workplace, case_id)
    await known_unit(workplace, to_unit_id)
    assert case.received is not None
    receiver = case.received.first_receiver_unit_id
    under = await is_above(workplace, accused_unit_id, to_unit_id)
    item = sealed_item("accused")
    content = json.dumps({"accused_unit_id": accused_unit_id, "to_unit_id": to_unit_id}, sort_keys=True)
    sealed = await workplace.vault.seal(case_id, {item: content}, at=workplace.clock.now(), known=True)
    first, *_ = await workplace.ledger.load(f"intake-case-{case_id}")
    return await workplace.record(
        Intention(
            decider=case_decider,
            stream=f"intake-case-{case_id}",
            command=lambda at: SealAccusation(
                at=at,
                by_unit_id=caller.actor.unit_id,
                upper=upper,
                against_receiver=accused_unit_id == receiver,
                to_accused=to_unit_id == accused_unit_id or under,
                receipt_hash=first.hash,
                accused=sealed[item],
                statute=workplace.statute,
            ),
            legal_basis=lambda event: event.passing_deadline.rule,
        ),
        case_id=case_id,
        caller=caller,
    )


async def split_case(
    workplace: Workplace, caller: Caller, case_id: str, petitions: list[Petition]
) -> tuple[list[Part], Result[Any]]:
    """The parts are received first, then the letter is divided: nothing is lost in between. Saying it again, with the
    same texts, goes on where it stopped. Raises Problem or Refusal; a letter that may not be split leaves no part."""
    for petition in petitions:
        petition.check()
    case = await known_case(workplace, case_id)
    part_ids = tuple(f"{case_id}-{n}" for n in range(1, len(petitions) + 1))
    command = SplitCase(
        at=workplace.clock.now(),
        by_unit_id=caller.actor.unit_id,
        by_ref=caller.actor.pseudonym,
        part_case_ids=part_ids,
    )
    split(case, command)
    assert case.received is not None
    parts = [
        await _receive(workplace, caller, case.received, part_id, petition)
        for part_id, petition in zip(part_ids, petitions, strict=True)
    ]
    result = await workplace.record(
        Intention(
            decider=case_decider,
            stream=f"intake-case-{case_id}",
            command=lambda at: replace(command, at=at),
            legal_basis="R2022.22",
        ),
        case_id=case_id,
        caller=caller,
    )
    return parts, result


async def _receive(
    workplace: Workplace, caller: Caller, parent: CaseReceived, part_id: str, petition: Petition
) -> Part:
    """One part, under its own key: its text alone, and who petitions."""
    unit = await known_unit(workplace, parent.first_receiver_unit_id)
    items: dict[str, str | bytes] = dict(petition.items())
    for item, known in ((PETITIONER, parent.petitioner), (REPRESENTATIVES, parent.representatives)):
        if known is not None:
            items[item] = (await workplace.vault.open_(parent.case_id, [known.ref]))[known.ref]
    sealed = await workplace.vault.seal(part_id, items, at=workplace.clock.now())
    first, *_ = await workplace.ledger.load(f"intake-case-{parent.case_id}")
    received_at = decode_envelope(first.bytes).occurred_at
    year = received_at.astimezone(SHANGHAI).year
    serials = register(unit.organ_code, year)
    context = workplace.context(caller, case_id=part_id, division=unit.division)
    await workplace.repository.execute_numbered(
        case_decider,
        f"intake-case-{part_id}",
        [serials],
        lambda at, numbers: ReceivePart(
            at=at,
            case_id=part_id,
            receipt_number=receipt_number(unit.organ_code, year, numbers[serials]),
            parent=parent,
            petitioner=sealed.get(PETITIONER),
            representatives=sealed.get(REPRESENTATIVES),
            petition=sealed[PETITION],
        ),
        replace(
            context,
            occurred_at=received_at,
            idempotency=None,
            legal_basis=lambda event: event.transfer_deadline.rule,
        ),
    )
    received = (await known_case(workplace, part_id)).received
    assert received is not None
    if received.petition != sealed[PETITION]:
        raise Problem(409, "split-otherwise", "已按其他内容拆分。", "The letter is being split otherwise.")
    return Part(part_id, received.receipt_number)
