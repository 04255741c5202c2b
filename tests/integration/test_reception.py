"""Reception as the world meets it: scenarios 1, 2, 3, 21 and 22 of domain.md §9, on a clock that is set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.domain.receipt import is_receipt_number
from tests.integration.counter_support import Counter, counter_of_a_new_platform, own, refused


@pytest.fixture(scope="module")
def counter() -> Iterator[Counter]:
    with counter_of_a_new_platform() as there:
        yield there


def test_scenario_1_a_web_petition_at_23_58_has_its_number_and_the_date_of_that_day(counter: Counter) -> None:
    counter.at(2025, 8, 18, 23, 58)
    receipt = counter.received()
    assert is_receipt_number(receipt["receipt_number"])
    assert receipt["received_at"] == receipt["recorded_at"] == "2025-08-18T23:58:00+08:00"
    assert (receipt["transfer_due_on"], receipt["key_in_due_on"]) == ("2025-09-02", None)
    shown = counter.seen(receipt)
    assert (shown["received_on"], shown["registered"]) == ("2025-08-18", False)
    assert shown["transfer_due_on"] == "2025-09-02"
    assert (shown["key_in_gap_days"], shown["keyed_in_late"]) == (0, False)


def test_scenario_2_a_letter_of_monday_keyed_in_on_thursday_counts_from_monday(counter: Counter) -> None:
    counter.at(2025, 8, 21, 10, 0)  # A Thursday.
    receipt = counter.received(channel="letter", received_at="2025-08-18T09:00:00")
    assert receipt["transfer_due_on"] == "2025-09-02"
    assert counter.does(receipt, "register-case", counter.office).status_code == 200
    shown = counter.seen(receipt)
    assert shown["received_on"] == "2025-08-18"
    assert (shown["received_at"], shown["recorded_at"]) == (
        "2025-08-18T09:00:00+08:00",
        "2025-08-21T10:00:00+08:00",
    )
    assert (shown["key_in_gap_days"], shown["key_in_due_on"], shown["keyed_in_late"]) == (
        3,
        "2025-08-19",
        True,
    )
    assert "收件至录入相隔 3 日" in counter.printed(receipt).text


@pytest.mark.parametrize("channel", ["letter", "visit", "phone", "hotline", "mailbox", "fax", "video"])
def test_every_channel_but_the_web_can_be_keyed_in_later(counter: Counter, channel: str) -> None:
    counter.at(2025, 8, 21, 11, 0)
    receipt = counter.received(
        channel=channel, received_at="2025-08-20T09:00:00", external_number="GD-2025-7"
    )
    shown = counter.seen(receipt)
    assert (shown["channel"], shown["key_in_gap_days"]) == (channel, 1)
    assert (shown["keyed_in_late"], shown["external_number"]) == (False, "GD-2025-7")
    refused(counter.receive(channel="web", received_at="2025-08-20T09:00:00"), 409, "time-honest")
    refused(counter.receive(channel="hotline", external_number="13800000000"), 409, "P14")


def test_scenario_3_an_oral_visit_is_read_back_confirmed_and_a_paper_receipt_is_printed(
    counter: Counter,
) -> None:
    counter.at(2025, 8, 22, 9, 0)
    receipt = counter.received(channel="visit", received_at="2025-08-22T08:40:00")
    assert counter.does(receipt, "register-case", counter.office).json()["events"]
    assert counter.seen(receipt)["oral_record"] == "unconfirmed"
    assert "尚未经您核对确认" in counter.printed(receipt).text
    refused(counter.does(receipt, "confirm-oral-record", counter.housing), 409, "C07")
    said = {"corrections": "是四个月，不是三个月。"}
    confirmed = counter.does(receipt, "confirm-oral-record", counter.office, **said)
    assert [each["type"] for each in confirmed.json()["events"]] == ["huiyin.intake.v1.OralRecordConfirmed"]
    assert counter.does(receipt, "confirm-oral-record", counter.office, **said).json()["events"] == []
    assert counter.seen(receipt)["oral_record"] == "confirmed"
    opened = counter.does(receipt, "disclosures", counter.office, items=["corrections"], purpose="登记")
    assert opened.json() == {"corrections": {"text": "是四个月，不是三个月。"}}
    text = counter.printed(receipt).text
    assert text.startswith("收 件 回 执")
    for words in (
        receipt["receipt_number"],
        receipt["query_code"],
        "云岭区信访局",
        "经您核对确认",
        "RECEIPT",
    ):
        assert words in text


def test_a_receipt_is_printed_for_nobody_without_its_number_and_code(counter: Counter) -> None:
    one, other = counter.received(), counter.received()
    refused(counter.printed(one, {}), 401, "query-code-missing")
    refused(counter.printed(one, own(other)), 403, "query-code")
    mixed = {**one, "query_code": other["query_code"]}
    refused(counter.printed(one, own(mixed)), 403, "query-code")
    refused(counter.printed({**one, "case_id": "nobody"}, own(one)), 403, "query-code")


def test_scenario_21_an_anonymous_petition_is_registered_and_its_notice_is_not_deliverable(
    counter: Counter,
) -> None:
    counter.at(2025, 8, 25, 9, 0)
    receipt = counter.received(petitioner=None)
    assert counter.does(receipt, "register-case", counter.office).json()["events"]
    says = {"category": "claim", "subject": "城乡建设", "competent_unit_id": counter.housing}
    assert counter.does(receipt, "classify-case", counter.office, **says).status_code == 200
    shown = counter.seen(receipt)
    assert (shown["anonymous"], shown["registered"], shown["category"]) == (True, True, "claim")
    counter.running.idle()
    notices = counter.running.client.get(f"/notification/v1/cases/{receipt['case_id']}/notices")["notices"]
    assert [notice["state"] for notice in notices] == ["undeliverable"]


def test_scenario_22_three_hundred_sign_one_letter_and_nothing_is_blocked(counter: Counter) -> None:
    counter.at(2025, 8, 26, 9, 0)
    receipt = counter.received(channel="letter", petitioners=300)
    assert counter.does(receipt, "register-case", counter.office).json()["events"]
    shown = counter.seen(receipt)
    assert (shown["jointness"], shown["petitioners"], shown["representatives"]) == ("joint", 300, 0)


def test_scenario_22_at_most_five_of_a_collective_visit_are_entered_and_nobody_else_is_listed(
    counter: Counter,
) -> None:
    people = [{"name": f"李某{n}"} for n in "甲乙丙丁戊己"]
    visit = {"channel": "visit", "petitioners": 300}
    refused(counter.receive(**visit, representatives=people), 409, "P6")
    receipt = counter.received(**visit, representatives=people[:5])
    shown = counter.seen(receipt)
    assert (shown["jointness"], shown["petitioners"], shown["representatives"]) == (
        "collective_visit",
        300,
        5,
    )
    opened = counter.does(receipt, "disclosures", counter.office, items=["representatives"], purpose="接谈")
    names = [who["name"] for who in opened.json()["representatives"]]
    assert names == [who["name"] for who in people[:5]]
    position = int(receipt["position"].partition(":")[2])
    feed = counter.running.http.get("/intake/v1/feed", params={"after": position - 1, "limit": 1})
    assert feed.status_code == 200
    (stored,) = counter.running.query(f"SELECT bytes FROM intake.ledger WHERE position = {position}")
    assert "李某".encode() not in stored[0]
