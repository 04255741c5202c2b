"""Sending the facts of a file to the services, batch by batch; sending one again changes nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from huiyin.cli.errors import Failure
from huiyin.client.platform import Platform
from huiyin.importing.facts import Facts, FileMapping, Rejected, Unit

BATCH_CASES = 50
"""A quarter of what the services take in one request: as fast, and progress is seen."""

BATCH_CHARACTERS = 1_000_000
"""3 MB of Chinese, well below the largest request."""

DIRECTORY_LIMIT_S = 60.0
STEP_S = 0.02

DIVISION = "000000"
ACTOR_ROLE = "import"


@dataclass(slots=True)
class Sent:
    """What became of the rows."""

    case_ids: list[str] = field(default_factory=list)
    open_case_ids: list[str] = field(default_factory=list)
    """Those without an opinion."""
    rejected: list[Rejected] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)


class Sender:
    """Sends one file. Intake takes a batch while routing takes the one before it."""

    def __init__(self, platform: Platform, mapping: FileMapping) -> None:
        self._platform = platform
        self._mapping = mapping
        self.actor = f"{mapping.office.unit_id};{ACTOR_ROLE};import"
        self._founded: set[str] = set()
        self.sent = Sent()

    def send(self, rows: Iterable[Facts | Rejected]) -> None:
        """All rows. Raises PlatformError; sending the same rows again then continues."""
        with ThreadPoolExecutor(max_workers=1) as background:
            earlier: Future[None] | None = None
            for batch in _batches(self._taken(rows)):
                self._found([self._mapping.office, *(each.unit for each in batch)])
                received = self._receive(batch)
                if earlier is not None:
                    earlier.result()
                earlier = background.submit(self._handle, received)
            if earlier is not None:
                earlier.result()
        self.sent.rejected.sort(key=lambda each: each.number)

    def _taken(self, rows: Iterable[Facts | Rejected]) -> Iterator[Facts]:
        for row in rows:
            if isinstance(row, Rejected):
                self.sent.rejected.append(row)
            else:
                yield row

    def _found(self, units: Sequence[Unit]) -> None:
        """Found the units that are new, and wait until whoever needs them knows them."""
        new = {unit.unit_id: unit for unit in units if unit.unit_id not in self._founded}
        for unit in new.values():
            office = unit.unit_id == self._mapping.office.unit_id
            self._platform.post(
                "/routing/v1/units",
                {
                    "unit_id": unit.unit_id,
                    "name": unit.name,
                    "kind": "petition_office" if office else "competent",
                    "level": "county",
                    "division": DIVISION,
                    "organ_code": unit.organ_code,
                },
                actor=self.actor,
            )
        if new:
            self._until_known()
            self._founded |= new.keys()

    def _until_known(self) -> None:
        """Units founded by an earlier run count as well, so the whole ledger of routing is waited for."""
        head = self._platform.get("/routing/v1/status")["head"]
        limit = time.monotonic() + DIRECTORY_LIMIT_S
        for service in ("intake", "routing"):
            while self._position(service) < head:
                if time.monotonic() > limit:
                    raise Failure(
                        f"{service} did not learn of the new units within {DIRECTORY_LIMIT_S:.0f} s"
                    )
                time.sleep(STEP_S)

    def _position(self, service: str) -> int:
        position: int = self._platform.get(f"/{service}/v1/status")["consumers"]["routing"]["position"]
        return position

    def _receive(self, batch: Sequence[Facts]) -> list[tuple[Facts, dict[str, Any]]]:
        answers = self._import("intake", [self._petition(each) for each in batch])
        return self._accepted(batch, answers)

    def _handle(self, received: Sequence[tuple[Facts, dict[str, Any]]]) -> None:
        if not received:
            return
        answers = self._import("routing", [self._handling(*each) for each in received])
        for facts, _ in self._accepted([facts for facts, _ in received], answers):
            self.sent.case_ids.append(facts.case_id)
            if facts.served_at is None:
                self.sent.open_case_ids.append(facts.case_id)
            self.sent.notes.update(facts.notes)

    def _import(self, service: str, cases: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        body = {"mapping": self._mapping.name, "cases": cases}
        answers: list[dict[str, Any]] = self._platform.post(f"/{service}/v1/imports", body, actor=self.actor)
        return answers

    def _accepted(
        self, batch: Sequence[Facts], answers: Sequence[dict[str, Any]]
    ) -> list[tuple[Facts, dict[str, Any]]]:
        pairs = list(zip(batch, answers, strict=True))
        for facts, answer in pairs:
            if answer["refusal"]:
                self.sent.rejected.append(Rejected(facts.number, facts.id, answer["refusal"]))
        return [pair for pair in pairs if not pair[1]["refusal"]]

    def _petition(self, facts: Facts) -> dict[str, Any]:
        return {
            "key": facts.id,
            "case_id": facts.case_id,
            "received_at": facts.received_at.isoformat(),
            "channel": "web",
            "receiver_unit_id": self._mapping.office.unit_id,
            "competent_unit_id": facts.unit.unit_id,
            "category": "unclassified",
            "subject": "unclassified",
            "title": facts.title,
            "text": facts.text,
            "petitioner_name": facts.petitioner_name,
        }

    def _handling(self, facts: Facts, received: dict[str, Any]) -> dict[str, Any]:
        return {
            "key": facts.id,
            "case_id": facts.case_id,
            "receipt_number": received["receipt_number"],
            "intake_position": received["position"],
            "from_unit_id": self._mapping.office.unit_id,
            "to_unit_id": facts.unit.unit_id,
            "transferred_at": facts.received_at.isoformat(),
            "signed_on": facts.signed_on.isoformat() if facts.signed_on else None,
            "served_at": facts.served_at.isoformat() if facts.served_at else None,
            "opinion": facts.opinion,
        }


def _batches(rows: Iterable[Facts]) -> Iterator[list[Facts]]:
    batch: list[Facts] = []
    size = 0
    for row in rows:
        grows = len(row.title) + len(row.text) + len(row.opinion)
        if batch and (len(batch) == BATCH_CASES or size + grows > BATCH_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += grows
    if batch:
        yield batch
