"""Whatever is wrong with a request is said in one problem (RFC 9457), in Chinese first, and never as a traceback."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.stack import PETITION, Stack, clerk

HALF_A_CHARACTER = "\\ud800"
BILLIONS = "9" * 25


@dataclass
class Desk:
    """A platform, an office, and a case that it has classified."""

    platform: Stack
    office: str
    housing: str
    case_id: str

    def post(
        self, path: str, body: Any, *, actor: bool = True, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        named = {"Huiyin-Actor": clerk(self.office)} if actor else {}
        return self.platform.http.post(path, json=body, headers={**named, **(headers or {})})

    def petition(self, **other: Any) -> httpx.Response:
        return self.post(
            "/intake/v1/cases", {**PETITION, "receiver_unit_id": self.office, **other}, actor=False
        )

    def raw(self, content: bytes) -> httpx.Response:
        headers = {"Content-Type": "application/json"}
        return self.platform.http.post("/intake/v1/cases", content=content, headers=headers)

    def intake(self, command: str, body: Any, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.post(f"/intake/v1/cases/{self.case_id}/{command}", body, headers=headers)

    def routing(self, command: str, body: Any) -> httpx.Response:
        return self.post(f"/routing/v1/cases/{self.case_id}/{command}", body)

    def unit(self, **other: Any) -> httpx.Response:
        body = {
            "unit_id": "bad-unit",
            "name": "某局",
            "kind": "competent",
            "level": "county",
            "division": "990101",
            "organ_code": "BAD1",
        }
        return self.post("/routing/v1/units", {**body, **other})

    def get(self, path: str, **params: str) -> httpx.Response:
        return self.platform.http.get(path, params=params)


@pytest.fixture(scope="module")
def desk(platform: Stack) -> Desk:
    office, housing = platform.offices()
    return Desk(platform, office, housing, platform.classified(office, housing)["case_id"])


def half_a_character(desk: Desk) -> httpx.Response:
    text = json.dumps({**PETITION, "receiver_unit_id": desk.office, "text": "@"})
    return desk.raw(text.replace('"@"', f'"{HALF_A_CHARACTER}"').encode())


def chunks_without_end(desk: Desk) -> httpx.Response:
    headers = {"Content-Type": "application/json"}
    content = iter([b" " * 1_000_000] * 10)
    return desk.platform.http.post("/intake/v1/cases", content=content, headers=headers)


def forged_cursor(desk: Desk) -> httpx.Response:
    cursor = base64.urlsafe_b64encode(b"2025-01-01T00:00:00+00:00|\0").decode()
    return desk.get("/audit/v1/cases", cursor=cursor)


Ask = Callable[[Desk], httpx.Response]
MALFORMED, VALUE = "malformed-request", "value-refused"
BAD: dict[str, tuple[int, str, Ask]] = {
    "no actor": (401, "actor-missing", lambda d: d.post("/routing/v1/units", {}, actor=False)),
    "malformed actor": (
        400,
        "actor-malformed",
        lambda d: d.intake("register-case", {}, {"Huiyin-Actor": "me"}),
    ),
    "malformed after": (
        400,
        "after-malformed",
        lambda d: d.intake("register-case", {}, {"Huiyin-After": "x"}),
    ),
    "long key": (
        400,
        "key-too-long",
        lambda d: d.intake("register-case", {}, {"Idempotency-Key": "k" * 201}),
    ),
    "not JSON": (422, MALFORMED, lambda d: d.raw(b"{")),
    "not UTF-8": (400, "http", lambda d: d.raw(b'{"text": "\xff"}')),
    "too deep": (400, "http", lambda d: d.raw(b"[" * 100_000)),
    "no body": (422, MALFORMED, lambda d: d.raw(b"")),
    "unknown field": (422, MALFORMED, lambda d: d.petition(mood="angry")),
    "unknown field of a command": (422, MALFORMED, lambda d: d.intake("register-case", {"x": 1})),
    "unknown channel": (422, MALFORMED, lambda d: d.petition(channel="pigeon")),
    "number for an enum": (422, MALFORMED, lambda d: d.petition(channel=1)),
    "unknown unit": (422, "unknown-unit", lambda d: d.petition(receiver_unit_id="nobody")),
    "NUL in a unit": (422, MALFORMED, lambda d: d.petition(receiver_unit_id="a\0")),
    "NUL in a text": (422, "petition-nul", lambda d: d.petition(text="a\0b")),
    "NUL in a name": (422, "petition-nul", lambda d: d.petition(petitioner={"name": "张\0"})),
    "half a character": (422, "content-refused", half_a_character),
    "long text": (422, "petition-too-long", lambda d: d.petition(text="长" * 20_001)),
    "long name": (422, "petition-too-long", lambda d: d.petition(petitioner={"name": "长" * 201})),
    "10 MB of text": (413, "body-too-large", lambda d: d.petition(text="x" * 10_000_000)),
    "10 MB without a length": (413, "body-too-large", chunks_without_end),
    "nothing said": (422, "petition-empty", lambda d: d.petition(title=" ", text=" ")),
    "received tomorrow": (
        409,
        "time-honest",
        lambda d: d.petition(channel="letter", received_at="2999-01-01"),
    ),
    "backdated": (409, "time-honest", lambda d: d.petition(received_at="2025-01-01T00:00:00")),
    "before all law": (422, "no-deadline", lambda d: d.petition(channel="letter", received_at="1900-01-01")),
    "before all calendars": (
        422,
        MALFORMED,
        lambda d: d.petition(channel="letter", received_at="0001-01-01T00:00:00+14:00"),
    ),
    "impossible date": (422, MALFORMED, lambda d: d.petition(channel="letter", received_at="2025-02-30")),
    "no such case": (409, "lifecycle-1", lambda d: d.post("/intake/v1/cases/nobody/register-case", {})),
    "no such case to read": (404, "unknown-case", lambda d: d.get("/intake/v1/cases/nobody")),
    "NUL in a path": (422, MALFORMED, lambda d: d.post("/intake/v1/cases/%00/register-case", {})),
    "classified otherwise": (
        409,
        "lifecycle-3",
        lambda d: d.intake(
            "classify-case", {"category": "suggestion", "subject": "x", "competent_unit_id": d.housing}
        ),
    ),
    "NUL in a subject": (
        422,
        MALFORMED,
        lambda d: d.intake(
            "classify-case", {"category": "claim", "subject": "\0", "competent_unit_id": d.housing}
        ),
    ),
    "long subject": (
        422,
        MALFORMED,
        lambda d: d.intake(
            "classify-case", {"category": "claim", "subject": "x" * 201, "competent_unit_id": d.housing}
        ),
    ),
    "transfer to nobody": (409, "C21", lambda d: d.routing("transfer-case", {"to_unit_id": "nobody"})),
    "accepted before transferred": (409, "lifecycle-7", lambda d: d.routing("accept-case", {})),
    "NUL in an opinion": (
        422,
        MALFORMED,
        lambda d: d.routing("serve-opinion", {"outcome": "supported", "text": "a\0"}),
    ),
    "long opinion": (
        422,
        MALFORMED,
        lambda d: d.routing("serve-opinion", {"outcome": "supported", "text": "x" * 20_001}),
    ),
    "signed on no day": (422, MALFORMED, lambda d: d.routing("sign-opinion", {"signed_on": "2025-02-30"})),
    "NUL in a unit's name": (422, MALFORMED, lambda d: d.unit(name="某\0局")),
    "long unit id": (422, MALFORMED, lambda d: d.unit(unit_id="x" * 65)),
    "division in words": (409, "directory", lambda d: d.unit(division="云岭区")),
    "lower case organ": (409, "directory", lambda d: d.unit(organ_code="yl01")),
    "no purpose": (409, "P14", lambda d: d.intake("disclosures", {"purpose": " "})),
    "unknown item": (
        422,
        "unknown-item",
        lambda d: d.intake("disclosures", {"items": ["x"], "purpose": "办理"}),
    ),
    "nothing to open": (422, MALFORMED, lambda d: d.intake("disclosures", {"items": [], "purpose": "办理"})),
    "NUL in a search": (422, VALUE, lambda d: d.get("/audit/v1/cases", holder="\0")),
    "NUL in a number": (422, VALUE, lambda d: d.get("/audit/v1/cases/%00")),
    "NUL in a summary": (422, VALUE, lambda d: d.post("/audit/v1/summaries", {"case_ids": ["\0"]})),
    "torn cursor": (422, "cursor", lambda d: d.get("/audit/v1/cases", cursor="!!")),
    "forged cursor": (422, VALUE, forged_cursor),
    "moment that is none": (422, MALFORMED, lambda d: d.get(f"/audit/v1/cases/{d.case_id}", at="yesterday")),
    "position beyond all": (422, VALUE, lambda d: d.get("/intake/v1/feed", after=BILLIONS)),
    "no such read model": (
        404,
        "unknown-projection",
        lambda d: d.post("/intake/v1/projections/x/rebuilds", {}),
    ),
    "no such place": (404, "not-found", lambda d: d.get("/nowhere")),
    "no such method": (
        405,
        "method-not-allowed",
        lambda d: d.get(f"/intake/v1/cases/{d.case_id}/register-case"),
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_request_is_told_what_is_wrong(desk: Desk, bad: str) -> None:
    status, rule, ask = BAD[bad]
    answer = ask(desk)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"urn:huiyin:rule:{rule}"), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["status"] == status
    assert any("\u4e00" <= character <= "\u9fff" for character in problem["title"])
    assert problem["detail"]
    for word in ("Traceback", 'File "', ".py"):
        assert word not in answer.text


def test_a_transfer_before_classification_is_refused(desk: Desk) -> None:
    case_id = desk.platform.receive(desk.office)["case_id"]
    answer = desk.post(f"/routing/v1/cases/{case_id}/transfer-case", {"to_unit_id": desk.housing})
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:huiyin:rule:lifecycle-4a"


def test_a_problem_never_quotes_what_it_was_given(desk: Desk) -> None:
    secret = "某人的秘密"
    for answer in (
        desk.petition(text=f"{secret}\0"),
        desk.petition(text=secret * 5000),
        desk.petition(channel=secret),
        desk.petition(petitioner={"name": secret, "age": 3}),
        desk.petition(petitioner=secret),
    ):
        assert answer.status_code == 422
        assert secret not in answer.text


def test_what_was_refused_left_no_trace(desk: Desk) -> None:
    """No number was used up, nothing waits, nothing is parked."""
    before = int(desk.platform.receive(desk.office)["receipt_number"].split("-")[2])
    for _, _, ask in BAD.values():
        ask(desk)
    after = int(desk.platform.receive(desk.office)["receipt_number"].split("-")[2])
    assert after == before + 1
    desk.platform.idle()
    for service in ("intake", "routing", "oversight", "revisit", "notification", "audit"):
        assert desk.platform.client.get(f"/{service}/v1/parked") == []
