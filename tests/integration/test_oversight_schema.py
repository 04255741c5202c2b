"""A read model that was there before rungs had instants is carried over."""

import shutil
from datetime import date, datetime
from pathlib import Path

import asyncpg

from ledger.migrations import MigrationSet, apply, ledger_set
from ledger.roles import Role
from oversight.main import SERVICE
from statute.instants import SHANGHAI
from tests.integration.ledger_support import PASSWORD

BEFORE = ("001_deadlines.sql", "002_recomputed.sql")
ROW = """
INSERT INTO oversight.deadlines (case_id, clock, unit_id, rule, start_on, due_on, provisional, calendar, origin_import,
                                 live, rung_names, rung_dates, reached, next_on)
VALUES ('case-1', 'K1', 'unit-a', 'K1@2', '2025-09-01', '2025-09-16', false, 'cn@2025.1', false, true,
        '{d10,d13,missed}', '{2025-09-11,2025-09-14,2025-09-17}', 1, '2025-09-14')
"""


def midnight(day: int) -> datetime:
    return datetime(2025, 9, day, tzinfo=SHANGHAI)


async def test_rungs_on_days_become_rungs_at_the_beginning_of_those_days(
    fresh_database: str, tmp_path: Path
) -> None:
    assert SERVICE.schema is not None
    for name in BEFORE:
        shutil.copy(SERVICE.schema / name, tmp_path)
    names = {"schema": "oversight", "role": "oversight"}
    role = Role("oversight", PASSWORD)
    before = [ledger_set("oversight", "test"), MigrationSet("models.oversight", tmp_path, names)]
    await apply(fresh_database, before, [role], auditor_password=PASSWORD)
    db = await asyncpg.connect(fresh_database)
    try:
        await db.execute(ROW)
        now = [ledger_set("oversight", "test"), MigrationSet("models.oversight", SERVICE.schema, names)]
        await apply(fresh_database, now, [role], auditor_password=PASSWORD)
        row = await db.fetchrow("SELECT * FROM oversight.deadlines")
    finally:
        await db.close()
    assert row["rungs_at"] == [midnight(11), midnight(14), midnight(17)]
    assert (row["next_at"], row["due_on"], row["due_at"]) == (midnight(14), date(2025, 9, 16), None)
    assert (row["paused"], row["converted"]) == (False, False)
