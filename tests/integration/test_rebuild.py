"""Read models are folds: made again from the ledgers they are the same to the last byte, and nothing is sent."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from chassis.installation import SERVICES, service_named
from huiyin.client.platform import Platform
from tests.stack import Stack, clerk

TABLES = sorted(
    {
        f"{service}.{table}"
        for service in SERVICES
        for projection in service_named(service).projections
        for table in projection.tables
    }
)
SELDOM = {"oversight.recomputed"}
"""Filled when a calendar is published: tests/e2e/test_publication.py."""

Dump = dict[str, list[Any]]


def dump(platform: Stack) -> Dump:
    """Every row of every read model, sorted."""
    return {table: sorted(map(repr, platform.query(f"SELECT * FROM {table}"))) for table in TABLES}


def heads(client: Platform) -> dict[str, int]:
    return {status["service"]: status["head"] for status in client.status()}


def letters(platform: Stack) -> dict[str, bytes]:
    """Every file of the maildir."""
    folder = platform.state / "notices" / "maildir"
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rebuild(platform: Stack, *names: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "huiyin.cli.main", "projections", "rebuild", *names]
    done = subprocess.run(
        [*command, "--json", "--state", str(platform.state)], capture_output=True, text=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def full(platform: Stack) -> Stack:
    """Cases at several points of the road, and the notices about them."""
    office, housing = platform.offices()
    duty = {"subject": "城乡建设", "division": "990101", "from_on": "2025-01-01", "basis": "权责清单"}
    platform.client.post(f"/routing/v1/units/{housing}/assign-duty", duty, actor=clerk(office))
    platform.receive(office)
    platform.classified(office, housing)
    platform.answered(office, housing)
    platform.idle()
    return platform


def test_read_models_made_again_are_the_same_and_nothing_is_sent(full: Stack) -> None:
    before, ledgers, sent = dump(full), heads(full.client), letters(full)
    filled = {table for table in TABLES if before[table]}
    assert set(TABLES) - filled == SELDOM, "every read model has rows, or this test shows nothing"
    assert sent
    done = {each["name"]: each["events"] for each in rebuild(full)}
    full.idle()
    assert dump(full) == before
    assert heads(full.client) == ledgers
    assert letters(full) == sent
    assert len(done) == sum(len(service_named(service).projections) for service in SERVICES)
    assert done["audit.timeline"] == sum(ledgers.values()) - ledgers["audit"]


def test_what_was_lost_from_a_read_model_is_made_again(full: Stack) -> None:
    before = dump(full)
    full.query("DELETE FROM audit.cases")
    full.query("UPDATE routing.unit_events SET payload = 'x'")
    assert dump(full) != before
    rebuild(full, "audit.timeline")
    rebuild(full, "routing")
    assert dump(full) == before


def test_a_rebuild_while_cases_come_in_misses_none(full: Stack) -> None:
    office, housing = full.offices()
    receipts = [full.classified(office, housing) for _ in range(3)]
    rebuild(full, "audit.timeline")
    receipts.append(full.receive(office))
    full.idle()
    found = full.client.get("/audit/v1/cases", holder=office)["cases"]
    assert {case["case_id"] for case in found} == {receipt["case_id"] for receipt in receipts}


def test_a_read_model_that_nobody_has_is_named_in_one_line(platform: Stack) -> None:
    command = [sys.executable, "-m", "huiyin.cli.main", "projections", "rebuild", "nobody.knows"]
    done = subprocess.run(
        [*command, "--state", str(platform.state)], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "nobody.knows" in done.stderr
    assert len(done.stderr.splitlines()) == 1
