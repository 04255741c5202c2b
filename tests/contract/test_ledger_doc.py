"""docs/ledger.md is true: its layout, its example and its verifier are tried on a real ledger."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from ledger.lines import Append, NewLine
from tests.integration.ledger_support import SERVICE, Place, new_place

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "ledger.md").read_text()
MOST_LINES = 25
LIMIT_S = 60
AT = datetime(2025, 8, 18, 1, tzinfo=UTC)


def blocks(language: str) -> list[str]:
    """The code blocks of one language, in the order in which they are printed."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)


def line(stream: str, version: int) -> NewLine:
    return NewLine(stream, version, "huiyin.testing.v1.NoteTaken", f"{stream} {version}".encode(), AT)


@pytest.fixture
async def place(fresh_database: str) -> Place:
    """A ledger of five lines in two streams."""
    place = await new_place(fresh_database)
    async with place.replica() as ledger:
        for version in (1, 2):
            await ledger.append(
                Append(lines=(line("testing-case-a", version), line("testing-case-b", version)))
            )
        await ledger.append(Append(lines=(line("testing-case-a", 3),)))
    return place


def verify(place: Place, tmp_path: Path) -> tuple[int, str]:
    """Exit code and words of the document's verifier, run as an auditor would."""
    program = tmp_path / "verify.py"
    program.write_text(blocks("python")[1])
    done = subprocess.run(
        [sys.executable, "-I", str(program), place.auditor_dsn, place.schema],
        capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_verifier_is_short_and_uses_nothing_of_ours() -> None:
    program = blocks("python")[1]
    assert len([text for text in program.splitlines() if text.strip()]) <= MOST_LINES
    imported = re.findall(r"^(?:import|from) (.*)$", program, flags=re.MULTILINE)
    assert imported == ["asyncio, hashlib, sys", "asyncpg"]


async def test_the_verifier_believes_a_ledger_as_it_was_written(place: Place, tmp_path: Path) -> None:
    code, words = verify(place, tmp_path)
    assert (code, words.partition(" lines")[0]) == (0, f"{place.schema}: 5")


@pytest.mark.parametrize(
    ("falsification", "found"),
    [
        ("UPDATE {schema}.ledger SET bytes = 'other' WHERE position = 3", "position 3"),
        ("UPDATE {schema}.ledger SET version = 9 WHERE position = 4", "position 4"),
        ("DELETE FROM {schema}.ledger WHERE position = 2", "position 2"),
        ("DELETE FROM {schema}.ledger WHERE position = 5", "the head is at 5, the last line at 4"),
        ("UPDATE {schema}.head SET position = 4", "the head is at 4, the last line at 5"),
        (
            "UPDATE {schema}.ledger a SET bytes = b.bytes FROM {schema}.ledger b"
            " WHERE (a.position, b.position) IN ((2, 3), (3, 2))",
            "position 2",
        ),
        (
            "INSERT INTO {schema}.ledger SELECT 6, 'testing-case-c', 1, type, bytes, hash, recorded_at"
            " FROM {schema}.ledger WHERE position = 5",
            "position 6",
        ),
    ],
)
async def test_the_verifier_finds_a_falsified_line_at_its_position(
    place: Place, tmp_path: Path, falsification: str, found: str
) -> None:
    await place.as_owner(falsification)
    code, words = verify(place, tmp_path)
    assert code == 1
    assert found in words


async def test_the_example_gives_the_printed_hashes_in_python_and_in_sql(fresh_database: str) -> None:
    (printed,) = blocks("text")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(blocks("python")[0], {})
    db = await asyncpg.connect(fresh_database)
    rows = await db.fetch(blocks("sql")[0])
    await db.close()
    assert said.getvalue() == printed == "".join(f"{row[0]}\n" for row in rows)


async def test_the_check_in_plain_sql_works_for_an_auditor(place: Place) -> None:
    check = blocks("sql")[1].replace("intake.", f"{place.schema}.")
    await place.as_owner("UPDATE {schema}.ledger SET bytes = 'other' WHERE position = 3")
    db = await asyncpg.connect(place.auditor_dsn)
    found = await db.fetch(check)
    await db.close()
    assert [row[0] for row in found] == [3]


async def test_the_layout_is_as_documented_and_readable_for_an_auditor(place: Place) -> None:
    described = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", TEXT, flags=re.MULTILINE)
    short = {"timestamp with time zone": "timestamptz"}
    rows = await place.as_owner(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = $1 AND table_name = 'ledger' ORDER BY ordinal_position",
        place.schema,
    )
    assert described == [(row[0], short.get(row[1], row[1])) for row in rows]
    beside = re.findall(r"^\| `<service>\.(\w+)` \|", TEXT, flags=re.MULTILINE)
    db = await asyncpg.connect(place.auditor_dsn)
    for name in ("ledger", *beside):
        await db.fetch(f"SELECT * FROM {place.schema}.{name}")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await db.fetch(f"SELECT * FROM {place.schema}.idempotency")
    with pytest.raises(asyncpg.PostgresError):
        await db.execute(f"DELETE FROM {place.schema}.ledger")
    await db.close()
    assert (await place.as_owner("SELECT service FROM {schema}.origin"))[0][0] == SERVICE
