"""Laws of the codec: what is written can be read, always as the same bytes, and rubbish is called by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from huiyin.codec import (
    Malformed,
    decode,
    decode_as_stored,
    decode_envelope,
    encode,
    encode_envelope,
    type_of,
)
from huiyin.common.v1.types_pb2 import Deadline as WireDeadline
from huiyin.envelope.v1.envelope import Origin, RecordedEvent
from huiyin.envelope.v1.envelope_pb2 import RecordedEvent as WireRecordedEvent
from huiyin.intake.v1.events import CaseReceived
from huiyin.intake.v1.events_pb2 import CaseReceived as WireCaseReceived
from tools.golden import KINDS
from tools.samples import sample

NEWER_FIELD = b"\xf2\xc2\x04\x02hi"
"""Field 8750, two bytes long: none of ours has that number."""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
instants = st.timedeltas(timedelta(days=-700_000), timedelta(days=2_900_000)).map(
    datetime(1970, 1, 1, tzinfo=UTC).__add__
)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    bytes: st.binary(max_size=40),
    bool: st.booleans(),
    int: st.integers(0, 2**31 - 1),
    date: st.dates(),
    datetime: instants,
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """All values of a field's type."""
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not NoneType)
        return st.none() | values(inner)
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return st.sampled_from(list(hint))
    if is_dataclass(hint) and isinstance(hint, type):
        return instances(hint)
    return SCALARS[hint]


def instances(kind: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{each.name: values(hints[each.name]) for each in fields(kind)})


events = st.one_of([instances(kind) for kind in KINDS.values()])
envelopes = instances(RecordedEvent)


@given(events)
def test_what_is_written_is_read_again(event: Any) -> None:
    assert decode_as_stored(type_of(event), encode(event)) == event


@given(events)
def test_equal_events_have_equal_bytes(event: Any) -> None:
    assert encode(event) == encode(replace(event))
    assert encode(decode_as_stored(type_of(event), encode(event))) == encode(event)


@given(envelopes)
def test_an_envelope_that_is_written_is_read_again(recorded: RecordedEvent) -> None:
    line = encode_envelope(recorded)
    assert decode_envelope(line) == recorded
    assert encode_envelope(decode_envelope(line)) == line


@given(events, st.data())
def test_bytes_that_were_cut_off_are_an_event_or_malformed_and_nothing_else(
    event: Any, data: st.DataObject
) -> None:
    whole = encode(event)
    cut = whole[: data.draw(st.integers(0, max(len(whole) - 1, 0)))]
    readable_or_malformed(lambda: decode(type_of(event), cut))


@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=60))
def test_rubbish_is_an_event_or_malformed_and_nothing_else(name: str, rubbish: bytes) -> None:
    readable_or_malformed(lambda: decode(name, rubbish))
    readable_or_malformed(lambda: decode_envelope(rubbish))


def readable_or_malformed(read: Callable[[], Any]) -> None:
    try:
        read()
    except Malformed:
        return


@given(envelopes, st.integers(1, 8))
def test_a_line_that_ends_within_a_field_is_malformed(recorded: RecordedEvent, lost: int) -> None:
    line = encode_envelope(replace(recorded, division="990101"))  # The last field, nine bytes long.
    with pytest.raises(Malformed):
        decode_envelope(line[:-lost])


@pytest.mark.parametrize("part", ["occurred_at", "recorded_at", "actor"])
def test_an_envelope_without_a_mandatory_part_is_malformed(part: str) -> None:
    message = WireRecordedEvent.FromString(encode_envelope(sample(RecordedEvent)))
    message.ClearField(part)
    with pytest.raises(Malformed, match=part):
        decode_envelope(message.SerializeToString())


@pytest.mark.parametrize("part", ["petition", "transfer_deadline"])
def test_an_event_without_a_mandatory_part_is_malformed(part: str) -> None:
    message = WireCaseReceived.FromString(encode(sample(CaseReceived)))
    message.ClearField(part)
    with pytest.raises(Malformed, match=part):
        decode(type_of(sample(CaseReceived)), message.SerializeToString())


def test_an_event_may_lack_what_is_optional() -> None:
    anonymous = replace(sample(CaseReceived), petitioner=None)
    assert decode(type_of(anonymous), encode(anonymous)).petitioner is None


@pytest.mark.parametrize("day", ["", "2025-02-30", "yesterday"])
def test_a_date_that_is_none_is_malformed(day: str) -> None:
    message = WireCaseReceived.FromString(encode(sample(CaseReceived)))
    message.transfer_deadline.CopyFrom(WireDeadline(start_on=day, nominal_on=day, due_on=day))
    with pytest.raises(Malformed):
        decode(type_of(sample(CaseReceived)), message.SerializeToString())


@pytest.mark.parametrize("seconds", [2**62, -(2**62), 253402300800, -62135596801])
def test_an_instant_beyond_all_calendars_is_malformed(seconds: int) -> None:
    message = WireRecordedEvent.FromString(encode_envelope(sample(RecordedEvent)))
    message.occurred_at.CopyFrom(Timestamp(seconds=seconds))
    with pytest.raises(Malformed):
        decode_envelope(message.SerializeToString())


def test_an_unknown_type_is_malformed() -> None:
    with pytest.raises(Malformed, match=r"huiyin\.intake\.v9\.CaseReceived"):
        decode("huiyin.intake.v9.CaseReceived", encode(sample(CaseReceived)))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_fields_of_a_newer_version_are_passed_over(kind: type) -> None:
    event = sample(kind)
    assert decode_as_stored(type_of(event), encode(event) + NEWER_FIELD) == event


def test_an_envelope_of_a_newer_version_can_be_read() -> None:
    recorded = sample(RecordedEvent)
    assert decode_envelope(encode_envelope(recorded) + NEWER_FIELD) == recorded


def test_enum_values_of_a_newer_version_are_read_as_unspecified() -> None:
    message = WireRecordedEvent.FromString(encode_envelope(sample(RecordedEvent)))
    message.origin = 77  # type: ignore[assignment]
    assert decode_envelope(message.SerializeToString()).origin is Origin.UNSPECIFIED
    received = WireCaseReceived.FromString(encode(sample(CaseReceived)))
    received.channel = 77  # type: ignore[assignment]
    assert decode(type_of(sample(CaseReceived)), received.SerializeToString()).channel.name == "UNSPECIFIED"
