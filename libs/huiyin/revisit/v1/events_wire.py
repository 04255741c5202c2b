"""Conversions for huiyin.revisit.v1. Generated from huiyin/revisit/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from huiyin.common.v1.types_wire import from_wire_deadline, to_wire_deadline
from huiyin.malformed import Malformed
from huiyin.revisit.v1 import events as types
from huiyin.revisit.v1 import events_pb2 as pb


def to_wire_revisit_queued(value: types.RevisitQueued) -> pb.RevisitQueued:
    """The protobuf message of a RevisitQueued."""
    return pb.RevisitQueued(
        case_id=value.case_id,
        handler_unit_id=value.handler_unit_id,
        revisit_deadline=to_wire_deadline(value.revisit_deadline),
    )


def from_wire_revisit_queued(message: pb.RevisitQueued) -> types.RevisitQueued:
    """The RevisitQueued that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("revisit_deadline"):
        raise Malformed("huiyin.revisit.v1.RevisitQueued.revisit_deadline is missing")
    return types.RevisitQueued(
        case_id=message.case_id,
        handler_unit_id=message.handler_unit_id,
        revisit_deadline=from_wire_deadline(message.revisit_deadline),
    )


def to_wire_revisit_assigned(value: types.RevisitAssigned) -> pb.RevisitAssigned:
    """The protobuf message of a RevisitAssigned."""
    return pb.RevisitAssigned(
        case_id=value.case_id,
        unit_id=value.unit_id,
        handler_unit_id=value.handler_unit_id,
        revisit_deadline=to_wire_deadline(value.revisit_deadline),
    )


def from_wire_revisit_assigned(message: pb.RevisitAssigned) -> types.RevisitAssigned:
    """The RevisitAssigned that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("revisit_deadline"):
        raise Malformed("huiyin.revisit.v1.RevisitAssigned.revisit_deadline is missing")
    return types.RevisitAssigned(
        case_id=message.case_id,
        unit_id=message.unit_id,
        handler_unit_id=message.handler_unit_id,
        revisit_deadline=from_wire_deadline(message.revisit_deadline),
    )


def to_wire_call_back_recorded(value: types.CallBackRecorded) -> pb.CallBackRecorded:
    """The protobuf message of a CallBackRecorded."""
    return pb.CallBackRecorded(
        case_id=value.case_id,
        unit_id=value.unit_id,
        reach=value.reach.value,
        contacted=value.contacted.value,
        reply_received=value.reply_received.value,
        promise_kept=value.promise_kept.value,
        satisfied=value.satisfied.value,
    )


def from_wire_call_back_recorded(message: pb.CallBackRecorded) -> types.CallBackRecorded:
    """The CallBackRecorded that a protobuf message holds; raises Malformed if a part is missing."""
    return types.CallBackRecorded(
        case_id=message.case_id,
        unit_id=message.unit_id,
        reach=types.Reach(message.reach),
        contacted=types.Answer(message.contacted),
        reply_received=types.Answer(message.reply_received),
        promise_kept=types.Answer(message.promise_kept),
        satisfied=types.Answer(message.satisfied),
    )


def to_wire_case_closed(value: types.CaseClosed) -> pb.CaseClosed:
    """The protobuf message of a CaseClosed."""
    return pb.CaseClosed(
        case_id=value.case_id,
        unit_id=value.unit_id,
        ground=value.ground.value,
    )


def from_wire_case_closed(message: pb.CaseClosed) -> types.CaseClosed:
    """The CaseClosed that a protobuf message holds; raises Malformed if a part is missing."""
    return types.CaseClosed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        ground=types.ClosingGround(message.ground),
    )
