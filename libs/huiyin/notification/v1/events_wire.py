"""Conversions for huiyin.notification.v1. Generated from huiyin/notification/v1/events.proto by `make proto`; edit that file."""

from __future__ import annotations

from datetime import date

from huiyin.notification.v1 import events as types
from huiyin.notification.v1 import events_pb2 as pb


def to_wire_notice_prepared(value: types.NoticePrepared) -> pb.NoticePrepared:
    """The protobuf message of a NoticePrepared."""
    return pb.NoticePrepared(
        case_id=value.case_id,
        notice_key=value.notice_key,
        kind=value.kind.value,
        template=value.template,
        disclosed_refs=value.disclosed_refs,
        receipt_number=value.receipt_number,
        unit_id=value.unit_id,
        happened_on=value.happened_on.isoformat(),
        clock=value.clock,
        due_on=None if value.due_on is None else value.due_on.isoformat(),
        provisional=value.provisional,
        finding=value.finding,
    )


def from_wire_notice_prepared(message: pb.NoticePrepared) -> types.NoticePrepared:
    """The NoticePrepared that a protobuf message holds; raises Malformed if a part is missing."""
    return types.NoticePrepared(
        case_id=message.case_id,
        notice_key=message.notice_key,
        kind=types.NoticeKind(message.kind),
        template=message.template,
        disclosed_refs=tuple(message.disclosed_refs),
        receipt_number=message.receipt_number,
        unit_id=message.unit_id,
        happened_on=date.fromisoformat(message.happened_on),
        clock=message.clock if message.HasField("clock") else None,
        due_on=date.fromisoformat(message.due_on) if message.HasField("due_on") else None,
        provisional=message.provisional,
        finding=message.finding,
    )


def to_wire_notice_delivered(value: types.NoticeDelivered) -> pb.NoticeDelivered:
    """The protobuf message of a NoticeDelivered."""
    return pb.NoticeDelivered(
        case_id=value.case_id,
        notice_key=value.notice_key,
        means=value.means,
        document_sha256=value.document_sha256,
    )


def from_wire_notice_delivered(message: pb.NoticeDelivered) -> types.NoticeDelivered:
    """The NoticeDelivered that a protobuf message holds; raises Malformed if a part is missing."""
    return types.NoticeDelivered(
        case_id=message.case_id,
        notice_key=message.notice_key,
        means=message.means,
        document_sha256=message.document_sha256,
    )


def to_wire_notice_undeliverable(value: types.NoticeUndeliverable) -> pb.NoticeUndeliverable:
    """The protobuf message of a NoticeUndeliverable."""
    return pb.NoticeUndeliverable(
        case_id=value.case_id,
        notice_key=value.notice_key,
        kind=value.kind.value,
        reason=value.reason,
    )


def from_wire_notice_undeliverable(message: pb.NoticeUndeliverable) -> types.NoticeUndeliverable:
    """The NoticeUndeliverable that a protobuf message holds; raises Malformed if a part is missing."""
    return types.NoticeUndeliverable(
        case_id=message.case_id,
        notice_key=message.notice_key,
        kind=types.NoticeKind(message.kind),
        reason=message.reason,
    )
