"""Conversions for huiyin.notification.v1. Generated from huiyin/notification/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from datetime import date

from huiyin.notification.v1 import events as types
from huiyin.notification.v1 import events_pb2 as pb
from huiyin.quick import maker

_date = date.fromisoformat
_notice_kind_of = {int(each): each for each in types.NoticeKind}
_no_notice_kind = types.NoticeKind.UNSPECIFIED
_make_notice_prepared = maker(types.NoticePrepared)
_make_notice_delivered = maker(types.NoticeDelivered)
_make_notice_undeliverable = maker(types.NoticeUndeliverable)


def to_wire_notice_prepared(value: types.NoticePrepared) -> pb.NoticePrepared:
    """The protobuf message of a NoticePrepared."""
    message = pb.NoticePrepared()
    fill_wire_notice_prepared(message, value)
    return message


def fill_wire_notice_prepared(message: pb.NoticePrepared, value: types.NoticePrepared) -> None:
    """Give an empty protobuf message what a NoticePrepared says."""
    message.case_id = value.case_id
    message.notice_key = value.notice_key
    message.kind = value.kind  # type: ignore[assignment]
    message.template = value.template
    message.disclosed_refs.extend(value.disclosed_refs)
    message.receipt_number = value.receipt_number
    message.unit_id = value.unit_id
    message.happened_on = value.happened_on.isoformat()
    if value.clock is not None:
        message.clock = value.clock
    if value.due_on is not None:
        message.due_on = value.due_on.isoformat()
    message.provisional = value.provisional
    message.finding = value.finding


def from_wire_notice_prepared(message: pb.NoticePrepared) -> types.NoticePrepared:
    """The NoticePrepared that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_notice_prepared(
        case_id=message.case_id,
        notice_key=message.notice_key,
        kind=_notice_kind_of.get(message.kind, _no_notice_kind),
        template=message.template,
        disclosed_refs=tuple(message.disclosed_refs),
        receipt_number=message.receipt_number,
        unit_id=message.unit_id,
        happened_on=_date(message.happened_on),
        clock=message.clock if message.HasField("clock") else None,
        due_on=_date(message.due_on) if message.HasField("due_on") else None,
        provisional=message.provisional,
        finding=message.finding,
    )


def to_wire_notice_delivered(value: types.NoticeDelivered) -> pb.NoticeDelivered:
    """The protobuf message of a NoticeDelivered."""
    message = pb.NoticeDelivered()
    fill_wire_notice_delivered(message, value)
    return message


def fill_wire_notice_delivered(message: pb.NoticeDelivered, value: types.NoticeDelivered) -> None:
    """Give an empty protobuf message what a NoticeDelivered says."""
    message.case_id = value.case_id
    message.notice_key = value.notice_key
    message.means = value.means
    message.document_sha256 = value.document_sha256


def from_wire_notice_delivered(message: pb.NoticeDelivered) -> types.NoticeDelivered:
    """The NoticeDelivered that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_notice_delivered(
        case_id=message.case_id,
        notice_key=message.notice_key,
        means=message.means,
        document_sha256=message.document_sha256,
    )


def to_wire_notice_undeliverable(value: types.NoticeUndeliverable) -> pb.NoticeUndeliverable:
    """The protobuf message of a NoticeUndeliverable."""
    message = pb.NoticeUndeliverable()
    fill_wire_notice_undeliverable(message, value)
    return message


def fill_wire_notice_undeliverable(message: pb.NoticeUndeliverable, value: types.NoticeUndeliverable) -> None:
    """Give an empty protobuf message what a NoticeUndeliverable says."""
    message.case_id = value.case_id
    message.notice_key = value.notice_key
    message.kind = value.kind  # type: ignore[assignment]
    message.reason = value.reason


def from_wire_notice_undeliverable(message: pb.NoticeUndeliverable) -> types.NoticeUndeliverable:
    """The NoticeUndeliverable that a protobuf message holds; raises Malformed if a part is missing."""
    return _make_notice_undeliverable(
        case_id=message.case_id,
        notice_key=message.notice_key,
        kind=_notice_kind_of.get(message.kind, _no_notice_kind),
        reason=message.reason,
    )
