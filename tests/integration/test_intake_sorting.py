"""Sorting at the API: routed out, declined by two persons, split, sealed; and what only the petitioner may do."""

from __future__ import annotations

from typing import Any

import httpx

from tests.stack import Stack, clerk

NOTICE = "经审查，该事项应当通过劳动仲裁解决，现予告知。"


def post(
    platform: Stack,
    case_id: str,
    name: str,
    body: dict[str, Any],
    *,
    by: str = "",
    ref: str = "c1",
    **headers: str,
) -> httpx.Response:
    """A command by a person of a unit, or by somebody without one."""
    who = {"Huiyin-Actor": f"{by};clerk;{ref}"} if by else {}
    return platform.http.post(f"/intake/v1/cases/{case_id}/{name}", json=body, headers={**who, **headers})


def registered(platform: Stack, office: str) -> dict[str, Any]:
    """A registered case; its receipt."""
    receipt = platform.receive(office)
    platform.command("intake", receipt["case_id"], "register-case", office)
    return receipt


def own(receipt: dict[str, Any]) -> dict[str, str]:
    """What the petitioner proves itself with."""
    return {
        "Huiyin-Receipt-Number": receipt["receipt_number"],
        "Huiyin-Query-Code": receipt["query_code"],
    }


def rule(answer: httpx.Response) -> str:
    """The rule that an answer names."""
    return str(answer.json()["type"]).removeprefix("urn:huiyin:rule:")


def events(answer: httpx.Response) -> list[str]:
    """What was recorded."""
    assert answer.status_code == 200, answer.text
    return [each["type"].rpartition(".")[2] for each in answer.json()["events"]]


def test_scenario_31_a_labour_matter_is_routed_out_by_a_second_person_and_the_text_is_in_no_event(
    platform: Stack,
) -> None:
    office, labour = platform.offices()
    case_id = registered(platform, office)["case_id"]
    claim = {"category": "claim", "subject": "S04", "competent_unit_id": labour, "route": "arbitration"}
    assert rule(post(platform, case_id, "classify-case", claim, by=office)) == "legal-basis-missing"
    claim["legal_basis"] = "R2022.31.2"
    assert events(post(platform, case_id, "classify-case", claim, by=office)) == ["CaseClassified"]
    out = {
        "organ_name": "云岭区劳动人事争议仲裁委员会",
        "legal_basis": "R2022.31.2",
        "organ_limit": "一年（劳动争议调解仲裁法第二十七条）",
        "notice": NOTICE,
    }
    assert rule(post(platform, case_id, "route-out", out, by=office)) == "second-person"
    assert events(post(platform, case_id, "route-out", out, by=office, ref="c2")) == ["CaseRoutedOut"]
    assert events(post(platform, case_id, "route-out", out, by=office, ref="c2")) == []
    feed = platform.http.get("/intake/v1/feed", params={"after": 0, "limit": 500, "case": case_id})
    assert NOTICE not in feed.text


def test_scenario_25_a_case_that_is_open_below_is_declined_by_two_persons_of_the_organ_above(
    platform: Stack,
) -> None:
    city, county = platform.offices()
    open_below = registered(platform, county)["case_id"]
    case_id = registered(platform, city)["case_id"]
    claim = {"category": "claim", "subject": "城乡建设", "competent_unit_id": county}
    post(platform, case_id, "classify-case", claim, by=city)
    decline = {
        "ground": "duplicate",
        "earlier_case_id": open_below,
        "earlier_unit_id": county,
        "earlier_due_on": "2099-01-05",
        "facts_same": True,
        "notice": "同一事项正在办理。",
    }
    late = {**decline, "earlier_due_on": "2025-01-06"}
    assert rule(post(platform, case_id, "propose-non-acceptance", late, by=city)) == "overdue-elsewhere"
    assert events(post(platform, case_id, "propose-non-acceptance", decline, by=city)) == [
        "NonAcceptanceProposed"
    ]
    same = {"facts_same": True}
    assert rule(post(platform, case_id, "confirm-non-acceptance", same, by=city)) == "second-person"
    answer = post(platform, case_id, "confirm-non-acceptance", same, by=city, ref="c2")
    assert events(answer) == ["CaseNotAccepted"]


def test_only_an_organ_above_declines_what_is_open_elsewhere(platform: Stack) -> None:
    _, county = platform.offices()
    beside = platform.found("旁边的信访局", kind="petition_office")
    case_id = registered(platform, beside)["case_id"]
    claim = {"category": "claim", "subject": "城乡建设", "competent_unit_id": county}
    post(platform, case_id, "classify-case", claim, by=beside)
    decline = {
        "ground": "duplicate",
        "earlier_case_id": "another",
        "earlier_unit_id": county,
        "earlier_due_on": "2099-01-05",
        "facts_same": True,
        "notice": "同一事项正在办理。",
    }
    assert (
        rule(post(platform, case_id, "propose-non-acceptance", decline, by=beside)) == "only-an-upper-organ"
    )


