"""What is due is handed over once, in order, whatever fails in between, and without a word about its content."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from huiyin.notification.v1.events import NoticeDelivered, NoticeKind
from ledger.envelopes import event_of
from ledger.lines import LedgerUnavailable
from notification.maildir import Maildir
from notification.sender import BATCH, Sender
from notification.tests import notification_example as example

OTHER = "0198b0c5-7a10-7000-8000-000000000002"
RECEIPT, OPINION = NoticeKind.RECEIPT, NoticeKind.OPINION


class Crash(BaseException):
    """The process is gone: nothing of it catches this."""


async def rounds(sender: Sender, count: int) -> int:
    return sum([await sender.run() for _ in range(count)])


@pytest.fixture
def office(tmp_path: Path) -> example.Office:
    return example.Office(tmp_path)


async def test_what_is_due_is_delivered_with_its_proof(office: example.Office) -> None:
    await office.prepare(RECEIPT, OPINION)
    sender = office.sender()
    assert await sender.pending() == {"notices": 2}
    assert await sender.run() == 2
    assert await sender.pending() == {"notices": 0}
    files = office.files()
    assert list(files) == ["opinion-routing-7.huiyin", "receipt-intake-7.huiyin"]
    proofs = [
        event.document_sha256
        for line in await office.ledger.read(0, 10)
        if isinstance(event := event_of(line), NoticeDelivered)
    ]
    assert proofs == [
        sha256(files[name]).digest() for name in ("receipt-intake-7.huiyin", "opinion-routing-7.huiyin")
    ]


async def test_an_idle_sender_does_nothing(office: example.Office) -> None:
    await office.prepare(RECEIPT)
    sender = office.sender()
    await sender.run()
    assert await rounds(sender, 3) == 0
    assert office.types() == ["NoticePrepared", "NoticeDelivered"]


async def test_a_round_is_bounded(office: example.Office) -> None:
    for n in range(BATCH + 1):
        await office.prepare(RECEIPT, case=f"case-{n}", position=n + 1)
    sender = office.sender()
    assert [await sender.run() for _ in range(3)] == [BATCH, 1, 0]


Step = Callable[..., Awaitable[Any]]


def crashing(step: Step, moment: str) -> Step:
    """The step, with the process gone just before or after it."""

    async def crash(*args: Any, **kwargs: Any) -> Any:
        if moment == "after":
            await step(*args, **kwargs)
        raise Crash

    return crash


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", ["due", "read", "open_many", "unit_name", "deliver", "record", "done"])
async def test_killed_at_any_step_it_converges_to_one_file_and_one_event(
    office: example.Office, step: str, moment: str
) -> None:
    await office.prepare(RECEIPT)
    with pytest.raises(Crash):
        await crashing_sender(office, step, moment).run()
    sender = office.sender()
    await rounds(sender, 3)
    assert list(office.files()) == ["receipt-intake-7.huiyin"]
    assert office.types() == ["NoticePrepared", "NoticeDelivered"]
    assert await sender.pending() == {"notices": 0}


def crashing_sender(office: example.Office, step: str, moment: str) -> Sender:
    """A sender whose process is gone at this step."""
    if step in ("record", "unit_name"):
        return office.sender(**{step: crashing(getattr(office.tools, step), moment)})
    if step == "deliver":
        return office.sender(maildir=CrashingMaildir(office.maildir, moment))
    tool = {"due": "intents", "done": "intents", "read": "lines", "open_many": "vault"}[step]
    return office.sender(**{tool: Wrapped(getattr(office.tools, tool), step, moment)})


class Wrapped:
    """A tool, one of whose steps ends the process."""

    def __init__(self, tool: Any, step: str, moment: str) -> None:
        self._tool, self._step, self._moment = tool, step, moment

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._tool, name)
        return crashing(real, self._moment) if name == self._step else real


class CrashingMaildir(Maildir):
    """The disk is written, or not, and then the process is gone."""

    def __init__(self, path: Path, moment: str) -> None:
        super().__init__(path)
        self._moment = moment

    def deliver_many(self, documents: Mapping[str, bytes]) -> dict[str, bytes | OSError]:
        if self._moment == "after":
            super().deliver_many(documents)
        raise Crash


async def test_one_that_cannot_be_written_holds_up_no_other_and_stays_visible(
    office: example.Office, caplog: pytest.LogCaptureFixture
) -> None:
    await office.prepare(RECEIPT)
    await office.prepare(RECEIPT, case=OTHER, position=8)
    items = office.vault._store.items  # type: ignore[attr-defined]
    del items[next(ref for ref in items if ref.case_id == example.CASE)]
    sender = office.sender()
    with caplog.at_level(logging.INFO):
        assert await rounds(sender, 40) == 1
    assert list(office.files()) == ["receipt-intake-8.huiyin"]
    assert await sender.pending() == {"notices": 1}
    # After 1, 2, 4 ... rounds: five tries in forty rounds, not forty.
    assert len(caplog.records) == 5
    assert all("ItemMissing" in record.getMessage() for record in caplog.records)


async def test_a_batch_of_hopeless_notices_does_not_starve_the_next_one(office: example.Office) -> None:
    office.units.clear()
    for n in range(BATCH):
        await office.prepare(RECEIPT, case=f"case-{n}", position=n + 1)
    sender = office.sender()
    assert await sender.run() == 0
    office.units.update(example.UNITS)
    await office.prepare(RECEIPT, case=OTHER, position=99)
    await sender.run()
    assert "receipt-intake-99.huiyin" in office.files()
    await rounds(sender, 4)
    assert await sender.pending() == {"notices": 0}


async def test_a_unit_that_is_not_in_the_directory_yet_is_waited_for(office: example.Office) -> None:
    office.units.clear()
    await office.prepare(RECEIPT)
    sender = office.sender()
    await rounds(sender, 3)
    assert office.files() == {}
    office.units.update(example.UNITS)
    await rounds(sender, 8)
    assert "云岭区信访局".encode() in office.files()["receipt-intake-7.huiyin"]


async def test_what_was_erased_is_recorded_as_undeliverable(office: example.Office) -> None:
    await office.prepare(RECEIPT)
    await office.vault.shred(example.CASE, at=example.AT)
    sender = office.sender()
    assert await sender.run() == 1
    assert office.types() == ["NoticePrepared", "NoticeUndeliverable"]
    assert office.files() == {}
    assert await sender.pending() == {"notices": 0}


async def test_an_unavailable_ledger_is_nobodys_failure(office: example.Office) -> None:
    await office.prepare(RECEIPT)
    away = [True]

    async def record(*args: Any) -> None:
        if away:
            away.pop()
            raise LedgerUnavailable("the database is away")
        await office.record(*args)

    sender = office.sender(record=record)
    with pytest.raises(LedgerUnavailable):
        await sender.run()
    assert await sender.run() == 1


async def test_no_log_line_says_who_petitions_or_what_was_answered(
    office: example.Office, caplog: pytest.LogCaptureFixture
) -> None:
    await office.prepare(RECEIPT, OPINION)

    async def record(*args: Any) -> None:
        raise ValueError(f"quotes {example.PETITIONER['name']} and {example.OPINION_TEXT}")

    with caplog.at_level(logging.DEBUG):
        await rounds(office.sender(record=record), 3)
    assert caplog.records
    for canary in (*example.PETITIONER.values(), example.OPINION_TEXT):
        assert canary not in caplog.text


async def test_two_senders_at_once_leave_one_file_and_one_event(office: example.Office) -> None:
    await office.prepare(RECEIPT)
    first, second = office.sender(), office.sender()
    due = await office.tools.intents.due(1, without=())
    await first._settle(due)
    await second._settle(due)
    assert list(office.files()) == ["receipt-intake-7.huiyin"]
    assert office.types() == ["NoticePrepared", "NoticeDelivered"]
