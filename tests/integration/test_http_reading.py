"""What can be asked about a case: at any moment, by its number, and what it takes to open a petition."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chassis.clock import SHANGHAI
from huiyin.codec import decode_envelope
from tests.stack import Stack, clerk


def seen(platform: Stack, receipt: dict[str, Any], **moments: str) -> dict[str, Any]:
    """The case as audit shows it, once it has the receipt's line."""
    headers = {"Huiyin-After": receipt["position"]}
    path = f"/audit/v1/cases/{receipt['receipt_number']}"
    answer = platform.http.get(path, params=moments, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_case_is_found_by_its_receipt_number_and_by_its_id(platform: Stack) -> None:
    office, _ = platform.offices()
    receipt = platform.receive(office)
    platform.idle()
    assert seen(platform, receipt) == platform.client.get(f"/audit/v1/cases/{receipt['case_id']}")


def test_what_nobody_received_is_not_found(platform: Stack) -> None:
    answer = platform.http.get("/audit/v1/cases/T1-1999-000001-X")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:huiyin:rule:unknown-case"


def test_a_letter_had_arrived_before_anyone_had_written_it_down(platform: Stack) -> None:
    office, _ = platform.offices()
    recorded = datetime.fromisoformat(platform.receive(office)["recorded_at"])
    arrived = recorded - timedelta(hours=2)
    letter = platform.receive(office, channel="letter", received_at=arrived.isoformat())
    between = (arrived + timedelta(hours=1)).isoformat()
    assert seen(platform, letter, at=between)["state"] == "received"
    assert seen(platform, letter, as_of=between)["state"] is None
    assert seen(platform, letter, as_of=between)["timeline"] == []
    assert seen(platform, letter)["custody"][0]["since"] == arrived.astimezone(SHANGHAI).isoformat()


def test_the_past_is_shown_as_it_was_known_then(platform: Stack) -> None:
    office, housing = platform.offices()
    receipt = platform.answered(office, housing)
    platform.idle()
    now = seen(platform, receipt)
    for number, entry in enumerate(now["timeline"], 1):
        known = ledger_instant(platform, entry)
        then = seen(platform, receipt, as_of=known.isoformat())
        assert then["timeline"] == now["timeline"][:number]
    assert (now["state"], now["holder"]) == ("replied", housing)


def ledger_instant(platform: Stack, entry: dict[str, Any]) -> datetime:
    """To the microsecond; what people are shown is cut to the second."""
    ((line,),) = platform.query(
        f"SELECT bytes FROM {entry['service']}.ledger WHERE position = {entry['position']}"
    )
    return decode_envelope(line).recorded_at


def disclosures(platform: Stack, receipt: dict[str, Any]) -> list[dict[str, Any]]:
    platform.idle()
    timeline = seen(platform, receipt)["timeline"]
    return [entry for entry in timeline if entry["event"] == "ContentDisclosed"]


def opened(platform: Stack, receipt: dict[str, Any], unit: str, **body: Any) -> Any:
    path = f"/intake/v1/cases/{receipt['case_id']}/disclosures"
    return platform.http.post(path, json=body, headers={"Huiyin-Actor": clerk(unit)})


def test_whoever_opens_a_petition_is_on_record(platform: Stack) -> None:
    office, _ = platform.offices()
    receipt = platform.receive(office)
    asked = opened(platform, receipt, office, items=["petition", "petitioner"], purpose="办理")
    assert asked.json()["petitioner"]["name"] == "张某"
    assert asked.json()["petition"]["title"] == "路灯不亮"
    (entry,) = disclosures(platform, receipt)
    assert entry["actor"]["unit_id"] == office


def test_what_is_refused_is_neither_shown_nor_on_record(platform: Stack) -> None:
    office, _ = platform.offices()
    receipt = platform.receive(office)
    assert opened(platform, receipt, office, purpose=" ").status_code == 409
    assert platform.http.post(f"/intake/v1/cases/{receipt['case_id']}/disclosures", json={}).status_code in (
        401,
        422,
    )
    assert disclosures(platform, receipt) == []


def test_the_disclosure_is_recorded_before_the_vault_is_opened(platform: Stack) -> None:
    """The content is gone, so nothing can be shown: that somebody was about to see it is on record all the same."""
    office, _ = platform.offices()
    receipt = platform.receive(office)
    platform.idle()  # Its notice has been written; nobody else needs the content.
    platform.query(f"DELETE FROM vault.items WHERE case_id = '{receipt['case_id']}'")
    asked = opened(platform, receipt, office, purpose="办理")
    assert asked.status_code >= 400
    assert len(disclosures(platform, receipt)) == 1


@pytest.mark.parametrize("path", ["/audit/v1/cases", "/audit/v1/chains"])
def test_readers_see_no_personal_data(platform: Stack, path: str) -> None:
    office, _ = platform.offices()
    receipt = platform.receive(office)
    shown = str(seen(platform, receipt)) + platform.http.get(path).text
    for secret in ("张某", "000-0000-0000", "小区门口", "路灯不亮"):
        assert secret not in shown


def test_pages_of_cases_follow_one_another_without_gaps(platform: Stack) -> None:
    office, _ = platform.offices()
    mine = [platform.receive(office)["case_id"] for _ in range(7)]
    platform.idle()
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = platform.client.get("/audit/v1/cases", holder=office, limit=3, cursor=cursor)
        found += [case["case_id"] for case in page["cases"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == mine[::-1]
