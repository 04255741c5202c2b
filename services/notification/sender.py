"""Hands over what is due: opens, writes, delivers, records; each notice once, whoever is killed in between.

The order is the promise. The disclosure was recorded (NoticePrepared) before anything is opened here; the file is
durable before NoticeDelivered is recorded; the intent is marked done after that. A crash leaves the intent open, and
the next round does the same again: the same bytes under the same name, the same event already there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, Protocol, TypeVar

from huiyin.codec import decode, decode_envelope, name_of
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

BATCH: Final = 64
"""Notices a round: a fraction of a second, so that a stopping service is not kept waiting."""

LINES_OF_AN_APPEND: Final = 256
"""How far behind the intent's position its notice can stand: an append has no more lines than a batch."""

MAX_ROUNDS_SKIPPED: Final = 512
"""A notice that cannot be written is tried again after 1, 2, 4 ... rounds: at most about a minute."""

T = TypeVar("T")

PREPARED: Final = name_of(NoticePrepared)

_log = logging.getLogger("huiyin.notification")


class Unwritable(Exception):
    """Something the notice needs is not there yet; the message holds no personal data."""


class Vault(Protocol):
    """What the sender needs of the vault."""

    async def open_many(self, cases: Any) -> Sequence[Any]:
        """For each (case, references): contents by reference, or the error that stands in its way."""


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


@dataclass(frozen=True, slots=True)
class Written:
    """A notice as it will be handed over."""

    document: bytes = field(repr=False)


Record = Callable[[Sequence[tuple[Prepared, NotificationCommand]]], Awaitable[None]]
"""Records each in the stream of its notice's case, all or nothing. [] and all: it may have been recorded already."""

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
        return await self._settle(await self._tools.intents.due(BATCH, without=self._waiting))

    async def pending(self) -> Mapping[str, int]:
        """Notices that are due and not handed over."""
        return {"notices": await self._tools.intents.open()}

    async def _settle(self, due: Sequence[Due]) -> int:
        """All of a round, step by step: they share reads, the thread that writes, and the ledger's commits."""
        if not due:
            return 0
        read = await self._read(due)
        opened = await self._opened(read)
        told = await self._each(due, lambda each: self._command(each, read, opened))
        ready = await self._handed_over(told)
        settled = await self._recorded([(read[key], command) for key, command in ready.items()])
        if settled:
            await self._tools.intents.done(settled, self._tools.now())
        for key in settled:
            self._failures.pop(key, None)
            self._waiting.pop(key, None)
        return len(settled)

    async def _opened(self, read: Mapping[str, Prepared]) -> Mapping[str, Any]:
        """The contents that each notice needs, or the error instead of them."""
        notices = [(key, each.notice) for key, each in read.items()]
        opened = await self._tools.vault.open_many([(n.case_id, n.disclosed_refs) for _, n in notices])
        return {key: found for (key, _), found in zip(notices, opened, strict=True)}

    async def _recorded(self, told: Sequence[tuple[Prepared, NotificationCommand]]) -> list[str]:
        """Together; where that fails, one by one, so that each failure is of its own notice."""
        if not told:
            return []
        try:
            await self._tools.record(told)
        except LedgerUnavailable:
            raise  # Not these notices' trouble: the next round begins with them.
        except Exception as error:
            if len(told) > 1:
                return [key for each in told for key in await self._recorded([each])]
            self._postpone(told[0][0].notice.notice_key, error)
            return []
        return [prepared.notice.notice_key for prepared, _ in told]

    async def _each(self, due: Sequence[Due], step: Callable[[Due], Awaitable[T]]) -> dict[str, T]:
        """What the step gives for each notice; one that fails is tried again later, and is left out."""

        async def one(each: Due) -> tuple[str, T] | None:
            try:
                return each.notice_key, await step(each)
            except LedgerUnavailable:
                raise
            except Exception as error:
                self._postpone(each.notice_key, error)
                return None

        return dict(filter(None, await asyncio.gather(*map(one, due))))

    async def _command(
        self, due: Due, read: Mapping[str, Prepared], opened: Mapping[str, Any]
    ) -> Written | AbandonNotice:
        """The document to hand over; where its content was erased, that it will never be."""
        prepared = read.get(due.notice_key)
        if prepared is None:
            raise Unwritable("no line of the ledger prepares this notice")
        try:
            return Written(await self._document(prepared, opened[due.notice_key]))
        except KeyShredded:
            return AbandonNotice(at=self._tools.now(), notice_key=due.notice_key, reason=CONTENT_ERASED)

    async def _handed_over(
        self, told: Mapping[str, Written | AbandonNotice]
    ) -> dict[str, NotificationCommand]:
        """What is to be recorded, once the documents are durable."""
        documents = {file_name(k): each.document for k, each in told.items() if isinstance(each, Written)}
        stand: Mapping[str, bytes | OSError] = {}
        if documents:
            stand = await asyncio.to_thread(self._tools.maildir.deliver_many, documents)
        commands: dict[str, NotificationCommand] = {}
        for key, each in told.items():
            if isinstance(each, AbandonNotice):
                commands[key] = each
                continue
            delivered = stand[file_name(key)]
            if isinstance(delivered, OSError):
                self._postpone(key, delivered)
                continue
            commands[key] = RecordDelivery(
                at=self._tools.now(),
                notice_key=key,
                means=MEANS,
                document_sha256=sha256(delivered).digest(),
            )
        return commands

    async def _read(self, due: Sequence[Due]) -> dict[str, Prepared]:
        """The recorded notices, by key. Nearly always each is its intent's own line, and near the others."""
        found: dict[str, Prepared] = {}
        wanted = {each.notice_key: each.position for each in due}
        while wanted:
            first = min(wanted.values())
            lines = await self._tools.lines.read(first - 1, LINES_OF_AN_APPEND)
            positions = set(wanted.values())
            for line in lines:
                if line.position in positions and (notice := _notice_of(line)) is not None:
                    found[notice.notice.notice_key] = notice
            last = lines[-1].position if lines else first
            wanted = {k: at for k, at in wanted.items() if k not in found and at > last}
        for each in due:
            if each.notice_key not in found and (notice := await self._behind(each)) is not None:
                found[each.notice_key] = notice
        return found

    async def _behind(self, due: Due) -> Prepared | None:
        """A notice that is not the first line of its append."""
        for line in await self._tools.lines.read(due.position, LINES_OF_AN_APPEND):
            notice = _notice_of(line)
            if notice is not None and notice.notice.notice_key == due.notice_key:
                return notice
        return None

    async def _document(self, prepared: Prepared, opened: Any) -> bytes:
        notice = prepared.notice
        if isinstance(opened, Exception):
            raise opened
        unit_name = await self._tools.unit_name(notice.unit_id)
        if unit_name is None:
            raise Unwritable(f"unit {notice.unit_id} is not in the directory yet")
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


def _notice_of(line: Line) -> Prepared | None:
    if line.type != PREPARED:
        return None
    recorded = decode_envelope(line.bytes)
    event = decode(recorded.type, recorded.payload)
    return Prepared(line.position, recorded, event) if isinstance(event, NoticePrepared) else None
