"""Notification on a real PostgreSQL: from the event to the file, once."""

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from huiyin.common.v1.types import Channel, Sealed
from huiyin.envelope.v1.envelope import Origin
from huiyin.intake.v1.events import CaseReceived
from huiyin.routing.v1.events import CaseAccepted, OpinionServed, Outcome, UnitFounded, UnitKind, UnitLevel
from notification.main import SERVICE
from statute.calendar import load
from statute.deadlines import compute
from tests.integration.office_support import TRACE, Bench, bench

CANARIES = ("张某某金丝雀", "14000009999", "意见金丝雀")


@pytest.fixture
async def notification(fresh_database: str, tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench(SERVICE, fresh_database, tmp_path) as found:
        yield found


def deadline(clock: str, on: date) -> Any:
    return compute(clock, on, calendar=load("cn"))


def founded(unit_id: str, name: str) -> UnitFounded:
    return UnitFounded(
        unit_id=unit_id,
        name=name,
        kind=UnitKind.COMPETENT,
        level=UnitLevel.COUNTY,
        division="000000",
        organ_code="X1",
    )


async def sealed(notification: Bench, case_id: str) -> dict[str, Sealed]:
    who = json.dumps({"name": CANARIES[0], "contact": CANARIES[1], "address": ""}, ensure_ascii=False)
    contents = {"petitioner": who, "opinion": CANARIES[2], "petition": "{}"}
    return await notification.workplace.vault.seal(case_id, contents, at=notification.clock.now())


def received(case_id: str, items: dict[str, Sealed], *, anonymous: bool = False) -> CaseReceived:
    return CaseReceived(
        case_id=case_id,
        receipt_number="X1-2025-000001-A",
        channel=Channel.WEB,
        first_receiver_unit_id="petitions",
        anonymous=anonymous,
        petitioner=None if anonymous else items["petitioner"],
        petition=items["petition"],
        transfer_deadline=deadline("K1", date(2025, 8, 18)),
    )


def accepted(case_id: str) -> CaseAccepted:
    return CaseAccepted(
        case_id=case_id, unit_id="housing", handling_deadline=deadline("K5", date(2025, 9, 1))
    )


def served(case_id: str, items: dict[str, Sealed]) -> OpinionServed:
    return OpinionServed(
        case_id=case_id,
        unit_id="housing",
        outcome=Outcome.SUPPORTED,
        opinion=items["opinion"],
        from_unit_id="petitions",
    )


UNITS = (founded("petitions", "云岭区信访局"), founded("housing", "云岭区住房和城乡建设局"))


def files(notification: Bench) -> dict[str, str]:
    new = notification.workplace.state / "notices" / "maildir" / "new"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(new.glob("*"))}


async def drain(notification: Bench) -> None:
    """Let the sender work until nothing is pending."""
    assert notification.parts.pending is not None
    for _ in range(20):
        await notification.parts.tickers[0].run()
        if (await notification.parts.pending())["notices"] == 0:
            return
    raise AssertionError(f"still pending after 20 rounds: {await notification.parts.pending()}")


async def test_from_events_to_files_with_one_trace(notification: Bench) -> None:
    items = await sealed(notification, "c1")
    await notification.hear("intake", received("c1", items))
    # Accepted and answered in one act: two notices of one case in one batch.
    await notification.hear("routing", *UNITS, accepted("c1"), served("c1", items))
    await drain(notification)
    found = files(notification)
    assert list(found) == [
        "acceptance-routing-3.huiyin",
        "opinion-routing-4.huiyin",
        "receipt-intake-1.huiyin",
    ]
    assert all("X-Huiyin-Trace: 00-4bf92f3577b34da6a3ce929d0e0e4736-" in text for text in found.values())
    assert TRACE.startswith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
    assert CANARIES[2] in found["opinion-routing-4.huiyin"]
    assert CANARIES[0] in found["receipt-intake-1.huiyin"]
    assert await notification.types() == ["NoticePrepared"] * 3 + ["NoticeDelivered"] * 3


async def test_nothing_personal_is_in_ledger_or_read_model(notification: Bench) -> None:
    items = await sealed(notification, "c1")
    await notification.hear("intake", received("c1", items))
    await notification.hear("routing", *UNITS, served("c1", items))
    await drain(notification)
    await notification.hear_itself()
    lines = [line.bytes for line in await notification.workplace.ledger.read(0, 100)]
    rows = await notification.workplace.pool.fetch("SELECT n::text FROM notices n")
    assert len(rows) == 2
    kept = b"".join(lines) + "".join(row["n"] for row in rows).encode()
    for canary in CANARIES:
        assert canary.encode() not in kept


async def test_no_notice_follows_imported_history(notification: Bench) -> None:
    items = await sealed(notification, "c1")
    await notification.hear("intake", received("c1", items), origin=Origin.IMPORT)
    await notification.hear("routing", *UNITS, served("c1", items), origin=Origin.IMPORT)
    await drain(notification)
    assert (files(notification), await notification.types()) == ({}, [])


async def test_the_sender_waits_for_the_directory(notification: Bench) -> None:
    items = await sealed(notification, "c1")
    await notification.hear("intake", received("c1", items))
    assert await notification.parts.tickers[0].run() == 0
    await notification.hear("routing", *UNITS)
    await drain(notification)
    assert list(files(notification)) == ["receipt-intake-1.huiyin"]


async def test_the_list_of_notices_shows_what_became_of_each(notification: Bench) -> None:
    items = await sealed(notification, "c1")
    await notification.hear("intake", received("c1", items), received("c2", items, anonymous=True))
    await notification.hear("routing", *UNITS, accepted("c1"))
    await notification.hear_itself()
    app = FastAPI()
    app.include_router(notification.parts.router)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://notification") as http:
        waiting = (await http.get("/notices", params={"state": "prepared"})).json()["notices"]
        assert [notice["notice_key"] for notice in waiting] == ["receipt-intake-1", "acceptance-routing-3"]
        await drain(notification)
        await notification.hear_itself()
        of_case = (await http.get("/cases/c1/notices")).json()["notices"]
        assert [(n["kind"], n["state"]) for n in of_case] == [
            ("receipt", "delivered"),
            ("acceptance", "delivered"),
        ]
        (nobody,) = (await http.get("/notices", params={"state": "undeliverable"})).json()["notices"]
        assert (nobody["case_id"], nobody["reason"]) == ("c2", "anonymous")
        page = (await http.get("/notices", params={"limit": 2})).json()
        rest = (await http.get("/notices", params={"cursor": page["next_cursor"]})).json()
        assert len(page["notices"]) + len(rest["notices"]) == 3
        assert rest["next_cursor"] is None
