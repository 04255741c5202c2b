"""Conversions for huiyin.revisit.v1. Generated from huiyin/revisit/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from huiyin.common.v1.types_wire import fill_wire_deadline, from_wire_deadline
from huiyin.malformed import Malformed
from huiyin.quick import maker
from huiyin.revisit.v1 import events as types
from huiyin.revisit.v1 import events_pb2 as pb

_answer_of = {int(each): each for each in types.Answer}
_no_answer = types.Answer.UNSPECIFIED
_closing_ground_of = {int(each): each for each in types.ClosingGround}
_no_closing_ground = types.ClosingGround.UNSPECIFIED
_reach_of = {int(each): each for each in types.Reach}
_no_reach = types.Reach.UNSPECIFIED
_make_revisit_queued = maker(types.RevisitQueued)
_make_revisit_assigned = maker(types.RevisitAssigned)
_make_call_back_recorded = maker(types.CallBackRecorded)
_make_case_closed = maker(types.CaseClosed)


def to_wire_revisit_queued(value: types.RevisitQueued) -> pb.RevisitQueued:
    """The protobuf message of a RevisitQueued."""
    message = pb.RevisitQueued()
    fill_wire_revisit_queued(message, value)
    return message


def fill_wire_revisit_queued(message: pb.RevisitQueued, value: types.RevisitQueued) -> None:
    """Give an empty protobuf message what a RevisitQueued says."""
    message.case_id = value.case_id
    message.handler_unit_id = value.handler_unit_id
    fill_wire_deadline(message.revisit_deadline, value.revisit_deadline)


def from_wire_revisit_queued(message: pb.RevisitQueued) -> types.RevisitQueued:
    """The RevisitQueued that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("revisit_deadline"):
        raise Malformed("huiyin.revisit.v1.RevisitQueued.revisit_deadline is missing")
    return _make_revisit_queued(
        case_id=message.case_id,
        handler_unit_id=message.handler_unit_id,
        revisit_deadline=from_wire_deadline(message.revisit_deadline),
    )


def to_wire_revisit_assigned(value: types.RevisitAssigned) -> pb.RevisitAssigned:
    """The protobuf message of a RevisitAssigned."""
    message = pb.RevisitAssigned()
    fill_wire_revisit_assigned(message, value)
    return message


def fill_wire_revisit_assigned(message: pb.RevisitAssigned, value: types.RevisitAssigned) -> None:
    """Give an empty protobuf message what a RevisitAssigned says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.handler_unit_id = value.handler_unit_id
    fill_wire_deadline(message.revisit_deadline, value.revisit_deadline)


def from_wire_revisit_assigned(message: pb.RevisitAssigned) -> types.RevisitAssigned:
    """The RevisitAssigned that a protobuf message holds; raises Malformed if a part is missing."""
    if not message.HasField("revisit_deadline"):
        raise Malformed("huiyin.revisit.v1.RevisitAssigned.revisit_deadline is missing")
    return _make_revisit_assigned(
        case_id=message.case_id,
        unit_id=message.unit_id,
        handler_unit_id=message.handler_unit_id,
        revisit_deadline=from_wire_deadline(message.revisit_deadline),
    )


def to_wire_call_back_recorded(value: types.CallBackRecorded) -> pb.CallBackRecorded:
    """The protobuf message of a CallBackRecorded."""
    message = pb.CallBackRecorded()
    fill_wire_call_back_recorded(message, value)
    return message


def fill_wire_call_back_recorded(message: pb.CallBackRecorded, value: types.CallBackRecorded) -> None:
    """Give an empty protobuf message what a CallBackRecorded says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.reach = value.reach  # type: ignore[assignment]
    message.contacted = value.contacted  # type: ignore[assignment]
    message.reply_received = value.reply_received  # type: ignore[assignment]
    message.promise_kept = value.promise_kept  # type: ignore[assignment]
    message.satisfied = value.satisfied  # type: ignore[assignment]


def from_wire_call_back_recorded(message: pb.CallBackRecorded) -> types.CallBackRecorded:
    """The CallBackRecorded that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_call_back_recorded(
        case_id=message.case_id,
        unit_id=message.unit_id,
        reach=_reach_of.get(message.reach, _no_reach),
        contacted=_answer_of.get(message.contacted, _no_answer),
        reply_received=_answer_of.get(message.reply_received, _no_answer),
        promise_kept=_answer_of.get(message.promise_kept, _no_answer),
        satisfied=_answer_of.get(message.satisfied, _no_answer),
    )


def to_wire_case_closed(value: types.CaseClosed) -> pb.CaseClosed:
    """The protobuf message of a CaseClosed."""
    message = pb.CaseClosed()
    fill_wire_case_closed(message, value)
    return message


def fill_wire_case_closed(message: pb.CaseClosed, value: types.CaseClosed) -> None:
    """Give an empty protobuf message what a CaseClosed says."""
    message.case_id = value.case_id
    message.unit_id = value.unit_id
    message.ground = value.ground  # type: ignore[assignment]


def from_wire_case_closed(message: pb.CaseClosed) -> types.CaseClosed:
    """The CaseClosed that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_case_closed(
        case_id=message.case_id,
        unit_id=message.unit_id,
        ground=_closing_ground_of.get(message.ground, _no_closing_ground),
    )
