"""Conversions for huiyin.common.v1. Generated from huiyin/common/v1/types.proto by `make proto`; edit that file."""

from __future__ import annotations

from datetime import date

from huiyin.common.v1 import types
from huiyin.common.v1 import types_pb2 as pb
from huiyin.instants import fill_wire_instant, from_wire_instant
from huiyin.quick import maker

_date = date.fromisoformat
_day_kind_of = {int(each): each for each in types.DayKind}
_no_day_kind = types.DayKind.UNSPECIFIED
_day_treatment_of = {int(each): each for each in types.DayTreatment}
_no_day_treatment = types.DayTreatment.UNSPECIFIED
_make_sealed = maker(types.Sealed)
_make_deadline = maker(types.Deadline)
_make_derivation_run = maker(types.DerivationRun)


def to_wire_sealed(value: types.Sealed) -> pb.Sealed:
    """The protobuf message of a Sealed."""
    message = pb.Sealed()
    fill_wire_sealed(message, value)
    return message


def fill_wire_sealed(message: pb.Sealed, value: types.Sealed) -> None:
    """Give an empty protobuf message what a Sealed says."""
    message.ref = value.ref
    message.algorithm = value.algorithm
    message.commitment = value.commitment


def from_wire_sealed(message: pb.Sealed) -> types.Sealed:
    """The Sealed that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_sealed(
        ref=message.ref,
        algorithm=message.algorithm,
        commitment=message.commitment,
    )


def to_wire_deadline(value: types.Deadline) -> pb.Deadline:
    """The protobuf message of a Deadline."""
    message = pb.Deadline()
    fill_wire_deadline(message, value)
    return message


def fill_wire_deadline(message: pb.Deadline, value: types.Deadline) -> None:
    """Give an empty protobuf message what a Deadline says."""
    message.clock = value.clock
    message.rule = value.rule
    message.calendar = value.calendar
    message.start_on = value.start_on.isoformat()
    message.nominal_on = value.nominal_on.isoformat()
    message.due_on = value.due_on.isoformat()
    message.provisional = value.provisional
    for item in value.runs:
        fill_wire_derivation_run(message.runs.add(), item)
    message.extension_days = value.extension_days
    message.excluded_days = value.excluded_days
    if value.start_at is not None:
        fill_wire_instant(message.start_at, value.start_at)
    if value.due_at is not None:
        fill_wire_instant(message.due_at, value.due_at)


def from_wire_deadline(message: pb.Deadline) -> types.Deadline:
    """The Deadline that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_deadline(
        clock=message.clock,
        rule=message.rule,
        calendar=message.calendar,
        start_on=_date(message.start_on),
        nominal_on=_date(message.nominal_on),
        due_on=_date(message.due_on),
        provisional=message.provisional,
        runs=tuple([from_wire_derivation_run(item) for item in message.runs]),
        extension_days=message.extension_days,
        excluded_days=message.excluded_days,
        start_at=from_wire_instant(message.start_at) if message.HasField("start_at") else None,
        due_at=from_wire_instant(message.due_at) if message.HasField("due_at") else None,
    )


def to_wire_derivation_run(value: types.DerivationRun) -> pb.DerivationRun:
    """The protobuf message of a DerivationRun."""
    message = pb.DerivationRun()
    fill_wire_derivation_run(message, value)
    return message


def fill_wire_derivation_run(message: pb.DerivationRun, value: types.DerivationRun) -> None:
    """Give an empty protobuf message what a DerivationRun says."""
    message.from_on = value.from_on.isoformat()
    message.to_on = value.to_on.isoformat()
    message.days = value.days
    message.treatment = value.treatment  # type: ignore[assignment]
    message.kind = value.kind  # type: ignore[assignment]


def from_wire_derivation_run(message: pb.DerivationRun) -> types.DerivationRun:
    """The DerivationRun that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_derivation_run(
        from_on=_date(message.from_on),
        to_on=_date(message.to_on),
        days=message.days,
        treatment=_day_treatment_of.get(message.treatment, _no_day_treatment),
        kind=_day_kind_of.get(message.kind, _no_day_kind),
    )
