"""Conversions for huiyin.audit.v1. Generated from huiyin/audit/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from huiyin.audit.v1 import events as types
from huiyin.audit.v1 import events_pb2 as pb
from huiyin.quick import maker

_make_chain_broken = maker(types.ChainBroken)


def to_wire_chain_broken(value: types.ChainBroken) -> pb.ChainBroken:
    """The protobuf message of a ChainBroken."""
    message = pb.ChainBroken()
    fill_wire_chain_broken(message, value)
    return message


def fill_wire_chain_broken(message: pb.ChainBroken, value: types.ChainBroken) -> None:
    """Give an empty protobuf message what a ChainBroken says."""
    message.service = value.service
    message.position = value.position
    message.finding = value.finding


def from_wire_chain_broken(message: pb.ChainBroken) -> types.ChainBroken:
    """The ChainBroken that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_chain_broken(
        service=message.service,
        position=message.position,
        finding=message.finding,
    )
