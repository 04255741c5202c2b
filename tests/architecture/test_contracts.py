"""The contracts hold offices to account and watch nobody (domain.md §8): what must not be in them is not in them."""

from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor

from huiyin.envelope.v1.envelope_pb2 import RecordedEvent
from huiyin.registry import CATALOGUE, DECODERS

ABOUT_PERSONS = {
    "address",
    "age",
    "biometric",
    "birth",
    "birthday",
    "blacklist",
    "contact",
    "dossier",
    "email",
    "ethnicity",
    "face",
    "fingerprint",
    "gender",
    "household",
    "identity",
    "latitude",
    "location",
    "lodging",
    "longitude",
    "mobile",
    "nationality",
    "passport",
    "phone",
    "photo",
    "police",
    "religion",
    "risk",
    "score",
    "sex",
    "stability",
    "surveillance",
    "telephone",
    "travel",
    "vehicle",
}
"""Words that no field may have in its name: personal data lies in the vault, and nobody is followed or rated."""

PHRASES = ("id_number", "id_card", "petitioner_name", "person_id", "key_person", "credit_code")


def fields_of(message: Any, seen: frozenset[str] = frozenset()) -> Iterator[Any]:
    for field in message.fields:
        yield field
        inner = field.message_type
        if inner is not None and inner.full_name not in seen:
            yield from fields_of(inner, seen | {message.full_name})


def message_of(name: str) -> Any:
    parse = DECODERS[name][0]
    return parse(b"").DESCRIPTOR


def watches(name: str) -> bool:
    """Whether a field's name speaks of a person instead of an office."""
    return bool(ABOUT_PERSONS & set(name.split("_"))) or any(phrase in name for phrase in PHRASES)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_no_event_describes_a_person(name: str) -> None:
    assert not [field.full_name for field in fields_of(message_of(name)) if watches(field.name)]


def test_the_envelope_describes_no_person() -> None:
    assert not [field.full_name for field in fields_of(RecordedEvent.DESCRIPTOR) if watches(field.name)]


@pytest.mark.parametrize(
    "name", ["petitioner_risk_level", "score", "id_number", "home_address", "location_id"]
)
def test_such_a_field_would_be_found(name: str) -> None:
    assert watches(name)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_event_has_its_chinese_word_and_a_meaning(name: str) -> None:
    entry = CATALOGUE[name]
    if entry.service == "testing":
        return
    assert entry.zh
    assert entry.meaning.endswith(".")


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_names_tell_the_kind_of_a_field(name: str) -> None:
    """`_on` are dates, `_at` instants (house style)."""
    for field in fields_of(message_of(name)):
        if field.name.endswith("_at"):
            assert field.message_type is not None
            assert field.message_type.full_name == "google.protobuf.Timestamp"
        if field.name.endswith("_on"):
            assert field.type == FieldDescriptor.TYPE_STRING
