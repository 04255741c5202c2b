"""Conversions for huiyin.audit.v1. Generated from huiyin/audit/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from huiyin.audit.v1 import events as types
from huiyin.audit.v1 import events_pb2 as pb


def to_wire_chain_broken(value: types.ChainBroken) -> pb.ChainBroken:
    """The protobuf message of a ChainBroken."""
    return pb.ChainBroken(
        service=value.service,
        position=value.position,
        finding=value.finding,
    )


def from_wire_chain_broken(message: pb.ChainBroken) -> types.ChainBroken:
    """The ChainBroken that a protobuf message holds; raises Malformed if a part is missing."""
    return types.ChainBroken(
        service=message.service,
        position=message.position,
        finding=message.finding,
    )
