"""Every way to falsify a ledger is found, at its position."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from huiyin.chain import link
from ledger.audit import check
from ledger.columns import disagreement
from ledger.lines import Line
from ledger.memory import MemoryLedger
from ledger.notebook import CONTEXT, NOTES, SetClock, TakeNote
from ledger.repository import Repository
from ledger.samples import one
from ledger.verify import Fault, Finding, Verifier, verify

LINES = 12


@pytest.fixture
async def ledger() -> MemoryLedger:
    """Three streams, twelve lines."""
    ledger = MemoryLedger()
    repository = Repository(ledger, SetClock())
    for n in range(LINES):
        await repository.execute(NOTES, f"testing-case-{n % 3}", TakeNote(f"w{n}"), CONTEXT)
    return ledger


def rechained(lines: Sequence[Line], genesis: bytes) -> list[Line]:
    """The same lines with positions and hashes as a forger of everything would write them."""
    done: list[Line] = []
    for position, line in enumerate(lines, start=1):
        genesis = link(genesis, position, line.bytes)
        done.append(replace(line, position=position, hash=genesis))
    return done


def changed(lines: list[Line]) -> None:
    lines[4] = replace(lines[4], bytes=lines[4].bytes + b"\x00")


def hash_changed(lines: list[Line]) -> None:
    lines[4] = replace(lines[4], hash=bytes(32))


def removed(lines: list[Line]) -> None:
    del lines[4]


def inserted(lines: list[Line]) -> None:
    lines.insert(4, replace(lines[4], hash=bytes(32)))


def swapped(lines: list[Line]) -> None:
    fifth, sixth = lines[4], lines[5]
    lines[4:6] = [replace(sixth, position=5), replace(fifth, position=6)]


def swapped_with_hashes(lines: list[Line]) -> None:
    fifth, sixth = lines[4], lines[5]
    lines[4:6] = [
        replace(sixth, position=5, hash=fifth.hash), replace(fifth, position=6, hash=sixth.hash)
    ]  # fmt: skip


FALSIFIERS = [
    (changed, Finding(5, Fault.CHANGED, "testing-case-1 2")),
    (hash_changed, Finding(5, Fault.CHANGED, "testing-case-1 2")),
    (removed, Finding(5, Fault.MISSING, "the next line is 6")),
    (inserted, Finding(5, Fault.CHANGED, "testing-case-1 2")),
    (swapped, Finding(5, Fault.CHANGED, "testing-case-2 2")),
    (swapped_with_hashes, Finding(5, Fault.CHANGED, "testing-case-2 2")),
]


@pytest.mark.parametrize(("falsify", "finding"), FALSIFIERS)
async def test_a_falsified_line_is_found_at_its_position(
    ledger: MemoryLedger, falsify: Callable[[list[Line]], None], finding: Finding
) -> None:
    lines = list(await ledger.read(0, LINES))
    assert verify(lines, await ledger.genesis(), await ledger.head()) is None
    falsify(lines)
    assert verify(lines, await ledger.genesis(), await ledger.head()) == finding


async def test_every_single_changed_byte_is_found(ledger: MemoryLedger) -> None:
    lines, genesis = list(await ledger.read(0, LINES)), await ledger.genesis()
    content = lines[6].bytes
    for at in range(len(content)):
        lines[6] = replace(lines[6], bytes=content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        found = verify(lines, genesis)
        assert found is not None
        assert found.position == 7


async def test_a_missing_tail_is_found_by_the_head(ledger: MemoryLedger) -> None:
    lines = list(await ledger.read(0, LINES))
    found = verify(lines[:-2], await ledger.genesis(), await ledger.head())
    assert found == Finding(11, Fault.MISSING, "the head is at 12")


async def test_a_wrong_head_is_found(ledger: MemoryLedger) -> None:
    lines, genesis = await ledger.read(0, LINES), await ledger.genesis()
    assert verify(lines, genesis, (LINES, bytes(32))) == Finding(12, Fault.HEAD, "the head is at 12")
    assert verify(lines, genesis, (LINES - 1, lines[-2].hash)) == Finding(12, Fault.HEAD, "the head is at 11")


async def test_a_ledger_of_another_installation_is_found_at_once(ledger: MemoryLedger) -> None:
    other = await MemoryLedger(installation="elsewhere").genesis()
    found = verify(await ledger.read(0, LINES), other)
    assert found is not None
    assert found.position == 1


async def test_a_version_gap_is_found_even_in_a_chain_that_was_forged_whole(ledger: MemoryLedger) -> None:
    genesis = await ledger.genesis()
    lines = list(await ledger.read(0, LINES))
    without = rechained([*lines[:4], *lines[5:]], genesis)
    found = verify(without, genesis, (LINES - 1, without[-1].hash))
    assert found == Finding(7, Fault.VERSION, "testing-case-1 3, after 1")


@pytest.mark.parametrize(
    ("column", "value"),
    [("stream", "testing-case-0"), ("version", 3), ("type", "huiyin.testing.v1.NoteForgotten")],
)
async def test_a_falsified_column_is_found(ledger: MemoryLedger, column: str, value: Any) -> None:
    lines = list(await ledger.read(0, LINES))
    lines[4] = replace(lines[4], **{column: value})
    found = Verifier(await ledger.genesis(), disagreement).check(lines)
    assert found is not None
    assert (found.position, found.fault in (Fault.COLUMNS, Fault.VERSION)) == (5, True)


async def test_a_falsified_instant_is_found(ledger: MemoryLedger) -> None:
    line = (await ledger.read(4, 1))[0]
    assert disagreement(line) is None
    assert "recorded_at" in (
        disagreement(replace(line, recorded_at=line.recorded_at.replace(year=2024))) or ""
    )
    assert disagreement(replace(line, bytes=b"\xff\xff")) == "the bytes are no envelope"


async def test_a_ledger_is_checked_in_portions(ledger: MemoryLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.audit.PORTION", 5)
    seen: list[tuple[int, int]] = []
    assert await check(ledger, lambda done, all_: seen.append((done, all_))) == (None, 12)
    assert seen == [(5, 12), (10, 12), (12, 12)]


async def test_lines_written_during_a_check_are_left_for_the_next(ledger: MemoryLedger) -> None:
    later = [one(f"testing-case-later-{n}") for n in range(3)]

    class Moving(MemoryLedger):
        """Somebody appends whenever we read."""

        async def read(self, after: int, limit: int, stream: str | None = None) -> Sequence[Line]:
            if later:
                await ledger.append(later.pop())
            return await ledger.read(after, limit, stream)

        async def head(self) -> tuple[int, bytes]:
            return await ledger.head()

    assert await check(Moving()) == (None, 12)
