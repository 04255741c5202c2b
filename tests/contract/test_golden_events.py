"""What was once recorded is read for ever: the bytes of every event of every version are frozen."""

from dataclasses import fields, is_dataclass
from enum import IntEnum
from typing import Any

import pytest

from huiyin.codec import decode, decode_as_stored, encode
from huiyin.registry import CATALOGUE, DECODERS, ENCODERS
from huiyin.testing.v1 import events as testing_v1
from huiyin.testing.v2 import events as testing_v2
from tools import golden
from tools.samples import sample

WRITTEN = golden.read()


def says_the_same(old: Any, new: Any) -> bool:
    """Whether every field of `old` is that of `new`, or came into being after the bytes were written down."""
    if is_dataclass(old) and type(old) is type(new):
        return all(says_the_same(getattr(old, each.name), getattr(new, each.name)) for each in fields(old))
    if isinstance(old, tuple) and old:
        return len(old) == len(new) and all(map(says_the_same, old, new))
    return old == new or not old


def test_every_event_has_golden_bytes() -> None:
    missing = golden.missing(WRITTEN)
    assert not missing, f"no golden bytes for {', '.join(missing)}: run `make golden`"


def test_no_event_of_the_past_was_forgotten() -> None:
    assert set(WRITTEN) <= set(CATALOGUE), "events lie in ledgers for ever: keep them in the .proto"


def test_the_catalogue_the_encoders_and_the_decoders_know_the_same_events() -> None:
    assert set(CATALOGUE) == set(DECODERS) == {name for name, _ in ENCODERS.values()}


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_golden_bytes_are_still_written_and_read_as_before(name: str) -> None:
    frozen = bytes.fromhex(WRITTEN[name])
    event = decode_as_stored(name, frozen)
    assert encode(event) == frozen, f"the bytes of {name} changed: add a new version of the event instead"
    assert says_the_same(event, sample(golden.KINDS[name])), f"a field of {name} has moved to another number"


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_a_sample_fills_every_field(name: str) -> None:
    event = sample(golden.KINDS[name])
    empty = [each.name for each in fields(event) if not getattr(event, each.name)]
    assert not empty


def test_equality_notices_a_value_in_another_field() -> None:
    right = testing_v1.NoteTaken(case_id="c", words="w")
    assert not says_the_same(testing_v1.NoteTaken(case_id="w", words="c"), right)
    assert says_the_same(testing_v1.NoteTaken(case_id="c", words=""), right)


def test_a_note_of_version_1_is_read_as_one_of_version_2() -> None:
    old = testing_v1.NoteTaken(case_id="c1", words="路灯 坏了")
    stored = encode(old)
    assert decode_as_stored("huiyin.testing.v1.NoteTaken", stored) == old
    assert decode("huiyin.testing.v1.NoteTaken", stored) == testing_v2.NoteTaken(
        case_id="c1", words=("路灯", "坏了")
    )


def test_enums_begin_with_unspecified_and_take_values_of_newer_services_as_that() -> None:
    kinds = {kind for event in golden.KINDS.values() for kind in enums_of(sample(event))}
    assert kinds
    for kind in kinds:
        assert next(iter(kind)).name == "UNSPECIFIED"
        assert kind(999).name == "UNSPECIFIED"


def enums_of(value: Any) -> set[type[IntEnum]]:
    if isinstance(value, IntEnum):
        return {type(value)}
    if is_dataclass(value):
        return set().union(*(enums_of(getattr(value, each.name)) for each in fields(value)))
    if isinstance(value, tuple):
        return set().union(*map(enums_of, value))
    return set()
