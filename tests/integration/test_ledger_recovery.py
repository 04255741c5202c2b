"""Lines of a restored ledger, put back from elsewhere: exactly as before, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import asyncpg
import pytest

from ledger.audit import check
from ledger.lines import Append, InboxMove, KeyReused, Line
from ledger.recovery import Books, KnownKey, RecoveryRefused, reinsert
from ledger.samples import key
from ledger.samples import new_line as line
from tests.integration.ledger_support import Place

AT = datetime(2025, 8, 18, tzinfo=UTC)
LOST = 4


async def restored(place: Place) -> list[Line]:
    """Ten lines are written and the last four removed, as an older backup would; all ten are returned."""
    async with place.replica() as ledger:
        for n in range(10):
            await ledger.append(Append(lines=[line(f"testing-case-{n % 3}", n // 3 + 1)]))
        lines = list(await ledger.read(0, 100))
    keep = lines[-LOST - 1]
    await place.as_owner("DELETE FROM {schema}.ledger WHERE position > $1", keep.position)
    await place.as_owner("UPDATE {schema}.head SET position = $1, hash = $2", keep.position, keep.hash)
    return lines


async def put_back(place: Place, lines: list[Line], books: Books | None = None) -> None:
    db = await asyncpg.connect(place.owner_dsn)
    try:
        await reinsert(db, place.schema, lines[0].position - 1, lines, books=books or Books(), at=AT)
    finally:
        await db.close()


async def test_lost_lines_come_back_with_the_positions_and_hashes_they_had(place: Place) -> None:
    before = await restored(place)
    await put_back(place, before[-LOST:])
    async with place.replica() as ledger:
        assert list(await ledger.read(0, 100)) == before
        assert await ledger.head() == (10, before[-1].hash)
        assert (await check(ledger, columns=None))[0] is None
        await ledger.append(Append(lines=[line("testing-case-0", 5)]))
    told = await place.as_owner("SELECT * FROM {schema}.recoveries")
    assert [tuple(row) for row in told] == [(7, 10, AT, AT)]


@pytest.mark.parametrize("spoiled", range(LOST))
async def test_one_line_that_does_not_follow_refuses_them_all(place: Place, spoiled: int) -> None:
    before = await restored(place)
    offered = before[-LOST:]
    offered[spoiled] = replace(offered[spoiled], bytes=offered[spoiled].bytes + b"!")
    with pytest.raises(RecoveryRefused, match=f"line {7 + spoiled} does not follow"):
        await put_back(place, offered)
    async with place.replica() as ledger:
        assert list(await ledger.read(0, 100)) == before[:-LOST]
        assert (await ledger.head())[0] == 6


async def test_a_line_that_is_left_out_refuses_them_all(place: Place) -> None:
    before = await restored(place)
    with pytest.raises(RecoveryRefused):
        await put_back(place, [before[-4], before[-2], before[-1]])
    assert (await place.as_owner("SELECT count(*) AS n FROM {schema}.ledger"))[0]["n"] == 6


async def test_a_version_that_does_not_follow_refuses_them_all(place: Place) -> None:
    before = await restored(place)
    with pytest.raises(RecoveryRefused, match="versions"):
        await put_back(place, [*before[-LOST:-1], replace(before[-1], version=9)])


async def test_a_ledger_that_went_on_after_the_restore_is_left_alone(place: Place) -> None:
    before = await restored(place)
    async with place.replica() as ledger:
        await ledger.append(Append(lines=[line("testing-case-new", 1)]))
    with pytest.raises(RecoveryRefused, match="the ledger ends at 7, not at 6"):
        await put_back(place, before[-LOST:])


async def test_what_stood_beside_the_lines_comes_back_and_never_goes_backwards(place: Place) -> None:
    before = await restored(place)
    async with place.replica() as ledger, ledger.session() as session:
        await session.append([], InboxMove("intake", 0, 40))
    books = Books(
        keys=[KnownKey("unit-110101", "receive", "k", 8, 2)],
        serials={"AN01-2025": 12},
        due={"mail-a": 8, "mail-b": 9},
        done={"mail-a": AT},
        inbox={"intake": 30, "routing": 7},
    )
    await put_back(place, before[-LOST:], books)
    async with place.replica() as ledger:
        assert await ledger.intents_due(10) == [("mail-b", 9)]
        assert await ledger.position_of("intake") == 40
        assert await ledger.position_of("routing") == 7
        with pytest.raises(KeyReused):
            await ledger.known(key("k"))
        claim = Append(
            registers=["AN01-2025"],
            build=lambda serials: [line(f"testing-case-s{serials['AN01-2025']}", 1)],
        )
        appended = await ledger.append(claim)
        (numbered,) = await ledger.read(appended.first_position - 1, 1)
        assert numbered.stream == "testing-case-s13"
    unsettled = await place.as_owner("SELECT settled_at FROM {schema}.recoveries")
    assert [row["settled_at"] for row in unsettled] == [None]


@pytest.mark.parametrize("function", ["recover_lines", "recover_books"])
async def test_only_the_owner_may_put_lines_back(place: Place, function: str) -> None:
    allowed = "SELECT has_function_privilege($1, p.oid, 'EXECUTE') AS may FROM pg_proc p WHERE p.proname = $2"
    allowed += f" AND p.pronamespace = '{place.schema}'::regnamespace"
    for role in ("testing", "huiyin_auditor"):
        rows = await place.as_owner(allowed, role, function)
        assert rows
        assert not any(row["may"] for row in rows)
