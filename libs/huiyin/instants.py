"""Instants on the wire: google.protobuf.Timestamp, in UTC, to the microsecond."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from google.protobuf.timestamp_pb2 import Timestamp

from huiyin.malformed import Malformed

UTC = timezone.utc  # noqa: UP017 - the name is shorter and this module defines it for others.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_S = 86_400


def to_wire_instant(value: datetime) -> Timestamp:
    """A Timestamp; `value` must carry an offset (a naive instant raises TypeError)."""
    since = value - _EPOCH
    return Timestamp(seconds=since.days * _DAY_S + since.seconds, nanos=since.microseconds * 1000)


def fill_wire_instant(message: Timestamp, value: datetime) -> None:
    """Make an empty Timestamp say `value`, which must carry an offset (a naive instant raises TypeError)."""
    since = value - _EPOCH
    message.seconds = since.days * _DAY_S + since.seconds
    message.nanos = since.microseconds * 1000


def from_wire_instant(value: Timestamp) -> datetime:
    """A datetime in UTC; parts below a microsecond are cut. Raises Malformed outside the years 1 to 9999."""
    try:
        return _EPOCH + timedelta(0, value.seconds, value.nanos // 1000)
    except OverflowError as error:
        raise Malformed(f"an instant of {value.seconds} s is in no calendar") from error