def test_scenario_19_a_mixed_letter_becomes_two_cases_of_its_date_with_separate_texts(
    platform: Stack,
) -> None:
    office, housing = platform.offices()
    receipt = registered(platform, office)
    case_id = receipt["case_id"]
    claim, accusation = "请退还多收的物业费。", "住建局负责人收受礼品。"
    answer = post(
        platform, case_id, "split-case", {"parts": [{"text": claim}, {"text": accusation}]}, by=office
    )
    assert events(answer) == ["CaseSplit"]
    first, second = answer.json()["parts"]
    assert len({receipt["receipt_number"], first["receipt_number"], second["receipt_number"]}) == 3
    shown = [platform.http.get(f"/intake/v1/cases/{each['case_id']}").json() for each in (first, second)]
    assert {each["transfer_due_on"] for each in shown} == {receipt["transfer_due_on"]}
    opened = post(
        platform, first["case_id"], "disclosures", {"items": ["petition"], "purpose": "办理"}, by=office
    )
    assert claim in opened.text
    assert accusation not in opened.text
    said = {"category": "accusation", "subject": "S17", "competent_unit_id": office}
    platform.command("intake", second["case_id"], "register-case", office)
    assert events(post(platform, second["case_id"], "classify-case", said, by=office)) == ["CaseClassified"]
    to_it = {"accused_unit_id": housing, "to_unit_id": housing}
    assert (
        rule(post(platform, second["case_id"], "seal-accusation", to_it, by=office))
        == "accused-may-not-receive"
    )
    upwards = {"accused_unit_id": housing, "to_unit_id": office}
    assert events(post(platform, second["case_id"], "seal-accusation", upwards, by=office)) == [
        "AccusationSealed"
    ]
    look = {"items": ["petition"], "purpose": "办理"}
    assert rule(post(platform, second["case_id"], "disclosures", look, by=office)) == "accusation-sealed"
    again = post(
        platform, case_id, "split-case", {"parts": [{"text": claim}, {"text": accusation}]}, by=office
    )
    assert (events(again), again.json()["parts"]) == ([], [first, second])


def test_scenario_39_no_office_confirms_a_withdrawal_and_the_petitioner_not_before_a_day(
    platform: Stack,
) -> None:
    office, _ = platform.offices()
    receipt = registered(platform, office)
    case_id = receipt["case_id"]
    assert events(post(platform, case_id, "request-withdrawal", {}, by=office)) == ["WithdrawalRequested"]
    confirm = "petitioner/confirm-withdrawal"
    assert rule(post(platform, case_id, confirm, {}, by=office, **own(receipt))) == "own-channel"
    wrong = {**own(receipt), "Huiyin-Query-Code": "AAAAAAAAAAAAAAAA"}
    assert rule(post(platform, case_id, confirm, {}, **wrong)) == "query-code"
    assert rule(post(platform, case_id, confirm, {}, **own(receipt))) == "withdrawal-too-soon"
    said = "有人要求我撤回。"
    answer = post(platform, case_id, "petitioner/report-pressure", {"text": said}, **own(receipt))
    assert events(answer) == ["SealedReportReceived"]
    assert rule(post(platform, case_id, confirm, {}, **own(receipt))) == "withdrawal-not-asked-for"
    feed = platform.http.get("/intake/v1/feed", params={"after": 0, "limit": 500, "case": case_id})
    assert said not in feed.text
    assert events(post(platform, case_id, "petitioner/request-withdrawal", {}, **own(receipt))) == [
        "WithdrawalRequested"
    ]


def test_a_wrong_classification_is_put_right_by_two_persons_and_a_suggestion_is_answered(
    platform: Stack,
) -> None:
    office, housing = platform.offices()
    case_id = platform.classified(office, housing)["case_id"]
    right = {
        "category": "suggestion",
        "subject": "城乡建设",
        "competent_unit_id": housing,
        "reason": "来信为改进建议，并非个人诉求。",
    }
    assert events(post(platform, case_id, "reclassify-case", right, by=office)) == [
        "ReclassificationProposed"
    ]
    assert events(post(platform, case_id, "reclassify-case", right, by=office, ref="c2")) == [
        "CaseReclassified"
    ]
    platform.command("intake", case_id, "study-suggestion", housing)
    reply = {"outcome": "partly_adopted", "reply": "夜间照明的建议予以采纳。"}
    assert events(post(platform, case_id, "decide-suggestion", reply, by=housing)) == ["SuggestionDecided"]
    assert clerk(housing)
