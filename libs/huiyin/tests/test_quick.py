"""Quickly made dataclasses are the same dataclasses."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

import pytest

from huiyin.codec import decode_envelope, encode_envelope
from huiyin.envelope.v1.envelope import Actor, CausedBy, RecordedEvent
from huiyin.quick import maker, quick
from huiyin.registry import ENCODERS
from tools.samples import sample

Call = tuple[tuple[Any, ...], dict[str, Any]]


@quick
@dataclass(frozen=True, slots=True)
class Mixed:
    """Positions, keywords, defaults."""

    one: int
    two: str = "second"
    three: bytes | None = field(default=None, kw_only=True)


@pytest.mark.parametrize("kind", ENCODERS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_event_is_its_own_class_and_frozen(kind: type[Any]) -> None:
    event = sample(kind)
    assert type(event) is kind
    with pytest.raises(FrozenInstanceError):
        setattr(event, fields(kind)[0].name, "another")
    assert copy.deepcopy(event) == pickle.loads(pickle.dumps(event)) == replace(event) == event
    assert hash(event) == hash(sample(kind))


def test_arguments_are_taken_as_the_dataclass_takes_them() -> None:
    assert Mixed(1) == Mixed(one=1, two="second", three=None)
    assert repr(Mixed(1, "x", three=b"y")).endswith("Mixed(one=1, two='x', three=b'y')")
    untyped: Any = Mixed
    for values, named in (((), {}), ((1,), {"four": 4}), ((1, "x", b"y"), {})):
        with pytest.raises(TypeError):
            untyped(*values, **named)


def test_what_a_maker_makes_is_what_the_class_makes() -> None:
    untyped: Any = Mixed
    make: Any = maker(untyped)
    accepted: Sequence[Call] = (((1,), {}), ((1, "x"), {"three": b"y"}), ((), {"one": 1, "two": "z"}))
    for values, named in accepted:
        made = make(*values, **named)
        assert made == untyped(*values, **named)
        with pytest.raises(FrozenInstanceError):
            made.one = 2
        assert type(made) is Mixed
    refused: Sequence[Call] = (((), {}), ((1,), {"four": 4}), ((1, "x", b"y"), {}))
    for values, named in refused:
        with pytest.raises(TypeError):
            make(*values, **named)


def test_what_a_constructor_does_beyond_taking_values_is_not_lost_silently() -> None:
    @dataclass(frozen=True, slots=True)
    class Made:
        many: list[int] = field(default_factory=list)

    @dataclass(frozen=True, slots=True)
    class Checked:
        one: int

        def __post_init__(self) -> None:
            raise ValueError

    @dataclass(frozen=True, slots=True)
    class Derived(Actor):
        more: int = 0

    @dataclass(frozen=True)
    class Slotless:
        one: int

    for kind in (Made, Checked, Derived, Slotless):
        for way in (quick, maker):
            with pytest.raises(TypeError, match=kind.__name__):
                way(kind)


def test_a_part_whose_fields_are_all_empty_is_still_there() -> None:

    envelope = replace(
        sample(RecordedEvent),
        actor=Actor(unit_id="", role="", pseudonym=""),
        caused_by=CausedBy(service="", position=0),
    )
    assert decode_envelope(encode_envelope(envelope)) == envelope
