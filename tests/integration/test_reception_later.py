"""After the receipt, as the world meets it: confidence, supplements, files; scenario 33 of domain.md §9."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import pytest

from tests.integration.counter_support import Counter, counter_of_a_new_platform, own, refused
from tests.stack import clerk

PNG = b"\x89PNG\r\n\x1a\n" + "张某的照片".encode() * 50


@pytest.fixture(scope="module")
def counter() -> Iterator[Counter]:
    with counter_of_a_new_platform() as there:
        yield there


def test_who_asks_for_confidence_is_known_to_the_first_receiver_only(counter: Counter) -> None:
    receipt = counter.received(confidential=True)
    asked = {"items": ["petitioner"], "purpose": "办理"}
    assert counter.seen(receipt)["confidential"]
    assert (
        counter.does(receipt, "disclosures", counter.office, **asked).json()["petitioner"]["name"] == "张某"
    )
    refused(counter.does(receipt, "disclosures", counter.housing, **asked), 409, "P14")


def test_the_petitioner_adds_material_through_the_own_channel_alone(counter: Counter) -> None:
    receipt = counter.received()
    said = {"text": "昨晚又有人摔倒。"}
    assert len(counter.petitioner(receipt, "add-material", **said).json()["events"]) == 1
    assert counter.petitioner(receipt, "add-material", **said).json()["events"] == []
    refused(counter.does(receipt, "add-material", counter.office, **said), 401, "query-code-missing")
    path, at_the_desk = f"/intake/v1/cases/{receipt['case_id']}/add-material", clerk(counter.office)
    desk = counter.running.http.post(path, json=said, headers={**own(receipt), "Huiyin-Actor": at_the_desk})
    refused(desk, 403, "own-channel")
    wrong = {**receipt, "query_code": "A" * 16}
    refused(counter.petitioner(wrong, "add-material", **said), 403, "query-code")
    assert counter.seen(receipt)["materials"] == 1
    asked = {"items": ["material/1"], "purpose": "办理"}
    assert counter.does(receipt, "disclosures", counter.office, **asked).json() == {"material/1": said}
    unknown = {"items": ["material/2"], "purpose": "办理"}
    refused(counter.does(receipt, "disclosures", counter.office, **unknown), 422, "unknown-item")


def test_a_file_is_added_kept_encrypted_and_opened_again(counter: Counter) -> None:
    receipt = counter.received()
    file = {"name": "照片.png", "media_type": "image/png", "content": b64encode(PNG).decode()}
    assert len(counter.petitioner(receipt, "add-attachment", **file).json()["events"]) == 1
    assert counter.petitioner(receipt, "add-attachment", **file).json()["events"] == []
    (shown,) = counter.seen(receipt)["attachments"]
    assert shown == {
        "item": "attachment/1",
        "media_type": "image/png",
        "size_bytes": len(PNG),
        "scan": "not_scanned",
        "by": "petitioner",
    }
    asked = {"items": ["attachment/1"], "purpose": "办理"}
    opened = counter.does(receipt, "disclosures", counter.office, **asked).json()["attachment/1"]
    assert opened == {
        "name": "照片.png",
        "media_type": "image/png",
        "content_base64": b64encode(PNG).decode(),
    }
    stored = [path for path in (counter.running.state / "attachments").rglob("*") if path.is_file()]
    assert stored
    assert not [path for path in stored if "张某".encode() in path.read_bytes()]


def test_a_file_that_cannot_be_taken_is_refused_with_its_rule(counter: Counter) -> None:
    receipt = counter.received(channel="letter")
    scan = {"name": "扫描件.pdf", "media_type": "application/pdf"}
    good = {**scan, "content": b64encode(b"%PDF-1.7 ...").decode()}
    assert counter.does(receipt, "add-attachment", counter.office, **good).json()["events"]
    refused(counter.does(receipt, "add-attachment", counter.housing, **good), 409, "C07")
    wrong = {**scan, "content": b64encode(b"MZ...").decode()}
    refused(counter.does(receipt, "add-attachment", counter.office, **wrong), 409, "attachment-type")
    page = {**good, "media_type": "text/html"}
    refused(counter.does(receipt, "add-attachment", counter.office, **page), 409, "attachment-type")
    large = {**scan, "content": b64encode(b"%PDF-" + bytes(5 * 1024 * 1024)).decode()}
    refused(counter.does(receipt, "add-attachment", counter.office, **large), 409, "attachment-size")
    path = f"/intake/v1/cases/{receipt['case_id']}/add-attachment"
    refused(counter.running.http.post(path, json=good), 401, "actor-missing")
    assert [each["by"] for each in counter.seen(receipt)["attachments"]] == [counter.office]


def test_scenario_33_an_urgent_matter_at_two_has_an_hour_and_its_silence_can_be_seen(
    counter: Counter,
) -> None:
    counter.at(2025, 8, 30, 2, 0)
    receipt = counter.received()
    refused(
        counter.does(receipt, "report-urgent-matter", counter.office, to_unit_ids=[counter.housing]),
        409,
        "P12",
    )
    counter.at(2025, 8, 30, 2, 10)
    flagged = counter.does(receipt, "flag-urgent-matter", counter.office, aware_at="2025-08-30T02:00:00")
    assert len(flagged.json()["events"]) == 1
    gap = counter.seen(receipt)["urgent_matter"]
    assert (gap["aware_at"], gap["flagged_at"]) == ("2025-08-30T02:00:00+08:00", "2025-08-30T02:10:00+08:00")
    assert (gap["report_due_at"], gap["reports"]) == ("2025-08-30T03:00:00+08:00", [])
    counter.at(2025, 8, 30, 3, 20)
    told = {"to_unit_ids": [counter.housing], "reported_at": "2025-08-30T02:40:00"}
    assert len(counter.does(receipt, "report-urgent-matter", counter.office, **told).json()["events"]) == 1
    assert counter.does(receipt, "report-urgent-matter", counter.office, **told).json()["events"] == []
    assert counter.seen(receipt)["urgent_matter"]["reports"] == [
        {
            "by": counter.office,
            "to": [counter.housing],
            "reported_at": "2025-08-30T02:40:00+08:00",
            "recorded_at": "2025-08-30T03:20:00+08:00",
            "after_s": 2400,
            "recorded_late": True,
        }
    ]
    nowhere = counter.does(receipt, "report-urgent-matter", counter.office, to_unit_ids=["nobody"])
    refused(nowhere, 422, "unknown-unit")
