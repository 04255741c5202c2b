"""The envelope and the chain are frozen: what they were on the first day, auditors compute on the last."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from huiyin import chain
from huiyin.codec import decode_envelope, encode_envelope
from huiyin.envelope.v1.envelope import Actor, CausedBy, Origin, RecordedEvent

GOLDEN = Path(__file__).parent / "golden"
FULL = RecordedEvent(
    event_id="0198b5e4-7a00-7000-8000-0123456789ab",
    stream="routing-case-0198b5e4-0000-7000-8000-000000000001",
    version=3,
    type="huiyin.routing.v1.CaseTransferred",
    payload=bytes(range(16)),
    occurred_at=datetime(2025, 8, 18, 1, 30, tzinfo=UTC),
    recorded_at=datetime(2025, 8, 18, 1, 30, 0, 123456, tzinfo=UTC),
    case_id="0198b5e4-0000-7000-8000-000000000001",
    actor=Actor(unit_id="yunling-petitions", role="clerk", pseudonym="c1"),
    legal_basis="K1@2",
    caused_by=CausedBy(service="intake", position=7),
    correlation_id="0198b5e4-0000-7000-8000-000000000002",
    idempotency_key="转送-1",
    origin=Origin.LIVE,
    traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    division="990101",
)
MINIMAL = RecordedEvent(
    event_id="",
    stream="",
    version=0,
    type="",
    payload=b"",
    occurred_at=datetime(1970, 1, 1, tzinfo=UTC),
    recorded_at=datetime(1970, 1, 1, tzinfo=UTC),
    actor=Actor(unit_id="", role="", pseudonym=""),
    legal_basis="",
    correlation_id="",
    idempotency_key="",
    origin=Origin.UNSPECIFIED,
    traceparent="",
    division="",
)


@pytest.mark.parametrize(("name", "event"), [("full", FULL), ("minimal", MINIMAL)])
def test_the_bytes_of_an_envelope_never_change(name: str, event: RecordedEvent) -> None:
    frozen = bytes.fromhex(json.loads((GOLDEN / "envelope.json").read_text())[name])
    assert encode_envelope(event) == frozen
    assert decode_envelope(frozen) == event


def test_the_envelope_is_read_by_the_field_numbers_alone() -> None:
    """As a program would read it that knows nothing but the .proto and the encoding of protobuf."""
    found = fields_of(encode_envelope(FULL))
    assert found[4] == FULL.type.encode()
    assert found[5] == FULL.payload
    assert found[3] == FULL.version
    assert found[11] == b"\x0a\x06intake\x10\x07"
    assert isinstance(found[7], bytes)
    assert fields_of(found[7]) == {1: 1755480600, 2: 123456000}
    assert set(found) == set(range(1, 17))


def test_the_chain_never_changes_and_anyone_can_compute_it() -> None:
    frozen = json.loads((GOLDEN / "chain.json").read_text())
    service, installation = frozen["service"], frozen["installation"]
    plain = sha256(b"huiyin-ledger-v1" + service.encode() + installation.encode()).digest()
    ours = chain.genesis(service, installation)
    assert plain.hex() == ours.hex() == frozen["genesis"]
    assert [link["position"] for link in frozen["links"]] == [1, 2, 3]
    for link in frozen["links"]:
        line, position = bytes.fromhex(link["line"]), link["position"]
        plain = sha256(plain + position.to_bytes(8, "big") + sha256(line).digest()).digest()
        ours = chain.link(ours, position, line)
        assert plain.hex() == ours.hex() == link["hash"]


def test_the_chain_depends_on_every_part() -> None:
    start = chain.genesis("intake", "a")
    assert start not in (chain.genesis("routing", "a"), chain.genesis("intake", "b"))
    hashes = {chain.link(start, 1, b"x"), chain.link(start, 2, b"x"), chain.link(start, 1, b"y")}
    assert len(hashes) == 3
    assert chain.link(chain.genesis("intake", "b"), 1, b"x") not in hashes


def fields_of(message: bytes) -> dict[int, bytes | int]:
    """Field number -> value of a protobuf message with varints and length-delimited fields, each at most once."""
    found: dict[int, bytes | int] = {}
    at = 0
    while at < len(message):
        tag, at = varint(message, at)
        value, at = varint(message, at)
        if tag & 7 == 2:
            found[tag >> 3] = message[at : at + value]
            at += value
        else:
            assert tag & 7 == 0
            found[tag >> 3] = value
    return found


def varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
