"""What a ledger line becomes on the bus."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bus.messages import Message, message, reproducible
from bus.subjects import (
    all_subjects,
    durable_name,
    inbox_prefix,
    keeper_name,
    stream_name,
    subject,
)
from huiyin.envelope.v1.envelope_pb2 import RecordedEvent
from ledger.lines import Line


def line_of(envelope: RecordedEvent, **changes: object) -> Line:
    plain = Line(
        position=7,
        stream="intake-case-9",
        version=3,
        type="huiyin.intake.v1.CaseReceived",
        bytes=envelope.SerializeToString(deterministic=True),
        hash=bytes(range(32)),
        recorded_at=datetime(2025, 8, 18, 1, 2, 3, 456789, tzinfo=UTC),
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def received(**fields: object) -> RecordedEvent:
    envelope = RecordedEvent(
        event_id="0198b5a0-0000-7000-8000-000000000001",
        stream="intake-case-9",
        version=3,
        type="huiyin.intake.v1.CaseReceived",
        case_id="9",
        division="440305",
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    )
    envelope.recorded_at.FromDatetime(datetime(2025, 8, 18, 1, 2, 3, 456789, tzinfo=UTC))
    for name, value in fields.items():
        setattr(envelope, name, value)
    return envelope


def test_a_line_becomes_exactly_these_headers_on_every_machine_for_ever() -> None:
    line = line_of(received())
    assert message(line) == Message(
        subject="huiyin.intake.v1.CaseReceived.44.03.05",
        headers={
            "ce-specversion": "1.0",
            "ce-type": "huiyin.intake.v1.CaseReceived",
            "ce-id": "0198b5a0-0000-7000-8000-000000000001",
            "ce-source": "/huiyin/intake",
            "ce-time": "2025-08-18T01:02:03.456789Z",
            "ce-subject": "9",
            "ce-dataschema": "huiyin.envelope.v1.RecordedEvent",
            "ce-datacontenttype": "application/protobuf",
            "huiyin-position": "7",
            "huiyin-chain": bytes(range(32)).hex(),
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        },
        data=line.bytes,
    )


def test_the_data_is_the_line_s_bytes_and_not_an_encoding_of_them() -> None:
    unusual = received().SerializeToString() + b"\xfa\x01\x02hi"
    assert message(line_of(received(), bytes=unusual)).data is unusual


def test_an_event_about_no_case_and_without_trace_has_no_such_headers() -> None:
    headers = message(line_of(received(case_id="", traceparent="", division="000000"))).headers
    assert "ce-subject" not in headers
    assert "traceparent" not in headers


def test_the_time_is_utc_with_microseconds_even_on_the_full_second() -> None:
    envelope = received()
    envelope.recorded_at.FromDatetime(datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert message(line_of(envelope)).headers["ce-time"] == "2025-12-31T23:59:59.000000Z"


def test_a_line_that_is_no_envelope_is_published_with_what_the_ledger_knows() -> None:
    found = message(line_of(received(), bytes=b"\xff\xff rubbish"))
    assert found.subject == "huiyin.intake.v1.CaseReceived.00.00.00"
    assert found.headers["ce-id"] == "intake-7"
    assert found.headers["ce-time"] == "2025-08-18T01:02:03.456789Z"
    assert found.data == b"\xff\xff rubbish"


def test_a_sealed_service_publishes_under_its_own_name() -> None:
    sealed = received(stream="intake_sealed-case-9")
    found = message(line_of(sealed, stream="intake_sealed-case-9"))
    assert found.subject == "huiyin.intake_sealed.v1.CaseReceived.44.03.05"
    assert found.headers["ce-source"] == "/huiyin/intake_sealed"


@given(case_id=st.text(), traceparent=st.text(), type_name=st.text(), division=st.text())
def test_no_content_can_add_a_header_or_a_subject_token(
    case_id: str, traceparent: str, type_name: str, division: str
) -> None:
    clean = {"case_id": case_id, "traceparent": traceparent, "type": type_name, "division": division}
    encodable = {name: value.encode("utf-8", "ignore").decode() for name, value in clean.items()}
    found = message(line_of(received(**encodable)))
    assert all(value.isascii() and value.isprintable() for value in found.headers.values())
    tokens = found.subject.split(".")
    assert len(tokens) == 7
    assert all(token and token.isascii() and not set(token) & set("*> \r\n\t") for token in tokens)


def test_the_transport_s_own_headers_are_left_out_of_a_comparison() -> None:
    seen = {"Nats-Batch-Id": "x", "ce-id": "1", "Nats-Sequence": "4"}
    assert reproducible(seen) == {"ce-id": "1"}
    assert reproducible(None) == {}


@pytest.mark.parametrize(
    ("division", "place"),
    [("110101", "11.01.01"), ("000000", "00.00.00"), ("1101", "00.00.00"), ("11010x", "00.00.00")],
)
def test_a_division_is_three_tokens_and_a_malformed_one_is_nowhere(division: str, place: str) -> None:
    expected = f"huiyin.routing.v2.CaseTransferred.{place}"
    assert subject("routing", "huiyin.routing.v2.CaseTransferred", division) == expected


def test_names_follow_from_the_service() -> None:
    assert stream_name("intake") == "HUIYIN_INTAKE"
    assert all_subjects("intake") == "huiyin.intake.>"
    assert durable_name("oversight", "routing") == "oversight-on-routing"
    assert inbox_prefix("intake") == "_INBOX_intake"
    assert keeper_name("intake") == "topology-intake"


@pytest.mark.parametrize("name", ["", "Intake", "a.b", "a-b", "*", "in take", "_x", "回音"])
def test_what_could_not_be_a_token_is_no_service(name: str) -> None:
    with pytest.raises(ValueError, match="no service name"):
        stream_name(name)
