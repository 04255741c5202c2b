"""Conversions for huiyin.testing.v1. Generated from huiyin/testing/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from huiyin.quick import maker
from huiyin.testing.v1 import events as types
from huiyin.testing.v1 import events_pb2 as pb

_make_note_taken = maker(types.NoteTaken)


def to_wire_note_taken(value: types.NoteTaken) -> pb.NoteTaken:
    """The protobuf message of a NoteTaken."""
    message = pb.NoteTaken()
    fill_wire_note_taken(message, value)
    return message


def fill_wire_note_taken(message: pb.NoteTaken, value: types.NoteTaken) -> None:
    """Give an empty protobuf message what a NoteTaken says."""
    message.case_id = value.case_id
    message.words = value.words


def from_wire_note_taken(message: pb.NoteTaken) -> types.NoteTaken:
    """The NoteTaken that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_note_taken(
        case_id=message.case_id,
        words=message.words,
    )
