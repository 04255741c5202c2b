"""One invented case, for the tests of wording, sending and delivery."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from huiyin.envelope.v1.envelope import Actor, CausedBy
from huiyin.notification.v1.events import NoticeKind
from ledger.context import Context
from ledger.memory import MemoryLedger
from ledger.repository import Repository
from notification.domain.case import case_decider, due
from notification.domain.commands import NotificationCommand, PrepareNotice, Told, notice_key
from notification.intents import Due
from notification.maildir import Maildir
from notification.policies import TEMPLATES, stream_of
from notification.sender import Prepared, Sender, Tools
from vault.memory import MemoryVault

CASE = "0198b0c5-7a10-7000-8000-000000000001"
AT = datetime(2025, 8, 18, 1, 30, tzinfo=UTC)
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
PETITIONER = {"name": "张某", "phone": "14000000101", "address": "云岭区柳荫街道和顺路"}
OPINION_TEXT = "经查，该路段照明损坏属实。\n已于九月二十日修复十二盏路灯，其余三盏将于十月底前更换。"
UNITS = {"petitions": "云岭区信访局", "housing": "云岭区住房和城乡建设局"}
KEY = b"k" * 32

TOLD = {
    NoticeKind.RECEIPT: Told(
        unit_id="petitions", happened_on=date(2025, 8, 18), clock="K1", due_on=date(2025, 9, 2)
    ),
    NoticeKind.ACCEPTANCE: Told(
        unit_id="housing", happened_on=date(2025, 9, 1), clock="K5", due_on=date(2025, 10, 31)
    ),
    NoticeKind.DEEMED_ACCEPTANCE: Told(
        unit_id="housing",
        happened_on=date(2026, 11, 9),
        clock="K5",
        due_on=date(2027, 1, 8),
        provisional=True,
    ),
    NoticeKind.OPINION: Told(unit_id="housing", happened_on=date(2025, 9, 25), finding="PARTLY_SUPPORTED"),
    NoticeKind.CLOSING: Told(unit_id="petitions", happened_on=date(2025, 10, 10), finding="CONFIRMED"),
}
SOURCES = {NoticeKind.RECEIPT: "intake", NoticeKind.CLOSING: "revisit"}


class FixedClock:
    """Always the same instant."""

    def now(self) -> datetime:
        return AT


class MemoryIntents:
    """`Intents` over the ledger in memory."""

    def __init__(self, ledger: MemoryLedger) -> None:
        self._ledger = ledger

    async def due(self, limit: int, *, without: Any) -> Sequence[Due]:
        everything = await self._ledger.intents_due(1000)
        return [Due(key, at) for key, at in everything if key not in without][:limit]

    async def done(self, notice_keys: Sequence[str], at: datetime) -> None:
        await self._ledger.intents_done(notice_keys, at)

    async def open(self) -> int:
        return len(await self._ledger.intents_due(1000))


class Office:
    """Notification on a ledger and a vault in memory, and a maildir on the disk."""

    def __init__(self, path: Path) -> None:
        self.ledger = MemoryLedger("notification")
        self.vault = MemoryVault()
        self.units = dict(UNITS)
        self.maildir = path / "maildir"
        self._repository = Repository(self.ledger, FixedClock())
        self.tools = Tools(
            intents=MemoryIntents(self.ledger),
            lines=self.ledger,
            vault=self.vault,
            maildir=Maildir(self.maildir),
            record=self.record,
            unit_name=self.unit_name,
            now=FixedClock().now,
            receipt_key=KEY,
        )

    async def unit_name(self, unit_id: str) -> str | None:
        return self.units.get(unit_id)

    async def record(self, told: Sequence[tuple[Prepared, NotificationCommand]]) -> None:
        for prepared, command in told:
            await self.execute(command, prepared.notice.case_id)

    async def execute(
        self, command: NotificationCommand, case: str, cause: tuple[str, int] | None = None
    ) -> None:
        context = Context(
            actor=Actor(unit_id="", role="system", pseudonym="notification"),
            correlation_id="",
            case_id=case,
            traceparent=TRACE,
            intents=due,
            caused_by=CausedBy(service=cause[0], position=cause[1]) if cause else None,
        )
        await self._repository.execute(case_decider, stream_of(case), command, context)

    async def prepare(self, *kinds: NoticeKind, case: str = CASE, position: int = 7) -> None:
        """Notices become due in a case whose petitioner and opinion are sealed."""
        contents = {"petitioner": json.dumps(PETITIONER, ensure_ascii=False), "opinion": OPINION_TEXT}
        sealed = await self.vault.seal(case, contents, at=AT)
        for kind in kinds:
            source = SOURCES.get(kind, "routing")
            command = PrepareNotice(
                at=AT,
                case_id=case,
                notice_key=notice_key(kind, source, position),
                kind=kind,
                template=TEMPLATES[kind],
                told=TOLD[kind],
            )
            if kind is NoticeKind.RECEIPT:
                command = replace(
                    command, receipt_number="YL01-2025-000001-K", petitioner=sealed["petitioner"]
                )
            if kind is NoticeKind.OPINION:
                command = replace(command, refs=(sealed["opinion"].ref,))
            await self.execute(command, case, (source, position))

    def sender(self, **other: Any) -> Sender:
        """A sender as a new process has it: nothing remembered."""
        return Sender(replace(self.tools, **({"maildir": Maildir(self.maildir)} | other)))

    def files(self) -> dict[str, bytes]:
        """What was handed over."""
        return {path.name: path.read_bytes() for path in sorted((self.maildir / "new").glob("*"))}

    def types(self) -> list[str]:
        """The names of all recorded events."""
        return [line.type.rpartition(".")[2] for line in self.ledger._tables.lines]
