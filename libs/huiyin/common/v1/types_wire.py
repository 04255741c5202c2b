"""Conversions for huiyin.common.v1. Generated from huiyin/common/v1/types.proto by `make proto`; edit that file."""

from __future__ import annotations

from datetime import date

from huiyin.common.v1 import types
from huiyin.common.v1 import types_pb2 as pb


def to_wire_sealed(value: types.Sealed) -> pb.Sealed:
    """The protobuf message of a Sealed."""
    return pb.Sealed(
        ref=value.ref,
        algorithm=value.algorithm,
        commitment=value.commitment,
    )


def from_wire_sealed(message: pb.Sealed) -> types.Sealed:
    """The Sealed that a protobuf message holds; raises Malformed if a part is missing."""
    return types.Sealed(
        ref=message.ref,
        algorithm=message.algorithm,
        commitment=message.commitment,
    )


def to_wire_deadline(value: types.Deadline) -> pb.Deadline:
    """The protobuf message of a Deadline."""
    return pb.Deadline(
        clock=value.clock,
        rule=value.rule,
        calendar=value.calendar,
        start_on=value.start_on.isoformat(),
        nominal_on=value.nominal_on.isoformat(),
        due_on=value.due_on.isoformat(),
        provisional=value.provisional,
        runs=[to_wire_derivation_run(item) for item in value.runs],
    )


def from_wire_deadline(message: pb.Deadline) -> types.Deadline:
    """The Deadline that a protobuf message holds; raises Malformed if a part is missing."""
    return types.Deadline(
        clock=message.clock,
        rule=message.rule,
        calendar=message.calendar,
        start_on=date.fromisoformat(message.start_on),
        nominal_on=date.fromisoformat(message.nominal_on),
        due_on=date.fromisoformat(message.due_on),
        provisional=message.provisional,
        runs=tuple([from_wire_derivation_run(item) for item in message.runs]),
    )


def to_wire_derivation_run(value: types.DerivationRun) -> pb.DerivationRun:
    """The protobuf message of a DerivationRun."""
    return pb.DerivationRun(
        from_on=value.from_on.isoformat(),
        to_on=value.to_on.isoformat(),
        days=value.days,
        treatment=value.treatment.value,
        kind=value.kind.value,
    )


def from_wire_derivation_run(message: pb.DerivationRun) -> types.DerivationRun:
    """The DerivationRun that a protobuf message holds; raises Malformed if a part is missing."""
    return types.DerivationRun(
        from_on=date.fromisoformat(message.from_on),
        to_on=date.fromisoformat(message.to_on),
        days=message.days,
        treatment=types.DayTreatment(message.treatment),
        kind=types.DayKind(message.kind),
    )
