"""The platform as the world meets it: the straight road, receipts that cannot be lost, requests said twice."""

from __future__ import annotations

import threading
from typing import Any

import httpx

from intake.domain.receipt import is_receipt_number
from tests.stack import PETITION, Stack, clerk

ROAD = [
    "CaseReceived",
    "CaseRegistered",
    "CaseClassified",
    "CaseQueued",
    "CaseTransferred",
    "CaseAccepted",
    "OpinionServed",
    "CallBackRecorded",
    "CaseClosed",
]
ANSWERS = {"reach": "reached", "contacted": "yes", "reply_received": "yes", "promise_kept": "yes"}


def test_a_case_goes_the_whole_road_and_every_hand_is_on_record(platform: Stack) -> None:
    office, housing = platform.offices()
    receipt = platform.answered(office, housing)
    case_id = receipt["case_id"]
    platform.command("revisit", case_id, "record-call-back", office, **ANSWERS, satisfied="yes")
    platform.command("revisit", case_id, "close-case", office)
    platform.idle()
    view = platform.client.get(f"/audit/v1/cases/{receipt['receipt_number']}")
    assert (view["case_id"], view["state"], view["state_zh"]) == (case_id, "closed", "已办结")
    happened = [entry["event"] for entry in view["timeline"]]
    assert [event for event in happened if event in ROAD] == ROAD
    held = [(hand["unit_id"], hand["until"] is None) for hand in view["custody"]]
    assert held == [(office, False), (housing, False), (office, True)]
    assert [hand["until"] for hand in view["custody"][:-1]] == [hand["since"] for hand in view["custody"][1:]]


def test_the_receipt_proves_that_the_petition_exists(platform: Stack) -> None:
    office, _ = platform.offices()
    receipt = platform.receive(office)
    assert is_receipt_number(receipt["receipt_number"])
    service, _, position = receipt["position"].partition(":")
    page = platform.http.get(f"/{service}/v1/feed", params={"after": int(position) - 1, "limit": 1})
    assert receipt["hash"] in page.text


def test_receipt_numbers_of_an_organ_have_no_gaps_whoever_comes_first(platform: Stack) -> None:
    office, _ = platform.offices()
    numbers: list[str] = []
    refused = {**PETITION, "text": " ", "title": "", "receiver_unit_id": office}

    def hand_in() -> None:
        with httpx.Client(base_url=platform.base_url, timeout=60, trust_env=False) as http:
            for _ in range(4):
                http.post("/intake/v1/cases", json=refused)
                answer = http.post("/intake/v1/cases", json={**PETITION, "receiver_unit_id": office})
                numbers.append(answer.json()["receipt_number"])

    threads = [threading.Thread(target=hand_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(number.split("-")[2]) for number in numbers) == list(range(1, 17))


def test_a_petition_sent_twice_is_received_once_and_answered_the_same(platform: Stack) -> None:
    office, _ = platform.offices()
    body = {**PETITION, "receiver_unit_id": office}
    first, second = (post(platform, body, key="again-1") for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert serial(platform.receive(office)) == 2


def test_without_a_key_the_same_words_are_another_petition(platform: Stack) -> None:
    office, _ = platform.offices()
    assert platform.receive(office)["case_id"] != platform.receive(office)["case_id"]


def test_a_key_stands_for_one_content_only(platform: Stack) -> None:
    office, _ = platform.offices()
    body = {**PETITION, "receiver_unit_id": office}
    assert post(platform, body, key="again-2").status_code == 201
    other = post(platform, {**body, "text": "另一件事"}, key="again-2")
    assert other.status_code == 422
    assert other.json()["type"] == "urn:huiyin:rule:idempotency-key-reused"


def test_a_command_sent_twice_is_carried_out_once_and_answered_the_same(platform: Stack) -> None:
    office, _ = platform.offices()
    case_id = platform.receive(office)["case_id"]
    path, headers = f"/intake/v1/cases/{case_id}/register-case", {"Huiyin-Actor": clerk(office)}
    keyed = {**headers, "Idempotency-Key": "register-1"}
    first, second = (platform.http.post(path, json={}, headers=keyed) for _ in range(2))
    assert first.json() == second.json()
    assert [event["type"] for event in first.json()["events"]] == ["huiyin.intake.v1.CaseRegistered"]
    assert platform.http.post(path, json={}, headers=headers).json()["events"] == []


def test_keys_of_one_unit_are_not_those_of_another(platform: Stack) -> None:
    office, _ = platform.offices()
    other, _ = platform.offices()
    for unit in (office, other):
        case_id = platform.receive(unit)["case_id"]
        headers = {"Huiyin-Actor": clerk(unit), "Idempotency-Key": "mine"}
        path = f"/intake/v1/cases/{case_id}/register-case"
        assert platform.http.post(path, json={}, headers=headers).json()["events"]


def test_who_says_what_was_seen_elsewhere_reads_it_here(platform: Stack) -> None:
    office, _ = platform.offices()
    receipt = platform.receive(office)
    seen = {"Huiyin-After": receipt["position"]}
    answer = platform.http.get(f"/audit/v1/cases/{receipt['receipt_number']}", headers=seen)
    assert answer.status_code == 200
    assert answer.json()["timeline"][0]["event"] == "CaseReceived"


def test_what_has_not_happened_elsewhere_is_not_waited_for_without_end(platform: Stack) -> None:
    head = platform.client.get("/intake/v1/status")["head"]
    answer = platform.http.get("/audit/v1/cases", headers={"Huiyin-After": f"intake:{head + 1000}"})
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:huiyin:rule:not-there-yet"
    assert answer.headers["Retry-After"]


def test_a_request_keeps_the_trace_it_came_with(platform: Stack) -> None:
    trace = "0af7651916cd43dd8448eb211c80319c"
    headers = {"traceparent": f"00-{trace}-b7ad6b7169203331-01"}
    office, _ = platform.offices()
    body = {**PETITION, "receiver_unit_id": office}
    answer = platform.http.post("/intake/v1/cases", json=body, headers=headers)
    assert trace in answer.headers["traceparent"]
    seen = {"Huiyin-After": answer.json()["position"]}
    view = platform.http.get(f"/audit/v1/cases/{answer.json()['case_id']}", headers=seen).json()
    assert trace in view["timeline"][0]["traceparent"]


def post(platform: Stack, body: dict[str, Any], *, key: str) -> httpx.Response:
    return platform.http.post("/intake/v1/cases", json=body, headers={"Idempotency-Key": key})


def serial(receipt: dict[str, Any]) -> int:
    return int(receipt["receipt_number"].split("-")[2])
