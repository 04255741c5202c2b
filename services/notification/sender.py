"""Hands over what is due: opens, writes, delivers, records; each notice once, whoever is killed in between.

The order is the promise. The disclosure was recorded (NoticePrepared) before anything is opened here; the file is
durable before NoticeDelivered is recorded; the intent is marked done after that. A crash leaves the intent open, and
the next round does the same again: the same bytes under the same name, the same event already there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, Protocol

from huiyin.codec import decode, decode_envelope
from huiyin.envelope.v1.envelope import RecordedEvent
from huiyin.notification.v1.events import NoticePrepared
from ledger.lines import LedgerUnavailable, Line
from notification.domain.case import CONTENT_ERASED
from notification.domain.commands import AbandonNotice, NotificationCommand, RecordDelivery
from notification.intents import Due, Intents
from notification.letter import Letter, write
from notification.maildir import Maildir
from notification.message import file_name, message
from notification.petitioner import read_petitioner
from notification.query_code import query_code
from vault.errors import KeyShredded

MEANS: Final = "maildir"

BATCH: Final = 32
"""Notices a round: a fraction of a second, so that a stopping service is not kept waiting."""

LINES_OF_AN_APPEND: Final = 256
"""How far behind the intent's position its notice can stand: an append has no more lines than a batch."""

MAX_ROUNDS_SKIPPED: Final = 512
"""A notice that cannot be written is tried again after 1, 2, 4 ... rounds: at most about a minute."""

_log = logging.getLogger("huiyin.notification")


class Unwritable(Exception):
    """Something the notice needs is not there yet; the message holds no personal data."""


class Vault(Protocol):
    """What the sender needs of the vault."""

    async def open_(self, case_id: str, refs: Any) -> Mapping[str, bytes]:
        """Contents by reference, all or nothing."""


class Lines(Protocol):
    """What the sender needs of the ledger."""

    async def read(self, after: int, limit: int) -> Any:
        """Lines after a position."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A recorded NoticePrepared."""

    position: int
    recorded: RecordedEvent
    notice: NoticePrepared


Record = Callable[[Prepared, NotificationCommand], Awaitable[None]]
"""Records in the stream of the notice's case. [] and all: it may have been recorded already."""

UnitName = Callable[[str], Awaitable[str | None]]
"""The name of a unit; None while the directory has not heard of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the sender works with."""

    intents: Intents
    lines: Lines
    vault: Vault
    maildir: Maildir
    record: Record
    unit_name: UnitName
    now: Callable[[], datetime]
    receipt_key: bytes


class Sender:
    """Drains the intents, oldest first. One that fails waits longer each time and holds up no other."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._round = 0
        self._failures: dict[str, int] = {}
        self._waiting: dict[str, int] = {}
        """Notice -> the round in which it is tried again."""

    async def run(self) -> int:
        """One bounded round; how many notices were settled."""
        self._round += 1
        self._waiting = {key: until for key, until in self._waiting.items() if until > self._round}
        due = await self._tools.intents.due(BATCH, without=self._waiting)
        settled = 0
        for each in due:
            settled += await self._settled(each)
        return settled

    async def pending(self) -> Mapping[str, int]:
        """Notices that are due and not handed over."""
        return {"notices": await self._tools.intents.open()}

    async def _settled(self, due: Due) -> bool:
        try:
            await self._settle(due)
        except LedgerUnavailable:
            raise  # Not this notice's trouble: the next round begins with it.
        except Exception as error:
            self._postpone(due.notice_key, error)
            return False
        self._failures.pop(due.notice_key, None)
        self._waiting.pop(due.notice_key, None)
        return True

    async def _settle(self, due: Due) -> None:
        prepared = await self._prepared(due)
        try:
            document = await self._document(prepared)
        except KeyShredded:
            command: NotificationCommand = AbandonNotice(
                at=self._tools.now(), notice_key=due.notice_key, reason=CONTENT_ERASED
            )
        else:
            delivered = await asyncio.to_thread(
                self._tools.maildir.deliver, file_name(due.notice_key), document
            )
            command = RecordDelivery(
                at=self._tools.now(),
                notice_key=due.notice_key,
                means=MEANS,
                document_sha256=sha256(delivered).digest(),
            )
        await self._tools.record(prepared, command)
        await self._tools.intents.done(due.notice_key, self._tools.now())

    async def _prepared(self, due: Due) -> Prepared:
        # Nearly always the intent's own line; else one of the lines that were appended with it.
        for after, limit in ((due.position - 1, 1), (due.position, LINES_OF_AN_APPEND)):
            for line in await self._tools.lines.read(after, limit):
                found = _notice_of(line, due.notice_key)
                if found is not None:
                    return found
        raise Unwritable("no line of the ledger prepares this notice")

    async def _document(self, prepared: Prepared) -> bytes:
        notice = prepared.notice
        unit_name = await self._tools.unit_name(notice.unit_id)
        if unit_name is None:
            raise Unwritable(f"unit {notice.unit_id} is not in the directory yet")
        opened = await self._tools.vault.open_(notice.case_id, notice.disclosed_refs)
        contents = [opened[ref] for ref in notice.disclosed_refs]
        letter = Letter(
            petitioner=read_petitioner(contents[0]),
            unit_name=unit_name,
            query_code=query_code(self._tools.receipt_key, notice.case_id),
            opinion="\n\n".join(each.decode("utf-8", errors="replace") for each in contents[1:]),
        )
        text = write(notice, letter)
        return message(notice, prepared.recorded, prepared.position, letter.petitioner, text)

    def _postpone(self, notice_key: str, error: Exception) -> None:
        failures = self._failures[notice_key] = self._failures.get(notice_key, 0) + 1
        self._waiting[notice_key] = self._round + min(2 ** min(failures, 16), MAX_ROUNDS_SKIPPED)
        # The kind only: the text of an error may quote what was opened.
        why = str(error) if isinstance(error, Unwritable) else type(error).__name__
        _log.warning("notice %s is not written yet (try %d): %s", notice_key, failures, why)


def _notice_of(line: Line, notice_key: str) -> Prepared | None:
    recorded = decode_envelope(line.bytes)
    event = decode(recorded.type, recorded.payload)
    if isinstance(event, NoticePrepared) and event.notice_key == notice_key:
        return Prepared(line.position, recorded, event)
    return None
